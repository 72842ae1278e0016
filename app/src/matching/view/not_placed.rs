//! Who has no place on a board.

use leptos::prelude::*;

use super::grip::Grip;
use crate::matching::answers::{Nearest, NotPlaced};
use crate::matching::candidates::ident;
use crate::matching::forms::Whither;
use crate::matching::model::Part;
use crate::paths;
use crate::ui::{Avatar, Badge, Icon, Tone};

/// Who has no place, the most urgent first, each with what is in the way and what would get them in.
#[component]
pub fn NotPlacedList(
    /// The number of the round.
    round: i64,
    not_placed: Vec<NotPlaced>,
) -> impl IntoView {
    let heading = match not_placed.len() {
        1 => "Not placed: one person".to_owned(),
        count => format!("Not placed: {count} people"),
    };
    let about = if not_placed.is_empty() {
        "Everybody who takes part has a place."
    } else {
        "The most urgent first. Each says what stands in the way."
    };
    let items = not_placed.into_iter().map(|one| not_placed_item(round, one)).collect_view();
    view! {
        <section class="match__list" aria-labelledby="not-placed" data-whither=Whither::List.key() data-name="The list">
            <h2 id="not-placed">{heading}</h2>
            <p class="small muted below-3">{about}</p>
            <ul class="plain match__cards">{items}</ul>
        </section>
    }
}

fn not_placed_item(round: i64, one: NotPlaced) -> impl IntoView {
    let NotPlaced { person, about, urgency, is_held, reason, nearest } = one;
    let address = format!("{}#why", paths::person_on_board(round, &person.code));
    let who = (!is_held).then(|| ident(Part::Practitioner, &person.code));
    view! {
        <li class="ucard" data-who=who>
            <div class="row gap-2">
                {(!is_held).then(|| view! { <Grip /> })}
                <Avatar initials=person.initials code=person.code small=true />
                <div class="grow">
                    <a class="strong" href=address>{person.short}</a>
                    <p class="tiny muted">{about}</p>
                </div>
            </div>
            {(urgency == 100).then(|| view! { <p><Badge tone=Tone::Bad>"No supervision now"</Badge></p> })}
            <p>{reason}</p>
            {nearest.map(|nearest| view! { <NearestGroup nearest /> })}
        </li>
    }
}

/// The group that somebody misses by least, and what would get them in.
#[component]
pub fn NearestGroup(nearest: Nearest) -> impl IntoView {
    let Nearest { sentence, way, .. } = nearest;
    let way = (!way.is_empty()).then(|| view! { <b class="ucard__way">{way}</b> });
    view! { <p class="ucard__near"><Icon name="lightbulb" /><span>{sentence}" "{way}</span></p> }
}
