//! The stretch of days that a calendar shows, and how an address names it.

use chrono::{DateTime, Datelike, Days as DayCount, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ui::day_month_year;

/// A stretch of whole days on the calendar of the United Kingdom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days {
    first: NaiveDate,
    count: u8,
}

impl Days {
    /// How far the agenda reaches.
    const AGENDA: u8 = 30;

    /// One day.
    pub fn only(date: NaiveDate) -> Self {
        Self { first: date, count: 1 }
    }

    /// The days of the month that a date is in.
    pub fn month_of(date: NaiveDate) -> Self {
        Self { first: first_of_month(date), count: date.num_days_in_month() }
    }

    /// The whole weeks, Monday to Sunday, that hold the month that a date is in: the days of a month's page.
    pub fn weeks_of_month(date: NaiveDate) -> Self {
        let month = Self::month_of(date);
        let first = ::series::monday_of(month.first);
        let last_week = ::series::monday_of(month.last());
        let weeks = last_week.signed_duration_since(first).num_weeks() + 1;
        Self { first, count: u8::try_from(weeks * 7).unwrap_or(month.count) }
    }

    /// The seven days from the Monday of the week that a date is in.
    pub fn week_of(date: NaiveDate) -> Self {
        Self { first: ::series::monday_of(date), count: 7 }
    }

    /// The thirty days of the agenda.
    pub fn agenda_from(first: NaiveDate) -> Self {
        Self { first, count: Self::AGENDA }
    }

    /// The first day.
    pub fn first(self) -> NaiveDate {
        self.first
    }

    /// The last day.
    pub fn last(self) -> NaiveDate {
        plus(self.first, u64::from(self.count.saturating_sub(1)))
    }

    /// The day after the last.
    pub fn end(self) -> NaiveDate {
        plus(self.first, u64::from(self.count))
    }

    /// The stretch of the same length before this one.
    #[must_use]
    pub fn before(self) -> Self {
        let first = self.first.checked_sub_days(DayCount::new(u64::from(self.count))).unwrap_or(self.first);
        Self { first, ..self }
    }

    /// The stretch of the same length after this one.
    #[must_use]
    pub fn after(self) -> Self {
        Self { first: self.end(), ..self }
    }

    /// Whether a date is one of them.
    pub fn contains(self, date: NaiveDate) -> bool {
        self.first <= date && date < self.end()
    }

    /// Each of them, in order.
    pub fn each(self) -> impl Iterator<Item = NaiveDate> {
        self.first.iter_days().take(usize::from(self.count))
    }

    /// The instants at which the stretch begins and ends: midnight on the clocks of the United Kingdom.
    pub fn instants(self) -> (DateTime<Utc>, DateTime<Utc>) {
        (::series::instant(self.first.and_time(NaiveTime::MIN)), ::series::instant(self.end().and_time(NaiveTime::MIN)))
    }

    /// "19 to 25 October 2026", "26 October to 1 November 2026"; one day with its weekday.
    pub fn in_words(self) -> String {
        let (first, last) = (self.first, self.last());
        if first == last {
            return day_month_year(first);
        }
        let beginning = if first.format("%B %Y").to_string() == last.format("%B %Y").to_string() {
            "%-d"
        } else if first.format("%Y").to_string() == last.format("%Y").to_string() {
            "%-d %B"
        } else {
            "%-d %B %Y"
        };
        format!("{} to {}", first.format(beginning), last.format("%-d %B %Y"))
    }
}

/// At the end of chrono's calendar, where there is no later day, the day itself.
fn plus(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(DayCount::new(days)).unwrap_or(date)
}

/// The first day of the month that a date is in.
pub fn first_of_month(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}

/// The date that a part of an address names, in the years that a calendar can be asked for.
pub fn date_of(part: &str) -> Option<NaiveDate> {
    let date = NaiveDate::parse_from_str(part, "%Y-%m-%d").ok()?;
    let years = NaiveDate::from_ymd_opt(2020, 1, 1)?..NaiveDate::from_ymd_opt(2100, 1, 1)?;
    (years.contains(&date) && date.to_string() == part).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_week_runs_from_monday_and_is_as_long_as_the_clocks_make_it() {
        let week = Days::week_of(date("2026-10-22"));
        assert_eq!((week.first(), week.last()), (date("2026-10-19"), date("2026-10-25")));
        assert_eq!(week.instants(), (at("2026-10-18T23:00:00Z"), at("2026-10-26T00:00:00Z")));
        assert_eq!(week.before().first(), date("2026-10-12"));
        assert_eq!(week.after().first(), date("2026-10-26"));
        assert!(week.contains(date("2026-10-25")) && !week.contains(date("2026-10-26")));
        assert_eq!(week.each().count(), 7);
    }

    #[test]
    fn the_page_of_a_month_has_whole_weeks_and_no_more_than_it_needs() {
        for (month, first, count) in [
            ("2026-10-22", "2026-09-28", 35),
            ("2026-02-01", "2026-01-26", 35),
            ("2027-02-10", "2027-02-01", 28),
            ("2026-08-31", "2026-07-27", 42),
        ] {
            let weeks = Days::weeks_of_month(date(month));
            assert_eq!((weeks.first(), weeks.each().count()), (date(first), count), "{month}");
        }
        assert_eq!(Days::month_of(date("2028-02-09")).last(), date("2028-02-29"));
    }

    #[test]
    fn a_stretch_of_days_names_month_and_year_once_where_they_are_the_same() {
        assert_eq!(Days::week_of(date("2026-10-22")).in_words(), "19 to 25 October 2026");
        assert_eq!(Days::week_of(date("2026-10-26")).in_words(), "26 October to 1 November 2026");
        assert_eq!(Days::week_of(date("2026-12-31")).in_words(), "28 December 2026 to 3 January 2027");
        assert_eq!(Days::only(date("2026-10-22")).in_words(), "Thursday 22 October 2026");
    }

    #[test]
    fn only_a_date_written_as_iso_names_a_day() {
        assert_eq!(date_of("2026-10-19"), Some(date("2026-10-19")));
        for nonsense in ["", "today", "2026-02-30", "2026-2-3", "19-10-2026", "+2026-10-1", "1026-10-19", "9999-12-31", "2026-10-19x"] {
            assert_eq!(date_of(nonsense), None, "{nonsense}");
        }
    }
}
