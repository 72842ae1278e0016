//! The next days as somebody who plans sees them.

use leptos::prelude::*;

use super::answers::FreeDay;
use super::free::Day;
use super::words::hours_in_words;
use crate::groups::GroupKind;
use crate::ui::{Filter, FilterSelect, short_day};

/// What is free of each of the next days: the hours less what is planned and the minutes around it.
#[component]
pub fn NextDays(
    /// The days.
    days: Vec<FreeDay>,
    /// The kind of supervision that they are shown for, or empty.
    kind: String,
    /// The address of the page.
    address: String,
) -> impl IntoView {
    let kinds = GroupKind::ALL.map(|kind| (kind.key().to_owned(), kind.name().to_owned())).to_vec();
    let is_narrow = !kind.is_empty();
    let items = days.into_iter().map(day_item).collect_view();
    view! {
        <section class="card" aria-labelledby="next-days">
            <div class="card__head"><h2 id="next-days">"Free in the next two weeks"</h2></div>
            <Filter path=address label="Free times for a kind of supervision" is_narrow>
                <FilterSelect name="kind" label="For" all="Every kind" value=kind options=kinds />
            </Filter>
            <dl class="facts above-3">{items}</dl>
        </section>
    }
}

fn day_item(day: FreeDay) -> impl IntoView {
    let words = match day.day {
        Day::Unknown => "Not known: no hours were said".to_owned(),
        Day::Away(kind) => format!("Away ({})", kind.name().to_lowercase()),
        Day::Unavailable => "Cannot be planned".to_owned(),
        Day::Off => "No hours".to_owned(),
        Day::Free(free) if free.is_empty() => "Nothing is free".to_owned(),
        Day::Free(free) => hours_in_words(&free),
    };
    view! { <dt>{short_day(day.date)}</dt><dd class="num">{words}</dd> }
}
