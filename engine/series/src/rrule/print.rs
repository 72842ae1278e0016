//! From a pattern to the text of its recurrence rule.

use chrono::{Datelike, NaiveTime, Weekday};
use chrono_tz::Tz;

use crate::clocks::instant_in;
use crate::expand::{Skip, stored_reasons, walk};
use crate::pattern::{Pattern, PlaceInMonth, Rhythm};
use crate::rule::Ending;

/// Writes the rule of a series that is held in a zone.
pub(super) fn print(zone: Tz, pattern: &Pattern, skips: &[Skip]) -> String {
    let code = code_of(pattern.start().weekday());
    let (frequency, every, days) = match pattern.rhythm() {
        Rhythm::Weekly { every } => ("WEEKLY", every, code.to_owned()),
        Rhythm::Monthly { every, place } => ("MONTHLY", every, format!("{}{code}", number_of(place))),
    };
    let interval = if every == 1 { String::new() } else { format!(";INTERVAL={every}") };
    format!("FREQ={frequency}{interval};BYDAY={days}{}", ending(zone, pattern, skips))
}

/// `UNTIL` is written as an instant, as RFC 5545 asks where the start has a zone: the last second of its date.
fn ending(zone: Tz, pattern: &Pattern, skips: &[Skip]) -> String {
    match pattern.ending() {
        None => String::new(),
        Some(Ending::Times(times)) => {
            let skipped = walk(pattern, None, stored_reasons(skips)).skipped;
            format!(";COUNT={}", usize::try_from(times).unwrap_or(usize::MAX).saturating_add(skipped.len()))
        }
        Some(Ending::Until(until)) => {
            let last_second = NaiveTime::from_hms_opt(23, 59, 59).unwrap_or_default();
            format!(";UNTIL={}", instant_in(zone, until.and_time(last_second)).format("%Y%m%dT%H%M%SZ"))
        }
    }
}

const fn number_of(place: PlaceInMonth) -> &'static str {
    match place {
        PlaceInMonth::First => "1",
        PlaceInMonth::Second => "2",
        PlaceInMonth::Third => "3",
        PlaceInMonth::Fourth => "4",
        PlaceInMonth::Fifth => "5",
        PlaceInMonth::Last => "-1",
    }
}

pub(super) const fn code_of(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}
