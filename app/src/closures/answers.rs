//! What the pages of closures show.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::model::ClosedDays;
use crate::people::PersonName;

/// The closures and bank holidays of a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosuresPage {
    /// Which year.
    pub year: i32,
    /// Its closures and bank holidays, by date.
    pub lines: Vec<ClosedLine>,
}

/// A closure or a bank holiday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClosedLine {
    /// A closure that somebody entered.
    Closure {
        /// Its part of the address.
        code: String,
        /// What everybody reads.
        name: String,
        /// Its days.
        days: ClosedDays,
        /// How many sessions fall into it.
        sessions: i64,
    },
    /// A bank holiday of England and Wales.
    BankHoliday {
        /// What it is called.
        name: String,
        /// Its day.
        date: NaiveDate,
    },
}

impl ClosedLine {
    /// The day by which it stands in its list.
    pub const fn first(&self) -> NaiveDate {
        match self {
            Self::Closure { days, .. } => days.first,
            Self::BankHoliday { date, .. } => *date,
        }
    }
}

/// What the form of a closure shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosureToSet {
    /// The closure as it is stored, where there is one.
    pub stored: Option<StoredClosure>,
    /// The sessions that fall into the days that stand in the form.
    pub falling: Vec<FallingSession>,
    /// Those sessions as the form sends them back, so that nobody saves what they were not shown.
    pub seen: String,
}

/// A closure as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredClosure {
    /// Its part of the address.
    pub code: String,
    /// What everybody reads.
    pub name: String,
    /// Its days.
    pub days: ClosedDays,
    /// Rises with every change.
    pub version: i64,
}

/// A published session that falls into a closure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FallingSession {
    /// Its part of the address.
    pub code: String,
    /// "Aire group".
    pub group: String,
    /// When it begins on the clocks of the United Kingdom.
    pub starts: NaiveDateTime,
    /// When it ends there.
    pub ends: NaiveDateTime,
    /// Who leads it.
    pub supervisor: PersonName,
}
