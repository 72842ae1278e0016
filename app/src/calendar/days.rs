//! The stretch of days that a calendar shows, and how an address names it.

use chrono::{DateTime, Days as DayCount, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use crate::error::AppError;

/// A stretch of whole days on the calendar of the United Kingdom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days {
    first: NaiveDate,
    count: u8,
}

impl Days {
    /// How far the agenda reaches.
    const AGENDA: u8 = 30;

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

    /// "19 to 25 October 2026", "26 October to 1 November 2026".
    pub fn in_words(self) -> String {
        let (first, last) = (self.first, self.last());
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

/// Which day is asked for, as it is sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DayForm {
    /// "2026-10-19".
    pub day: String,
}

impl DayForm {
    /// Asks for a day.
    pub fn on(day: NaiveDate) -> Self {
        Self { day: day.to_string() }
    }

    /// Reads it.
    pub fn check(&self) -> Result<NaiveDate, AppError> {
        date_of(&self.day).ok_or_else(|| AppError::invalid("day", "Enter a date like 2026-10-19"))
    }
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
    fn a_stretch_of_days_names_month_and_year_once_where_they_are_the_same() {
        assert_eq!(Days::week_of(date("2026-10-22")).in_words(), "19 to 25 October 2026");
        assert_eq!(Days::week_of(date("2026-10-26")).in_words(), "26 October to 1 November 2026");
        assert_eq!(Days::week_of(date("2026-12-31")).in_words(), "28 December 2026 to 3 January 2027");
    }

    #[test]
    fn only_a_date_written_as_iso_names_a_day() {
        assert_eq!(date_of("2026-10-19"), Some(date("2026-10-19")));
        for nonsense in ["", "today", "2026-02-30", "2026-2-3", "19-10-2026", "+2026-10-1", "1026-10-19", "9999-12-31", "2026-10-19x"] {
            assert_eq!(date_of(nonsense), None, "{nonsense}");
        }
    }
}
