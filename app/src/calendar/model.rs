//! The calendar that holds occurrences, and the days on which nothing is held.

use ::series::Closure;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

use super::days::Days;
use super::kind::OccurrenceKind;
use super::occurrence::{Occurrence, Part};

/// The answer: what is in the calendar on those days, and when that was true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// The moment of the answer, by which a session is planned, open or over.
    pub now: DateTime<Utc>,
    /// The days that were asked for.
    pub days: Days,
    /// The sessions that begin on those days, in order.
    pub occurrences: Vec<Occurrence>,
    /// When the Centre is closed, of those days and later ones.
    pub closures: Vec<Closure>,
    /// Where nothing is in one's own calendar on those days: the beginning of one's next session after them, if it is not too far off.
    pub next: Option<NaiveDateTime>,
    /// How many minutes a week the contract of whoever leads groups is for, where that was entered; in one's own calendar alone.
    pub contracted_minutes: Option<i64>,
}

impl Calendar {
    /// Why a day is no day for sessions: a bank holiday, a closure of the Centre, or both.
    pub fn closed_on(&self, date: NaiveDate) -> Vec<String> {
        closed_on(&self.closures, date)
    }

    /// The same days with some kinds of session alone.
    #[must_use]
    pub fn only(&self, is_shown: impl Fn(OccurrenceKind) -> bool) -> Self {
        let shown = self.occurrences.iter().filter(|occurrence| is_shown(occurrence.kind));
        Self { occurrences: shown.cloned().collect(), closures: self.closures.clone(), ..*self }
    }

    /// The day on which the answer was given.
    pub fn today(&self) -> NaiveDate {
        ::series::local(self.now).date()
    }

    /// How many minutes one leads on these days.
    pub fn minutes_led(&self) -> i64 {
        let led = self.occurrences.iter().filter(|one| one.part == Part::Leads && one.course.cancelled_at.is_none());
        led.map(|one| one.length_minutes).sum()
    }

    /// What begins on a day.
    pub fn on(&self, date: NaiveDate) -> impl Iterator<Item = &Occurrence> {
        self.occurrences.iter().filter(move |occurrence| occurrence.date() == date)
    }

    /// The pairs that are planned for the same time.
    pub fn clashes(&self) -> Vec<(&Occurrence, &Occurrence)> {
        let pairs = self.occurrences.iter().enumerate().flat_map(|(place, one)| {
            let later = self.occurrences.iter().skip(place.saturating_add(1));
            later.map(move |other| (one, other))
        });
        pairs.filter(|(one, other)| one.clashes_with(other, self.now)).collect()
    }

    /// Whether a session is planned for the same time as another.
    pub fn is_clash(&self, occurrence: &Occurrence) -> bool {
        self.occurrences.iter().any(|other| other.code != occurrence.code && other.clashes_with(occurrence, self.now))
    }
}

/// Why a day is no day for sessions: a bank holiday, each closure of the Centre, or both.
pub fn closed_on(closures: &[Closure], date: NaiveDate) -> Vec<String> {
    let holiday = ::series::bank_holiday_on(date).map(|holiday| holiday.to_string());
    let closed = closures.iter().filter(|closure| closure.contains(date)).map(|closure| format!("Centre closed: {}", closure.name));
    holiday.into_iter().chain(closed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_says_that_it_is_a_bank_holiday_and_that_the_centre_is_closed() {
        let closure = Closure { first: date("2026-12-24"), last: date("2027-01-01"), name: "Christmas closure".to_owned() };
        let closed = |day: &str| closed_on(std::slice::from_ref(&closure), date(day));
        assert_eq!(closed("2026-12-23"), <[String; 0]>::default());
        assert_eq!(closed("2026-12-24"), ["Centre closed: Christmas closure"]);
        assert_eq!(closed("2026-12-25"), ["Bank holiday: Christmas Day", "Centre closed: Christmas closure"]);
    }
}
