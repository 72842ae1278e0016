//! A group that is proposed, and who has no place.

use leptos::prelude::*;

use crate::matching::answers::{NotPlaced, RoundGroup, RoundMember};
use crate::paths;
use crate::ui::{Avatar, Badge, Empty, Icon, Tone};

/// Who would meet, when, and when else they could.
#[component]
pub fn Group(group: RoundGroup, number: usize) -> impl IntoView {
    let RoundGroup { kind, supervisor, mode, when, other_times, members, most, score } = group;
    let id = format!("group-{number}");
    let places = format!("{} of {most}", members.len());
    let lines = members.into_iter().map(member_item).collect_view();
    let others = match other_times.len() {
        0 => view! { <p class="small muted above-3">"No other time suits everybody."</p> }.into_any(),
        count => {
            let summary =
                if count == 1 { "One other time suits everybody".to_owned() } else { format!("{count} other times suit everybody") };
            let times = other_times.into_iter().map(|time| view! { <li>{time}</li> }).collect_view();
            view! { <details class="above-3 small"><summary>{summary}</summary><ul class="plain above-2">{times}</ul></details> }.into_any()
        }
    };
    view! {
        <section class="card" aria-labelledby=id.clone() data-kind=kind.colour()>
            <div class="card__head">
                <h3 id=id.clone()>{format!("Group {number}")}</h3>
                <span class="kind"><Icon name=kind.icon() />{kind.name()}</span>
                <span class="small push">{places}</span>
            </div>
            <p class="strong">{when}</p>
            <p class="small muted"><a href=paths::person_registration(&supervisor.code)>{supervisor.short}</a>{format!(" leads. {mode}. Adds {score} to the score.")}</p>
            <ul class="list above-2">{lines}</ul>
            {others}
        </section>
    }
}

fn member_item(member: RoundMember) -> impl IntoView {
    let RoundMember { person, about, is_preferred, stays } = member;
    view! {
        <li class="item item--row">
            <Avatar initials=person.initials code=person.code.clone() small=true />
            <div class="item__body">
                <a class="item__title" href=paths::person_registration(&person.code)>{person.short}</a>
                <p class="item__meta">{about}</p>
            </div>
            {stays.then(|| view! { <Badge tone=Tone::Info>"Stays"</Badge> })}
            {is_preferred.then(|| view! { <Badge tone=Tone::Good>"Preferred time"</Badge> })}
        </li>
    }
}

/// Who has no place, the most urgent first, each with what is in the way.
#[component]
pub fn NotPlacedList(not_placed: Vec<NotPlaced>) -> impl IntoView {
    if not_placed.is_empty() {
        return view! { <div class="above-5"><Empty title="Everybody has a place"><p>"Nobody who takes part is left over."</p></Empty></div> }
            .into_any();
    }
    let count = not_placed.len();
    let items = not_placed.into_iter().map(not_placed_item).collect_view();
    view! {
        <section class="card above-5" aria-labelledby="not-placed">
            <div class="card__head"><h2 id="not-placed">"Not placed"</h2><Badge tone=Tone::Warn>{count}</Badge></div>
            <ul class="list">{items}</ul>
        </section>
    }
    .into_any()
}

fn not_placed_item(one: NotPlaced) -> impl IntoView {
    let NotPlaced { person, about, urgency, reason } = one;
    view! {
        <li class="item item--row">
            <Avatar initials=person.initials code=person.code.clone() small=true />
            <div class="item__body">
                <a class="item__title" href=paths::person_registration(&person.code)>{person.short}</a>
                <p class="item__meta">{about}</p>
                <p>{reason}</p>
            </div>
            {(urgency == 100).then(|| view! { <Badge tone=Tone::Bad>"No supervision now"</Badge> })}
        </li>
    }
}
