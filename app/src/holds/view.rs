//! Who is held, and holding somebody.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::HoldLine;
use super::api::{HoldPerson, LiftHold, holds_list};
use crate::access::{Permission, holders_in_words};
use crate::ui::{Audience, Avatar, Empty, Field, Hidden, PageHead, PostForm, day_month_year, load};

/// Everybody who is held, and the form that holds somebody else.
#[component]
pub fn HoldsPage() -> impl IntoView {
    load(holds_list(), |lines| {
        let sentence = format!(
            "the Centre’s {}. Its {} read that somebody is not available for matching and since when, and nothing more.",
            holders_in_words(Permission::HoldFromMatching),
            holders_in_words(Permission::ManageMatching)
        );
        let list = if lines.is_empty() {
            view! { <Empty title="Nobody is held"><p>"Whoever is held is placed in no new group until the hold is lifted."</p></Empty> }
                .into_any()
        } else {
            let items = lines.into_iter().map(hold_item).collect_view();
            view! {
                <section class="card" aria-labelledby="held">
                    <div class="card__head"><h2 id="held">"Who is held"</h2></div>
                    <ul class="list">{items}</ul>
                </section>
            }
            .into_any()
        };
        view! {
            <PageHead title="Holds" about="Whoever is held is not placed in a group: not by matching, not by hand. Where they are already, they stay.">
                <Audience tier=4 sentence />
            </PageHead>
            <div class="split">
                <div>{list}</div>
                <div><Hold /></div>
            </div>
        }
    })
}

#[component]
fn Hold() -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="hold">
            <div class="card__head"><h2 id="hold">"Hold somebody"</h2></div>
            <p class="small muted below-3">"No reason is asked here: it stands with the concern. Nobody is told."</p>
            <PostForm action=HoldPerson::PATH>
                <Field name="email" label="Their work email" kind="email" inputmode="email" />
                <div class="form-foot"><button class="btn" type="submit">"Hold"</button></div>
            </PostForm>
            <h3 class="above-4">"Two who should not meet"</h3>
            <p class="small">{format!(
                "Relatives, or two who are in one case or in a dispute, are not held. The Centre’s {} keep them apart on the registration of either: a line with the other’s work email, without a reason. Somebody can also name them when they register.",
                holders_in_words(Permission::ManageMatching)
            )}</p>
        </section>
    }
}

fn hold_item(line: HoldLine) -> impl IntoView {
    let HoldLine { person, by, since } = line;
    let (name, meta) = (person.short.clone(), format!("Since {}, by {}", day_month_year(since), by.short));
    view! {
        <li class="item item--row">
            <Avatar initials=person.initials code=person.code.clone() small=true />
            <div class="item__body">
                <p class="item__title">{person.short}</p>
                <p class="item__meta">{meta}</p>
            </div>
            <PostForm action=LiftHold::PATH>
                <Hidden name="person" value=person.code />
                <button class="btn btn--second btn--sm" type="submit">"Lift"<span class="vh">{format!(" the hold of {name}")}</span></button>
            </PostForm>
        </li>
    }
}
