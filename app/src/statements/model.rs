//! Months, and what a session is to the one who has it on their statement.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

/// A month of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Month(NaiveDate);

impl Month {
    /// The month that a day is in.
    pub fn of(day: NaiveDate) -> Self {
        Self(day.with_day(1).unwrap_or(day))
    }

    /// The month of a part of an address, "2026-10", if anybody could have been supervised in it.
    pub fn of_address(part: &str) -> Option<Self> {
        let first: NaiveDate = format!("{part}-01").parse().ok()?;
        (part.len() == 7 && (2000..2200).contains(&first.year())).then_some(Self(first))
    }

    /// Its first day.
    pub const fn first(self) -> NaiveDate {
        self.0
    }

    /// The month before.
    pub fn before(self) -> Self {
        Self(self.0 - Months::new(1))
    }

    /// The month after.
    pub fn after(self) -> Self {
        Self(self.0 + Months::new(1))
    }

    /// The moments between which it lies: its own first, and that of the month after.
    pub fn instants(self) -> (DateTime<Utc>, DateTime<Utc>) {
        let midnight = |day: NaiveDate| ::series::instant(day.and_time(NaiveTime::MIN));
        (midnight(self.0), midnight(self.after().0))
    }

    /// Its last day.
    pub fn last(self) -> NaiveDate {
        self.after().0 - Days::new(1)
    }
}

/// What a session is to the one who has it on their statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// They led it for their own group.
    Led,
    /// They led it for somebody else's group.
    CoverGiven,
    /// Somebody else led it for theirs.
    CoverReceived,
}

impl Part {
    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Led => "Led",
            Self::CoverGiven => "Cover given",
            Self::CoverReceived => "Cover received",
        }
    }
}

/// How far a session of a statement has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Its attendance is finished.
    Held,
    /// It is over, and the attendance is not finished.
    NotMarked,
    /// The Centre cancelled it.
    Cancelled,
    /// It lies ahead, or is under way.
    Planned,
}

impl Standing {
    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Held => "Held",
            Self::NotMarked => "Not marked",
            Self::Cancelled => "Cancelled by the Centre",
            Self::Planned => "Planned",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_found_by_its_address_and_nothing_else_is() {
        let month = Month::of_address("2026-10").unwrap();
        assert_eq!((month.first().to_string(), month.last().to_string()), ("2026-10-01".to_owned(), "2026-10-31".to_owned()));
        for wrong in ["", "2026", "2026-13", "2026-1", "1999-12", "2200-01", "+026-10", "2026-10-01"] {
            assert_eq!(Month::of_address(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_month_begins_at_midnight_by_the_clocks_of_the_united_kingdom() {
        let (from, until) = Month::of_address("2026-10").unwrap().instants();
        assert_eq!(
            (from.to_rfc3339(), until.to_rfc3339()),
            ("2026-09-30T23:00:00+00:00".to_owned(), "2026-11-01T00:00:00+00:00".to_owned())
        );
        assert_eq!(Month::of_address("2026-12").unwrap().after(), Month::of_address("2027-01").unwrap());
    }
}
