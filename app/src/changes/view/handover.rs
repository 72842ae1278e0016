//! What somebody who takes a group over cannot lead, shown before the others are handed over.

use leptos::prelude::*;

use crate::changes::answers::{StayLine, WhatStays};
use crate::changes::api::what_would_stay;
use crate::groups::GroupForm;
use crate::paths;
use crate::ui::{Choices, FormState, UkTime, clock_time, day_month_year, load};

/// Asks whether the sessions that can be led are handed over without the others, once it has turned out that there are such.
pub fn ask_what_stays() -> AnyView {
    let state = FormState::of_form();
    let is_asked = state.problem("stays").is_some() || state.all_entered("stays").is_some_and(|stays| !stays.is_empty());
    if !is_asked {
        return ().into_any();
    }
    let entered = |name: &str| state.entered(name).unwrap_or_default();
    let form = GroupForm { slug: entered("slug"), supervisor: entered("supervisor"), ..GroupForm::default() };
    load(what_would_stay(form), move |stays| stays.map(|stays| view! { <WouldStay stays /> })).into_any()
}

/// Each session that would stay and why, and the tick without which nothing is handed over.
#[component]
fn WouldStay(stays: WhatStays) -> impl IntoView {
    let WhatStays { from, handed_over, stays, seen } = stays;
    let others = if handed_over == 1 { "the one other session".to_owned() } else { format!("the {handed_over} other sessions") };
    let title = match stays.len() {
        1 => "One session cannot be taken over".to_owned(),
        several => format!("{several} sessions cannot be taken over"),
    };
    let first_day = stays.first().map(|line| line.starts.date());
    let items = stays.into_iter().map(stay_item).collect_view();
    let tick = format!("Hand over {others}. These stay with {} until somebody covers them.", from.short);
    view! {
        <section class="card" aria-labelledby="would-stay">
            <div class="card__head"><h2 id="would-stay">{title}</h2></div>
            <ul class="list">{items}</ul>
            <p class="above-2">
                "Those that stay are listed under "<a href=paths::cover_for(&from.code)>{format!("Cover for {}", from.short)}</a>
                ". Everybody is told in one message which they are. "
                {first_day.map(|day| view! { <UkTime day /> })}
            </p>
            <div class="above-3"><Choices name="stays" legend="Hand over the others?" several=true options=vec![(seen, tick)] /></div>
        </section>
    }
}

fn stay_item(line: StayLine) -> impl IntoView {
    let StayLine { code, starts, why } = line;
    let when = format!("{}, {}", day_month_year(starts.date()), clock_time(starts.time()));
    view! {
        <li class="item">
            <div class="item__body">
                <a class="item__title" href=paths::session(&code)>{when}</a>
                {why.into_iter().map(|sentence| view! { <p class="item__meta">{sentence}</p> }).collect_view()}
            </div>
        </li>
    }
}
