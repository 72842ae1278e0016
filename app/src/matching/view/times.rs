//! When the members of a group and whoever leads it are free, as a picture and in words.

use leptos::prelude::*;

use crate::matching::answers::{DayInCommon, TimesInCommon};
use crate::matching::model::MeetsEvery;

/// The half hours of the two weeks, or of every week: the darker, the more are free. The table below it says the same.
#[component]
pub fn Times(common: TimesInCommon) -> impl IntoView {
    let TimesInCommon { people, meets_every, hours, days } = common;
    let span = match meets_every {
        MeetsEvery::Fortnight => "two weeks",
        MeetsEvery::Week => "every week",
    };
    let suiting = days.iter().filter(|day| !day.all.is_empty()).count();
    let said = match suiting {
        0 => format!("{people} people, {span}. There is no half hour at which all of them are free."),
        1 => format!("{people} people, {span}. All of them are free on one day."),
        more => format!("{people} people, {span}. All of them are free on {more} days."),
    };
    let heads = hours.into_iter().map(|hour| view! { <span>{hour}</span> }).collect_view();
    let rows = days.iter().map(|day| picture_row(day, people)).collect_view();
    let lines = days.into_iter().map(table_row).collect_view();
    view! {
        <section class="card card--dense" aria-labelledby="times">
            <h2 id="times">"Time in common"</h2>
            <p class="small muted below-3">{said.clone()}</p>
            <div class="heat" role="img" aria-label=format!("{said} The table below says when.")>
                <div class="heat__row"><span class="heat__day"></span>{heads}</div>
                {rows}
            </div>
            <p class="row gap-2 tiny muted above-2" aria-hidden="true"><i class="heat__key" data-free="0"></i>"nobody"<i class="heat__key" data-free="6"></i>"all"<i class="heat__key is-chosen" data-free="6"></i>"when they meet"</p>
            <details class="small above-2">
                <summary>"In words"</summary>
                <div class="scroll-x" role="region" tabindex="0" aria-label="Times in words">
                    <table class="table">
                        <caption class="vh">"When all are free, and when all but one are"</caption>
                        <thead><tr><th scope="col">"Day"</th><th scope="col">"All"</th><th scope="col">"All but one"</th></tr></thead>
                        <tbody>{lines}</tbody>
                    </table>
                </div>
            </details>
        </section>
    }
}

/// A day as a line of half hours, two to the hour.
fn picture_row(day: &DayInCommon, people: usize) -> impl IntoView + use<> {
    let cells = day.half_hours.iter().map(|(free, is_chosen)| {
        let shade = shade(*free, people);
        view! { <i data-free=shade.to_string() class:is-chosen=*is_chosen></i> }
    });
    view! { <div class="heat__row"><span class="heat__day">{day.short.clone()}</span>{cells.collect_view()}</div> }
}

/// From 0, nobody, to 6, everybody. What lies between is never shown as one of the two.
fn shade(free: usize, people: usize) -> usize {
    match free {
        0 => 0,
        all if all == people => 6,
        some => (some * 6 / people.max(1)).clamp(1, 5),
    }
}

fn table_row(day: DayInCommon) -> impl IntoView {
    let DayInCommon { name, all, all_but_one, .. } = day;
    view! { <tr><th scope="row">{name}</th><td>{said(&all)}</td><td>{said(&all_but_one)}</td></tr> }
}

fn said(stretches: &[String]) -> String {
    if stretches.is_empty() { "–".to_owned() } else { stretches.join(", ") }
}
