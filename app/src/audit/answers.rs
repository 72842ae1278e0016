//! What the page of the log shows.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::forms::AuditFilter;

/// How many entries are on a page.
pub const ENTRIES_ON_A_PAGE: i64 = 50;

/// A page of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLog {
    /// What was asked for.
    pub filter: AuditFilter,
    /// The entries of this page, the latest first.
    pub lines: Vec<AuditLine>,
    /// Before which entry the next page begins, where there is one.
    pub next: Option<i64>,
    /// What the last check of the chain found.
    pub check: Option<Check>,
    /// The end of the log: the number of its last entry.
    pub end: i64,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    /// Its place in the chain.
    pub sequence: i64,
    /// When, in UK local time.
    pub at: NaiveDateTime,
    /// Who: "Sian L.", or "Somebody unknown" who had not signed in; nobody where the program itself acted.
    pub who: Option<String>,
    /// What was done: "Publish series".
    pub what: String,
    /// The kind of thing: "Series".
    pub kind: String,
    /// Whom it was done to, where the reader looks after their account: their name, and their page.
    pub whom: Option<(String, String)>,
    /// What about it, where that holds nothing of anybody.
    pub detail: String,
}

/// What a check of the chain found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// When it was done, in UK local time.
    pub at: NaiveDateTime,
    /// How many entries there were.
    pub entries: i64,
    /// The first entry that does not follow from the one before, and why.
    pub broken: Option<(i64, String)>,
}
