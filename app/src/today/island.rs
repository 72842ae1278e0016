//! The words that count down to a session. They are true without it at the moment the page was made; with it they stay true.

use std::time::Duration;

use leptos::prelude::*;
use leptos::web_sys::js_sys::Date;

use super::model::starts_in;

/// What the way in is called in the page, so that it can be shown when its time comes.
pub const WAY_IN: &str = "way-in";
/// How long before the beginning the way in opens.
const OPENS: i64 = 15 * 60;
/// How often the words are looked at again; a minute that passes is noticed within this time.
const TICK: Duration = Duration::from_secs(5);

/// Says when the session begins, minute by minute, and shows the way in a quarter of an hour before.
#[island]
pub fn StartsIn(
    /// How many seconds there were left when the page was made.
    seconds: i64,
    /// "10:00".
    begins: String,
) -> impl IntoView {
    let words = RwSignal::new(starts_in(seconds, &begins));
    Effect::new(move |_| {
        let began = Date::now();
        let begins = begins.clone();
        let tick = move || {
            let left = seconds.saturating_sub(whole_seconds(Date::now() - began));
            let now = starts_in(left, &begins);
            if words.with_untracked(|words| *words != now) {
                words.set(now);
            }
            if left <= OPENS {
                show_the_way_in();
            }
        };
        if let Ok(interval) = set_interval_with_handle(tick, TICK) {
            on_cleanup(move || interval.clear());
        }
    });
    view! { <span class="hero__in">{words}</span> }
}

fn whole_seconds(milliseconds: f64) -> i64 {
    // A clock that was set back counts as no time passed.
    Duration::try_from_secs_f64(milliseconds / 1_000.0).map_or(0, |passed| i64::try_from(passed.as_secs()).unwrap_or(i64::MAX))
}

fn show_the_way_in() {
    let Some(way_in) = document().get_element_by_id(WAY_IN) else { return };
    if way_in.has_attribute("hidden") {
        // Neither can fail for an attribute of this name.
        let _ = way_in.remove_attribute("hidden");
        if let Ok(Some(hero)) = way_in.closest(".hero") {
            let _ = hero.set_attribute("data-moment", "open");
        }
    }
}
