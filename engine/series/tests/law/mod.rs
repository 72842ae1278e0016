//! The clocks of the United Kingdom by the letter of the law, without zone data.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Utc, Weekday};

/// The last Sunday of a month of 31 days, as March and October are.
fn is_last_sunday_of(month: u32, date: NaiveDate) -> bool {
    date.month() == month && date.weekday() == Weekday::Sun && date.day() > 24
}

pub fn is_in_the_missing_hour(wall: NaiveDateTime) -> bool {
    is_last_sunday_of(3, wall.date()) && wall.hour() == 1
}

/// Summer time by the letter of the law; the hour that exists twice counts as summer, its first time round.
fn is_summer_time(wall: NaiveDateTime) -> bool {
    let sunday_before = |date: NaiveDate| date - Days::new(u64::from(date.weekday().num_days_from_sunday()));
    let last_sunday = |month| sunday_before(NaiveDate::from_ymd_opt(wall.year(), month, 31).unwrap());
    let begins = last_sunday(3).and_hms_opt(2, 0, 0).unwrap();
    let ends = last_sunday(10).and_hms_opt(2, 0, 0).unwrap();
    begins <= wall && wall < ends
}

/// The instant of a time on the wall.
pub fn naive_instant(wall: NaiveDateTime) -> DateTime<Utc> {
    let ahead = TimeDelta::hours(i64::from(is_summer_time(wall)));
    (wall - ahead).and_utc()
}
