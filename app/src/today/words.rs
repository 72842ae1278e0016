//! How times of day, days ahead and amounts of time are said.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};

/// "Good morning", by the clocks of the United Kingdom.
pub fn greeting(time: NaiveTime) -> &'static str {
    match time.hour() {
        5..=11 => "Good morning",
        12..=17 => "Good afternoon",
        _ => "Good evening",
    }
}

/// The first day of the financial year that a date is in, from which supervision is counted: 1 April.
pub fn financial_year_start(date: NaiveDate) -> NaiveDate {
    let year = if date.month() < 4 { date.year().saturating_sub(1) } else { date.year() };
    NaiveDate::from_ymd_opt(year, 4, 1).unwrap_or(date)
}

/// "Tomorrow", "In 5 days".
pub fn days_until(date: NaiveDate, today: NaiveDate) -> String {
    match date.signed_duration_since(today).num_days() {
        ..=0 => "Today".to_owned(),
        1 => "Tomorrow".to_owned(),
        days => format!("In {days} days"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_greeting_goes_by_the_clock() {
        for (hour, minute, words) in [
            (4, 59, "Good evening"),
            (5, 0, "Good morning"),
            (11, 59, "Good morning"),
            (12, 0, "Good afternoon"),
            (17, 59, "Good afternoon"),
            (18, 0, "Good evening"),
            (0, 0, "Good evening"),
        ] {
            assert_eq!(greeting(NaiveTime::from_hms_opt(hour, minute, 0).unwrap()), words, "{hour}:{minute}");
        }
    }

    #[test]
    fn the_financial_year_begins_on_the_first_of_april() {
        assert_eq!(financial_year_start(date("2026-10-22")), date("2026-04-01"));
        assert_eq!(financial_year_start(date("2026-04-01")), date("2026-04-01"));
        assert_eq!(financial_year_start(date("2027-03-31")), date("2026-04-01"));
    }

    #[test]
    fn another_day_is_counted_from_today() {
        let today = date("2026-10-22");
        assert_eq!(days_until(date("2026-10-23"), today), "Tomorrow");
        assert_eq!(days_until(date("2026-10-27"), today), "In 5 days");
    }
}
