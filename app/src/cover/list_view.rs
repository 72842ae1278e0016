//! Who is away, and whose sessions need cover.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{AwayLine, CoverPage as Shown};
use super::api::{MarkAway, cover_needed};
use crate::access::{Permission, holders_in_words, page_day};
use crate::availability::LeaveKind;
use crate::paths;
use crate::people::PersonName;
use crate::ui::{Audience, Avatar, Badge, Choices, Empty, Field, PageHead, PostForm, SelectField, Tone, day_and_month, load};

/// Everybody whose sessions need cover, and the form that marks somebody away.
#[component]
pub fn CoverPage() -> impl IntoView {
    load(cover_needed(), |shown| view! { <Needed shown /> })
}

#[component]
fn Needed(shown: Shown) -> impl IntoView {
    let Shown { away, supervisors } = shown;
    let list = if away.is_empty() {
        view! { <Empty title="No session needs cover"><p>"When a supervisor is away, their sessions appear here."</p></Empty> }.into_any()
    } else {
        let items = away.into_iter().map(away_item).collect_view();
        view! {
            <section class="card" aria-labelledby="needed">
                <div class="card__head"><h2 id="needed">"Sessions that need cover"</h2></div>
                <ul class="list">{items}</ul>
            </section>
        }
        .into_any()
    };
    view! {
        <PageHead title="Cover" about="Who leads a session while its supervisor is away. All times are UK time." times=page_day()>
            <CoverAudience />
        </PageHead>
        <div class="split">
            <div>{list}</div>
            <div class="split--side"><SomebodyIsAway supervisors /></div>
        </div>
    }
}

/// Who sees the pages of cover.
#[component]
pub fn CoverAudience() -> impl IntoView {
    let sentence = format!(
        "the Centre’s {}. Members are told who leads instead, and of leave or training; of nothing else but that the supervisor is not available.",
        holders_in_words(Permission::ArrangeCover)
    );
    view! { <Audience tier=4 sentence /> }
}

fn away_item(line: AwayLine) -> impl IntoView {
    let AwayLine { person, sessions, first, is_gone } = line;
    let count = if sessions == 1 { "One session needs cover".to_owned() } else { format!("{sessions} sessions need cover") };
    let meta = format!("{count}, the first on {}.", day_and_month(first.date()));
    view! {
        <li class="item item--row">
            <Avatar initials=person.initials code=person.code.clone() />
            <div class="item__body">
                <a class="item__title" href=paths::cover_for(&person.code)>{person.short}</a>
                <p class="item__meta">{meta}</p>
            </div>
            {is_gone.then(|| view! { <Badge tone=Tone::Warn>"No longer leads"</Badge> })}
        </li>
    }
}

/// Marking somebody away.
#[component]
fn SomebodyIsAway(supervisors: Vec<PersonName>) -> impl IntoView {
    let nobody = (String::new(), "Choose".to_owned());
    let options = [nobody].into_iter().chain(supervisors.into_iter().map(|person| (person.code, person.short))).collect();
    let kinds = LeaveKind::ALL.map(|kind| (kind.key().to_owned(), kind.name().to_owned())).to_vec();
    view! {
        <section class="card" aria-labelledby="somebody">
            <div class="card__head"><h2 id="somebody">"Somebody is away"</h2></div>
            <PostForm action=MarkAway::PATH>
                <SelectField name="person" label="Who?" options />
                <Field name="first" label="First day" kind="date" class="input--date" />
                <Field name="last" label="Last day" kind="date" class="input--date" />
                <Choices name="leave_kind" legend="What is it?" hint="Members of a session that is covered are told of leave or training, and otherwise only that the supervisor is not available. That somebody is ill is seen by them and the Centre’s coordinators alone."
                    chosen=vec![LeaveKind::Leave.key().to_owned()] options=kinds />
                <div class="form-foot"><button class="btn" type="submit">"Show the sessions"</button></div>
            </PostForm>
        </section>
    }
}
