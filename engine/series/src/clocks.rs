//! Between instants and what the clocks of a zone show.

use chrono::{DateTime, MappedLocalTime, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::{GapInfo, Tz};

/// The instant at which the clocks of a zone show a time.
///
/// Where they show it twice, the first is meant. Where they never show it, it is read as if they had not gone forward yet: 01:30 in
/// the hour that is left out is the instant at which they show 02:30. RFC 5545 reads both cases so (section 3.3.5), and with it
/// the calendars that members keep.
pub(crate) fn instant_in(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    match zone.from_local_datetime(&local) {
        MappedLocalTime::Single(only) => only.to_utc(),
        MappedLocalTime::Ambiguous(first, _) => first.to_utc(),
        // At the far ends of the calendar there is neither a mapping nor a gap; the clock then stands on Greenwich time.
        MappedLocalTime::None => GapInfo::new(&local, &zone)
            .and_then(|gap| gap.begin)
            .and_then(|(_, before)| local.checked_sub_offset(before.fix()))
            .unwrap_or(local)
            .and_utc(),
    }
}

/// What the clocks of a zone show at an instant.
pub(crate) fn local_in(zone: Tz, instant: DateTime<Utc>) -> NaiveDateTime {
    let utc = instant.naive_utc();
    utc.checked_add_offset(zone.offset_from_utc_datetime(&utc).fix()).unwrap_or(utc)
}

/// Whether the clocks of a zone ever show a time.
pub(crate) fn exists_in(zone: Tz, local: NaiveDateTime) -> bool {
    GapInfo::new(&local, &zone).is_none()
}

#[cfg(test)]
mod tests {
    use chrono_tz::{America, Australia, Europe};

    use super::*;

    fn wall(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap()
    }

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_missing_time_is_read_as_rfc_5545_reads_it() {
        // The example of RFC 5545, section 3.3.5.
        assert_eq!(instant_in(America::New_York, wall("2007-03-11T02:30")), utc("2007-03-11T07:30:00Z"));
        assert_eq!(local_in(America::New_York, utc("2007-03-11T07:30:00Z")), wall("2007-03-11T03:30"));
        assert!(!exists_in(America::New_York, wall("2007-03-11T02:30")));
        assert_eq!(instant_in(Europe::London, wall("2026-03-29T01:30")), utc("2026-03-29T01:30:00Z"));
    }

    #[test]
    fn a_time_that_is_shown_twice_is_the_first_of_the_two() {
        // The example of RFC 5545, section 3.3.5.
        assert_eq!(instant_in(America::New_York, wall("2007-11-04T01:30")), utc("2007-11-04T05:30:00Z"));
        assert_eq!(instant_in(Europe::London, wall("2026-10-25T01:30")), utc("2026-10-25T00:30:00Z"));
    }

    #[test]
    fn a_gap_of_half_an_hour_is_half_an_hour() {
        assert_eq!(local_in(Australia::Lord_Howe, instant_in(Australia::Lord_Howe, wall("2026-10-04T02:15"))), wall("2026-10-04T02:45"));
    }
}
