//! Stretches of time, and how hours are added up.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::identity::identity;
use crate::ui::month_and_year;

identity! {
    /// An entry of hours had elsewhere.
    EntryId
}

/// For which time hours are added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stretch {
    /// The time that somebody chose for their registration; until they have, the financial year.
    Registration,
    /// The present month.
    Month,
    /// As long as anything is kept.
    Everything,
}

impl Stretch {
    /// Every stretch, in the order in which the page offers them.
    pub const ALL: [Self; 3] = [Self::Registration, Self::Month, Self::Everything];

    /// The word in addresses.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Registration => "registration",
            Self::Month => "month",
            Self::Everything => "everything",
        }
    }

    /// The stretch of a word; anything else asks for the time of registration.
    pub fn of_key(key: &str) -> Self {
        Self::ALL.into_iter().find(|stretch| stretch.key() == key).unwrap_or(Self::Registration)
    }

    /// The days that it comes to on a day, for somebody who has chosen those, or none.
    pub fn days(self, today: NaiveDate, chosen: Option<Span>) -> Span {
        match self {
            Self::Registration => chosen.unwrap_or_else(|| Span::financial_year(today)),
            Self::Month => Span::month(today),
            Self::Everything => Span { from: NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or(today), to: today },
        }
    }

    /// "October 2026", "1 April 2026 to 31 March 2027", "All that is kept".
    pub fn words(self, days: Span) -> String {
        match self {
            Self::Month => month_and_year(days.from),
            Self::Registration => days.words(),
            Self::Everything => format!("All that is kept, until {}", days.to.format("%-d %B %Y")),
        }
    }
}

/// Days from one to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The first.
    pub from: NaiveDate,
    /// The last.
    pub to: NaiveDate,
}

impl Span {
    fn month(day: NaiveDate) -> Self {
        let from = day.with_day(1).unwrap_or(day);
        Self { from, to: from + Months::new(1) - Days::new(1) }
    }

    fn financial_year(day: NaiveDate) -> Self {
        let year = if day.month() < 4 { day.year().saturating_sub(1) } else { day.year() };
        let from = NaiveDate::from_ymd_opt(year, 4, 1).unwrap_or(day);
        Self { from, to: from + Months::new(12) - Days::new(1) }
    }

    /// Whether a day is one of them.
    pub fn has(self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// "1 April 2026 to 31 March 2027".
    pub fn words(self) -> String {
        format!("{} to {}", self.from.format("%-d %B %Y"), self.to.format("%-d %B %Y"))
    }
}

/// Minutes, by who says that they were had.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// A supervisor has marked them.
    pub verified: i64,
    /// Somebody logged them for themselves.
    pub reported: i64,
}

impl Total {
    /// Both together, wherever it is said that they are two things.
    pub const fn sum(self) -> i64 {
        self.verified.saturating_add(self.reported)
    }
}

impl std::ops::AddAssign for Total {
    fn add_assign(&mut self, other: Self) {
        self.verified = self.verified.saturating_add(other.verified);
        self.reported = self.reported.saturating_add(other.reported);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::groups::GroupKind;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn whoever_has_not_chosen_counts_the_financial_year() {
        let days = |today: &str| Stretch::Registration.days(date(today), None).words();
        assert_eq!(days("2026-10-22"), "1 April 2026 to 31 March 2027");
        assert_eq!(days("2027-03-31"), "1 April 2026 to 31 March 2027");
        let chosen = Span { from: date("2025-09-01"), to: date("2028-08-31") };
        assert_eq!(Stretch::Registration.days(date("2026-10-22"), Some(chosen)), chosen);
    }

    #[test]
    fn a_month_has_all_its_days() {
        assert_eq!(Stretch::Month.days(date("2028-02-10"), None), Span { from: date("2028-02-01"), to: date("2028-02-29") });
        assert_eq!(Stretch::Month.words(Span::month(date("2026-12-24"))), "December 2026");
    }

    #[test]
    fn every_word_is_found_by_its_key() {
        for format in GroupKind::ALL {
            assert_eq!(GroupKind::of_key(format.key()), Some(format));
        }
        for stretch in Stretch::ALL {
            assert_eq!(Stretch::of_key(stretch.key()), stretch);
        }
        assert_eq!((GroupKind::of_key("choir"), Stretch::of_key("choir")), (None, Stretch::Registration));
    }
}
