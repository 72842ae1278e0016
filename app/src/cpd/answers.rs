//! What the pages of the log show.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::model::{Body, EntryKind, months};
use crate::hours::{Span, Stretch};

/// Somebody's log in a stretch of time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Log {
    /// The moment of the answer.
    pub now: DateTime<Utc>,
    /// Their whole name.
    pub name: String,
    /// Their profession; may be empty.
    pub profession: String,
    /// For which time.
    pub stretch: Stretch,
    /// The days that it comes to.
    pub days: Span,
    /// How supervision is counted.
    pub body: Body,
    /// The entries, the latest first.
    pub entries: Vec<LogEntry>,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEntry {
    /// Its part of the address below the log.
    pub key: String,
    /// Where it stands.
    pub path: String,
    /// What it tells of.
    pub kind: EntryKind,
    /// On which day.
    pub on: NaiveDate,
    /// What it was.
    pub title: String,
    /// With whom, or by whom.
    pub with: String,
    /// How long it counts.
    pub minutes: i64,
    /// How many minutes of it count at something else that went on at the same time.
    pub elsewhere: i64,
    /// What the body counts of it, where it says.
    pub counted: Option<i64>,
    /// What its owner noted.
    pub note: String,
    /// Which version of the note this is; 0 where there is none.
    pub note_version: i64,
}

impl Log {
    /// The minutes of each kind of which there is something.
    pub fn totals(&self) -> Vec<(EntryKind, i64)> {
        let minutes = |kind| self.entries.iter().filter(|entry| entry.kind == kind).map(|entry| entry.minutes).sum();
        EntryKind::ALL.into_iter().map(|kind| (kind, minutes(kind))).filter(|(_, minutes)| *minutes > 0).collect()
    }

    /// Everything together.
    pub fn total(&self) -> i64 {
        self.entries.iter().map(|entry| entry.minutes).sum()
    }

    /// What the body counts in each month, from the first of which anything counts to the present.
    pub fn counted_by_month(&self) -> Vec<(NaiveDate, i64)> {
        let counted: Vec<(NaiveDate, i64)> = self.entries.iter().filter_map(|entry| Some((entry.on, entry.counted?))).collect();
        let Some(first) = counted.iter().map(|(on, _)| *on).min() else { return Vec::new() };
        let last = self.days.to.min(::series::local(self.now).date());
        let of_month = |month: NaiveDate| {
            counted.iter().filter(|(on, _)| (on.year(), on.month()) == (month.year(), month.month())).map(|(_, minutes)| minutes).sum()
        };
        months(first, last).into_iter().map(|month| (month, of_month(month))).collect()
    }
}
