//! The clocks of the United Kingdom: between instants and what people read on the wall.

use std::cmp::Ordering;
use std::fmt;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone, Utc};
use chrono_tz::Europe::London;
use serde::{Deserialize, Serialize};

use crate::clocks::{exists_in, instant_in, local_in};

/// What happens to the clocks of the United Kingdom on a day. Its `Display` is what the calendar says on that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClockChange {
    /// At 01:00 it becomes 02:00: the hour between does not exist.
    Forward,
    /// At 02:00 it becomes 01:00: the hour between exists twice.
    Back,
}

/// The instant at which the clocks of the United Kingdom show a time.
///
/// Where they show it twice, the first is meant (British Summer Time). Where they never show it, it is read in Greenwich Mean Time:
/// 01:30 on the day the clocks go forward is the instant at which they show 02:30.
pub fn instant(local: NaiveDateTime) -> DateTime<Utc> {
    instant_in(London, local)
}

/// What the clocks of the United Kingdom show at an instant.
pub fn local(instant: DateTime<Utc>) -> NaiveDateTime {
    local_in(London, instant)
}

/// Whether the clocks of the United Kingdom ever show this time. They do not from 01:00 to 02:00 on the day they go forward.
pub fn local_time_exists(local: NaiveDateTime) -> bool {
    exists_in(London, local)
}

/// Whether the clocks change on a date, and which way.
///
/// The times that [`ClockChange`] names have held since 1981: forward on the last Sunday in March, back on the last in October
/// (<https://www.gov.uk/when-do-the-clocks-change>). The zone data end with the year 2099.
pub fn clock_change(date: NaiveDate) -> Option<ClockChange> {
    let before = seconds_ahead_of_greenwich(date);
    let after = seconds_ahead_of_greenwich(date.succ_opt()?);
    match after.cmp(&before) {
        Ordering::Greater => Some(ClockChange::Forward),
        Ordering::Less => Some(ClockChange::Back),
        Ordering::Equal => None,
    }
}

impl fmt::Display for ClockChange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Forward => "The clocks go forward at 01:00. Sessions keep their usual time.",
            Self::Back => "The clocks go back at 02:00. Sessions keep their usual time.",
        })
    }
}

/// "29 March 2026".
pub(crate) fn date_in_words(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// At the first instant of the date in Greenwich; both changes happen an hour later, at 01:00 UTC.
fn seconds_ahead_of_greenwich(date: NaiveDate) -> i32 {
    London.offset_from_utc_datetime(&date.and_time(NaiveTime::MIN)).fix().local_minus_utc()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn wall(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S").unwrap()
    }

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn ten_in_winter_is_ten_in_greenwich_and_ten_in_summer_is_nine() {
        assert_eq!(instant(wall("2026-03-26T10:00:00")), utc("2026-03-26T10:00:00Z"));
        assert_eq!(instant(wall("2026-07-02T10:00:00")), utc("2026-07-02T09:00:00Z"));
        assert_eq!(local(utc("2026-03-26T10:00:00Z")), wall("2026-03-26T10:00:00"));
        assert_eq!(local(utc("2026-07-02T09:00:00Z")), wall("2026-07-02T10:00:00"));
    }

    #[test]
    fn a_time_in_the_hour_that_does_not_exist_is_read_in_greenwich_mean_time() {
        let cases = [("01:00:00", "02:00:00"), ("01:30:00", "02:30:00"), ("01:59:59", "02:59:59")];
        for (missing, shown) in cases {
            let missing = wall(&format!("2026-03-29T{missing}"));
            assert!(!local_time_exists(missing));
            assert_eq!(instant(missing), missing.and_utc());
            assert_eq!(local(instant(missing)), wall(&format!("2026-03-29T{shown}")));
        }
    }

    #[test]
    fn the_minutes_around_the_missing_hour_exist() {
        assert!(local_time_exists(wall("2026-03-29T00:59:59")));
        assert!(local_time_exists(wall("2026-03-29T02:00:00")));
        assert_eq!(instant(wall("2026-03-29T00:59:59")), utc("2026-03-29T00:59:59Z"));
        assert_eq!(instant(wall("2026-03-29T02:00:00")), utc("2026-03-29T01:00:00Z"));
    }

    #[test]
    fn a_time_in_the_hour_that_exists_twice_means_the_first_of_the_two() {
        assert!(local_time_exists(wall("2026-10-25T01:30:00")));
        assert_eq!(instant(wall("2026-10-25T00:59:59")), utc("2026-10-24T23:59:59Z"));
        assert_eq!(instant(wall("2026-10-25T01:00:00")), utc("2026-10-25T00:00:00Z"));
        assert_eq!(instant(wall("2026-10-25T01:59:59")), utc("2026-10-25T00:59:59Z"));
        assert_eq!(instant(wall("2026-10-25T02:00:00")), utc("2026-10-25T02:00:00Z"));
        assert_eq!(local(utc("2026-10-25T00:30:00Z")), local(utc("2026-10-25T01:30:00Z")));
    }

    #[test]
    fn the_clocks_change_on_the_published_dates_and_on_no_other() {
        let published = [
            (date(2025, 3, 30), ClockChange::Forward),
            (date(2025, 10, 26), ClockChange::Back),
            (date(2026, 3, 29), ClockChange::Forward),
            (date(2026, 10, 25), ClockChange::Back),
            (date(2027, 3, 28), ClockChange::Forward),
            (date(2027, 10, 31), ClockChange::Back),
            (date(2028, 3, 26), ClockChange::Forward),
            (date(2028, 10, 29), ClockChange::Back),
        ];

        let found: Vec<_> = date(2025, 1, 1)
            .iter_days()
            .take_while(|day| *day < date(2029, 1, 1))
            .filter_map(|day| clock_change(day).map(|change| (day, change)))
            .collect();

        assert_eq!(found, published);
    }

    #[test]
    fn the_zone_data_reach_as_far_as_a_series_can() {
        assert_eq!(clock_change(date(2099, 3, 29)), Some(ClockChange::Forward));
        assert_eq!(clock_change(date(2099, 10, 25)), Some(ClockChange::Back));
    }

    #[test]
    fn the_calendar_says_when_the_clocks_change() {
        assert_eq!(ClockChange::Forward.to_string(), "The clocks go forward at 01:00. Sessions keep their usual time.");
        assert_eq!(ClockChange::Back.to_string(), "The clocks go back at 02:00. Sessions keep their usual time.");
    }

    #[test]
    fn the_ends_of_the_calendar_do_no_harm() {
        for end in [NaiveDateTime::MIN, NaiveDateTime::MAX] {
            assert!(local_time_exists(end));
            instant(end);
        }
        for end in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            local(end);
        }
        assert_eq!(clock_change(NaiveDate::MIN), None);
        assert_eq!(clock_change(NaiveDate::MAX), None);
    }
}
