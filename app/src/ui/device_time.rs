//! What the reader's own clock shows, where it is not the time of the United Kingdom. Everybody else sees nothing of it.
//!
//! The server knows no zone but one, so this is known in the browser alone; without a script UK time is all there is, and enough.

use std::time::Duration;

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsValue;
use leptos::web_sys::js_sys::Date;

/// "05:00 to 06:30 on your device", beside a time that is "10:00 to 11:30" in the United Kingdom.
#[island]
pub fn DeviceTime(
    /// The beginning: `2026-10-22T09:00:00Z`.
    starts: String,
    /// The end.
    ends: String,
    /// Both as the page says them: "10:00 to 11:30".
    uk: String,
) -> impl IntoView {
    let words = RwSignal::new(String::new());
    Effect::new(move |_| {
        let device = format!("{} to {}", clock(&starts), clock(&ends));
        if device != uk {
            words.set(format!("{device} on your device"));
        }
    });
    view! { <span class="muted">{words}</span> }
}

/// "All times are UK time.", and how far the reader's device is from that about some day, where it is. For a page of many times.
#[component]
pub fn UkTime(
    /// The day that the page is about, or its first.
    day: NaiveDate,
) -> impl IntoView {
    view! { "All times are UK time. "<DeviceAway day /> }
}

/// How far the reader's device is from UK time about some day, where it is: beside words that say that the times of a page are UK time.
#[component]
pub fn DeviceAway(
    /// The day that the page is about, or its first.
    day: NaiveDate,
) -> impl IntoView {
    let noon = day.and_time(NaiveTime::MIN) + TimeDelta::hours(12);
    let at = ::series::instant(noon);
    let ahead = noon.signed_duration_since(at.naive_utc()).num_minutes();
    view! { <DeviceZone at=at.to_rfc3339() uk=i32::try_from(ahead).unwrap_or_default() /> }
}

/// "Your device is 5 hours behind UK time."
#[island]
fn DeviceZone(
    /// A moment that the page is about: `2026-10-22T09:00:00Z`.
    at: String,
    /// How far the United Kingdom is ahead of Greenwich then, in minutes.
    uk: i32,
) -> impl IntoView {
    let words = RwSignal::new(String::new());
    Effect::new(move |_| {
        let device = -date(&at).get_timezone_offset();
        if let Some(difference) = difference(device - f64::from(uk)) {
            words.set(format!("Your device is {difference} UK time."));
        }
    });
    view! { <span>{words}</span> }
}

fn date(instant: &str) -> Date {
    Date::new(&JsValue::from_str(instant))
}

fn clock(instant: &str) -> String {
    let date = date(instant);
    format!("{:02}:{:02}", date.get_hours(), date.get_minutes())
}

/// "5 hours behind", "5 hours 30 minutes ahead of"; nothing where there is no difference.
fn difference(minutes: f64) -> Option<String> {
    let apart = Duration::try_from_secs_f64(minutes.abs() * 60.0).ok()?.as_secs() / 60;
    let side = if minutes < 0.0 { "behind" } else { "ahead of" };
    let unit = |count: u64, unit: &str| match count {
        0 => String::new(),
        1 => format!("1 {unit} "),
        more => format!("{more} {unit}s "),
    };
    (apart > 0).then(|| format!("{}{}{side}", unit(apart / 60, "hour"), unit(apart % 60, "minute")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_said_in_hours_and_minutes() {
        assert_eq!(difference(0.0), None);
        assert_eq!(difference(-300.0), Some("5 hours behind".to_owned()));
        assert_eq!(difference(330.0), Some("5 hours 30 minutes ahead of".to_owned()));
        assert_eq!(difference(-60.0), Some("1 hour behind".to_owned()));
    }
}
