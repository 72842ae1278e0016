//! Kinds of entries, and what bodies count of supervision in a group.

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// What an entry tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EntryKind {
    /// A session of the Centre at which somebody was marked as present.
    Session,
    /// Supervision had elsewhere, as somebody logged it.
    Elsewhere,
    /// A learning page that was finished.
    Learning,
    /// Something of the library that was read.
    Reading,
    /// An event of the community at which somebody was marked as present.
    Event,
}

impl EntryKind {
    /// Every kind, in the order of the totals.
    pub const ALL: [Self; 5] = [Self::Session, Self::Elsewhere, Self::Learning, Self::Reading, Self::Event];

    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Session => "Supervision at the Centre",
            Self::Elsewhere => "Supervision elsewhere",
            Self::Learning => "Learning page",
            Self::Reading => "Reading",
            Self::Event => "Event",
        }
    }

    /// Who says so.
    pub const fn says(self) -> &'static str {
        match self {
            Self::Session => "Verified by the supervisor",
            Self::Learning => "Recorded by the Centre",
            Self::Event => "Verified by the host",
            Self::Elsewhere | Self::Reading => "Self-reported",
        }
    }

    /// The address of an entry below the log: its kind and its code.
    pub fn key_of(self, code: &str) -> String {
        let kind = match self {
            Self::Session => "session",
            Self::Elsewhere => "elsewhere",
            Self::Learning => "learning",
            Self::Reading => "reading",
            Self::Event => "event",
        };
        format!("{kind}-{code}")
    }
}

/// How supervision is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Body {
    /// As long as it was.
    AsItWas,
    /// As the British Association for Counselling and Psychotherapy counts supervision in a group.
    Bacp,
}

/// What the BACP asks for in every calendar month, in minutes; not on average.
pub const BACP_MONTH: i64 = 90;

impl Body {
    /// The word in addresses.
    pub const fn key(self) -> &'static str {
        match self {
            Self::AsItWas => "",
            Self::Bacp => "bacp",
        }
    }

    /// The body of a word; anything else counts as it was.
    pub fn of_key(key: &str) -> Self {
        if key == Self::Bacp.key() { Self::Bacp } else { Self::AsItWas }
    }
}

/// What the BACP counts of a session for one of its supervisees: all of it alone, half of it in a group of up to four, and a share beyond.
pub const fn bacp_minutes(minutes: i64, supervisees: i64) -> i64 {
    match supervisees {
        ..=1 => minutes,
        2..=4 => minutes / 2,
        more => minutes / more,
    }
}

/// The first days of the months from one day to another.
pub fn months(from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
    let first = from.with_day(1).unwrap_or(from);
    (0..).map(|month| first + Months::new(month)).take_while(|month| *month <= to).take(240).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_of_ninety_minutes_counts_as_the_bacp_counts_it() {
        let counted = [1, 2, 3, 4, 5, 6, 9].map(|supervisees| bacp_minutes(90, supervisees));
        assert_eq!(counted, [90, 45, 45, 45, 18, 15, 10]);
        assert_eq!(Body::of_key(Body::Bacp.key()), Body::Bacp);
    }

    #[test]
    fn every_month_between_two_days_is_counted_once() {
        let months = months("2026-11-30".parse().unwrap(), "2027-02-01".parse().unwrap());
        let said: Vec<String> = months.iter().map(ToString::to_string).collect();
        assert_eq!(said, ["2026-11-01", "2026-12-01", "2027-01-01", "2027-02-01"]);
    }
}
