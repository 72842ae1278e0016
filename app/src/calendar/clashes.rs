//! Sessions of one calendar that are planned for the same time.

use std::sync::Arc;

use leptos::prelude::*;

use super::model::Calendar;
use super::occurrence::Occurrence;
use crate::ui::{Banner, Tone, clock_time, day_and_month, time_range};

/// How many are named. Each is marked where it stands in the calendar as well.
const MOST: usize = 5;

/// Says which sessions are planned for the same time, and leads to both: one banner, however many there are.
#[component]
pub fn Clashes(
    /// The sessions on show.
    calendar: Arc<Calendar>,
) -> impl IntoView {
    let clashes = calendar.clashes();
    let overlap = |(one, other): &(&Occurrence, &Occurrence)| {
        let (starts, ends) = (one.starts_local.max(other.starts_local), one.ends_local.min(other.ends_local));
        format!("{}, {}", day_and_month(starts.date()), time_range(starts, ends))
    };
    let title = match clashes.as_slice() {
        [] => return None,
        [only] => format!("Two sessions overlap on {}", overlap(only)),
        more => format!("Sessions overlap {} times", more.len()),
    };
    let is_one = clashes.len() == 1;
    let lines: Vec<_> = clashes
        .iter()
        .take(MOST)
        .map(|pair| {
            let (one, other) = pair;
            let (first, second) = ((one.address(), one.title()), (other.address(), other.title()));
            let when = (!is_one).then(|| format!("{}: ", overlap(pair)));
            let runs = format!(" runs to {}. ", clock_time(one.ends_local.time()));
            let begins = format!(" starts at {}.", clock_time(other.starts_local.time()));
            view! { <p class="small">{when}<a href=first.0>{first.1}</a>{runs}<a href=second.0>{second.1}</a>{begins}</p> }
        })
        .collect();
    let others = clashes.len().checked_sub(MOST).filter(|others| *others > 0);
    let others = others.map(|others| view! { <p class="small">{format!("And {others} more, each marked “Clash” in the days below.")}</p> });
    Some(view! { <Banner tone=Tone::Bad title>{lines}{others}</Banner> })
}
