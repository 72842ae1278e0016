//! What the page of the log is asked.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::model::KINDS;

/// Which entries.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AuditFilter {
    /// The key of a kind of thing; empty for all.
    pub kind: String,
    /// The first day: `2026-10-22`; empty for the beginning.
    pub from: String,
    /// The last day; empty for today.
    pub until: String,
    /// Those before this entry; empty for the latest.
    pub before: String,
}

impl AuditFilter {
    /// Whether anything is left out.
    pub fn is_narrow(&self) -> bool {
        !(self.kind().is_empty() && self.from().is_none() && self.until().is_none())
    }

    /// The kind, if there is one of that key; empty for all.
    pub fn kind(&self) -> &str {
        KINDS.iter().find(|kind| kind.key == self.kind).map_or("", |kind| kind.key)
    }

    /// The first day, if it is one.
    pub fn from(&self) -> Option<NaiveDate> {
        day(&self.from)
    }

    /// The last day, if it is one.
    pub fn until(&self) -> Option<NaiveDate> {
        day(&self.until)
    }

    /// The entry before which the page begins.
    pub fn before(&self) -> i64 {
        self.before.parse().ok().filter(|before| *before > 0).unwrap_or(i64::MAX)
    }
}

/// A day in the years that the databases know.
fn day(day: &str) -> Option<NaiveDate> {
    day.parse().ok().filter(|day: &NaiveDate| (2000..2200).contains(&day.year()))
}
