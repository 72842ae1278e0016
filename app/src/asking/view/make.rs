//! Making a group of those who accept: what it would be first, and then the button.

use chrono::{NaiveDate, NaiveDateTime};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::{AskingAudience, Letter, LettersBeside, WhenAndHow};
use crate::access::page_day;
use crate::asking::answers::{GroupToMake, WrittenBeside};
use crate::asking::api::{MakeAskedGroup, group_to_make_of};
use crate::asking::forms::AskedAddress;
use crate::groups::MeetingMode;
use crate::paths;
use crate::people::PersonName;
use crate::sessions::HostRole;
use crate::ui::{Banner, Field, Hidden, Icon, PageHead, PostForm, Tone, and, full_stop, load, param};

/// Shows what making a group does, and makes it.
#[component]
pub fn MakePage() -> impl IntoView {
    load(group_to_make_of(AskedAddress { number: param("number"), code: param("code") }), |group| {
        let GroupToMake {
            number,
            code,
            version,
            terms,
            mode,
            intervention,
            members,
            silent,
            dates,
            skipped,
            letters,
            beside,
            not_beside,
            problem,
        } = group;
        let may_be_made = problem.is_none();
        view! {
            <PageHead
                title="Make the group"
                up=(paths::round_answers(number), "Answers".to_owned())
                about="Its members, its agreement to sign and its series are made together, and everybody gets one letter. All times are UK time."
                times=terms.first.map_or_else(page_day, |first| first.date())
            >
                <AskingAudience />
            </PageHead>
            {problem.map(|problem| view! { <div class="below-4"><Banner tone=Tone::Warn title="It cannot be made now"><p>{problem}</p></Banner></div> })}
            <div class="split">
                <div>
                    <section class="card" aria-labelledby="who">
                        <div class="card__head"><h2 id="who">"Who is in it"</h2></div>
                        <WhenAndHow terms />
                        {intervention.map(|name| view! { <p class="above-2">{on_what(&name)}</p> })}
                        <People members beside=beside.clone() not_beside=not_beside.clone() silent />
                    </section>
                    {may_be_made.then(|| view! { <Make number code version mode /> })}
                </div>
                <div>
                    <Dates dates skipped />
                    <Letters letters beside not_beside />
                </div>
            </div>
        }
    })
}

fn on_what(intervention: &str) -> String {
    format!(
        "On {intervention}, since everybody who accepts would bring it. Members’ hours are added up under it; it can be changed afterwards."
    )
}

#[component]
fn People(members: Vec<PersonName>, beside: Vec<WrittenBeside>, not_beside: Vec<WrittenBeside>, silent: Vec<PersonName>) -> impl IntoView {
    let items = members
        .into_iter()
        .map(|person| view! { <li class="item item--row"><div class="item__body"><p class="item__title">{person.short}</p></div></li> });
    let besides = beside.into_iter().map(|one| {
        let what = format!("{}, beside the supervisor. They are added to its sessions when these are published.", one.role.name());
        view! { <li class="item item--row"><div class="item__body"><p class="item__title">{one.person.short}</p><p class="item__meta">{what}</p></div></li> }
    });
    let without = not_beside.into_iter().map(|one| {
        let what = format!("{}, has not accepted, or may not be there by now, and is told that it has begun without them.", one.role.name());
        view! { <li class="item item--row"><div class="item__body"><p class="item__title">{one.person.short}</p><p class="item__meta">{what}</p></div></li> }
    });
    let names: Vec<String> = silent.into_iter().map(|person| person.short).collect();
    let silent = (!names.is_empty()).then(|| {
        let words = format!(
            "Not answered: {} They are told that the group has begun without them, and keep their place on the list.",
            full_stop(&and(&names))
        );
        view! { <p class="small muted above-3">{words}</p> }
    });
    view! { <ul class="list above-2">{items.collect_view()}{besides.collect_view()}{without.collect_view()}</ul>{silent} }
}

/// What nobody has said yet: its name, and where it meets.
#[component]
fn Make(number: i64, code: String, version: i64, mode: MeetingMode) -> impl IntoView {
    // Made inside the form, which knows what was typed and what is wrong with it.
    let way = move || {
        match mode {
        MeetingMode::Online => view! {
            <Field name="room_url" label="Address of the room" kind="url" inputmode="url" hint="The outside room that the group uses. It begins with https://" />
            <Field name="room_phone" label="Telephone number of the room (optional)" kind="tel" />
        }
        .into_any(),
        MeetingMode::InPerson => view! { <Field name="place" label="Place" hint="The building, the room and the town." /> }.into_any(),
    }
    };
    view! {
        <section class="card" aria-labelledby="make">
            <div class="card__head"><h2 id="make">"Make it"</h2></div>
            <PostForm action=MakeAskedGroup::PATH>
                <Hidden name="number" value=number.to_string() />
                <Hidden name="code" value=code />
                <Hidden name="version" value=version.to_string() />
                <Field name="name" label="Name"
                    hint="A neutral name, such as that of a river: Aire group. It appears in addresses and calendars, so it never holds a person’s name." />
                {way()}
                <div class="form-foot"><button class="btn" type="submit"><Icon name="users-round" />"Make the group and tell everybody"</button></div>
            </PostForm>
        </section>
    }
}

#[component]
fn Dates(dates: Vec<NaiveDateTime>, skipped: Vec<(NaiveDate, String)>) -> impl IntoView {
    let count = dates.len();
    let held = dates.into_iter().map(|starts| view! { <li><span>{starts.format("%a %-d %b %Y").to_string()}</span></li> }).collect_view();
    let skips = skipped.into_iter().map(|(date, reason)| {
        view! { <li class="is-skipped"><span>{date.format("%a %-d %b %Y").to_string()}</span><small>{format!("No session. {reason}")}</small></li> }
    });
    view! {
        <section class="card" aria-labelledby="dates">
            <div class="card__head"><h2 id="dates">"Its dates"</h2></div>
            <p>{format!("{count} sessions. They are a draft until everybody has agreed to the agreement, and are published by themselves then.")}</p>
            <details class="above-2"><summary>"Show them"</summary><ul class="dates above-2">{held}{skips.collect_view()}</ul></details>
        </section>
    }
}

#[component]
fn Letters(letters: Vec<(String, String)>, beside: Vec<WrittenBeside>, not_beside: Vec<WrittenBeside>) -> impl IntoView {
    const TO: [&str; 3] = ["To each member", "To the supervisor", "To whoever has not answered"];

    let shown = TO.into_iter().zip(letters).map(|(what, letter)| view! { <Letter what letter /> }).collect_view();
    view! {
        <section class="card" aria-labelledby="letters">
            <div class="card__head"><h2 id="letters">"The letters"</h2></div>
            <p>"One to each person, and none to whoever has declined."</p>
            {shown}
            <LettersBeside beside />
            {not_beside.into_iter().map(|one| view! { <Letter what=to_whom_without(one.role) letter=one.letter /> }).collect_view()}
        </section>
    }
}

const fn to_whom_without(role: HostRole) -> &'static str {
    match role {
        HostRole::CoSupervisor => "To whoever is not its co-supervisor after all",
        HostRole::Observer => "To whoever does not observe it after all",
    }
}
