//! The hours of a week as a picture. The lines beside it say the same in words, so it is hidden from screen readers.

use leptos::prelude::*;

use super::island::painter_key;
use super::week::{DAYS, HALVES, Week, clock_of};

/// Each half hour of the week: free, preferred, or neither.
#[component]
pub fn WeekPicture(
    /// The week.
    week: Week,
) -> impl IntoView {
    let (opens, closes) = week.shown();
    let days = week.days_shown();
    let heads = DAYS.iter().take(days).map(|day| view! { <span class="painter__day">{day.to_string()}</span> }).collect_view();
    let rows = (opens..closes)
        .map(|half| {
            let label = if half.is_multiple_of(2) { clock_of(half) } else { String::new() };
            let cells = (0..days).map(|day| view! { <span class=week.cell(day * HALVES + half).class()></span> }).collect_view();
            view! { <span class="painter__time">{label}</span>{cells} }
        })
        .collect_view();
    view! {
        <div class="painter painter--still" class:painter--seven=days == 7 aria-hidden="true">
            <span></span>
            {heads}
            {rows}
        </div>
        <div class="painter-else">{painter_key()}</div>
    }
}
