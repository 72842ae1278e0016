//! Weeks and working days.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::bank_holidays::bank_holiday_on;

/// The Monday of the week that a date is in; weeks run from Monday to Sunday.
///
/// At the very start of chrono's calendar, where that Monday does not exist, the date itself.
pub fn monday_of(date: NaiveDate) -> NaiveDate {
    date.week(Weekday::Mon).checked_first_day().unwrap_or(date)
}

/// Whether a date is neither a Saturday, a Sunday nor a bank holiday of England and Wales. Closures of the centre are not considered.
pub fn is_working_day(date: NaiveDate) -> bool {
    !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) && bank_holiday_on(date).is_none()
}

/// The n-th working day after a date: two working days after a Friday is usually the Tuesday.
///
/// The date itself does not count, whether or not it is a working day; 0 gives it back. At the end of chrono's calendar the
/// answer stays there.
pub fn working_days_after(date: NaiveDate, days: u8) -> NaiveDate {
    let Some(further) = days.checked_sub(1) else {
        return date;
    };
    date.iter_days().skip(1).filter(|day| is_working_day(*day)).nth(usize::from(further)).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn a_week_begins_on_its_monday() {
        assert_eq!(monday_of(date(2026, 10, 19)), date(2026, 10, 19));
        assert_eq!(monday_of(date(2026, 10, 22)), date(2026, 10, 19));
        assert_eq!(monday_of(date(2026, 10, 25)), date(2026, 10, 19));
        assert_eq!(monday_of(date(2027, 1, 1)), date(2026, 12, 28));
    }

    #[test]
    fn two_working_days_pass_over_the_weekend() {
        assert_eq!(working_days_after(date(2026, 10, 22), 2), date(2026, 10, 26));
        assert_eq!(working_days_after(date(2026, 10, 23), 2), date(2026, 10, 27));
        assert_eq!(working_days_after(date(2026, 10, 24), 2), date(2026, 10, 27));
    }

    #[test]
    fn working_days_pass_over_easter_and_christmas() {
        assert_eq!(working_days_after(date(2026, 4, 2), 2), date(2026, 4, 8));
        assert_eq!(working_days_after(date(2026, 12, 24), 1), date(2026, 12, 29));
        assert_eq!(working_days_after(date(2026, 12, 31), 1), date(2027, 1, 4));
    }

    #[test]
    fn no_working_days_after_a_date_is_the_date_itself() {
        assert_eq!(working_days_after(date(2026, 10, 24), 0), date(2026, 10, 24));
    }

    #[test]
    fn the_ends_of_the_calendar_do_no_harm() {
        assert_eq!(working_days_after(NaiveDate::MAX, u8::MAX), NaiveDate::MAX);
        assert!(monday_of(NaiveDate::MIN) <= NaiveDate::MIN);
        monday_of(NaiveDate::MAX);
    }
}
