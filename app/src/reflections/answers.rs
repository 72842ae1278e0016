//! What the pages of the log show.

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

use super::model::Words;

/// How many entries one page of the log shows.
pub const ENTRIES_ON_A_PAGE: i64 = 20;

/// One's own log, the latest entry first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Log {
    /// The entries of this page.
    pub lines: Vec<LogLine>,
    /// Which page it is, counted from one.
    pub page: i64,
    /// How many entries there are in all.
    pub total: i64,
    /// How many entries others have shared with the reader.
    pub shared_with_me: i64,
    /// What was begun and is no entry yet.
    pub begun: Option<Begun>,
}

/// What somebody has begun to write and not kept yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    /// The entry's part of the address, which a new one has already.
    pub code: String,
    /// What was written.
    pub words: Words,
    /// The session that it is about: its part of the address; may be empty.
    pub session: String,
    /// The version that was changed; 0 of a new entry.
    pub version: i64,
    /// When it was saved, on the clocks of the United Kingdom.
    pub saved_at: NaiveDateTime,
    /// How often it was saved so far.
    pub kept: i64,
}

/// An entry in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    /// Its part of the address.
    pub code: String,
    /// When it was begun, on the clocks of the United Kingdom.
    pub written: NaiveDateTime,
    /// Its title or first words; nothing where it cannot be opened.
    pub heading: Option<String>,
    /// The session that it is about.
    pub session: Option<SessionLine>,
    /// The supervisor with whom it is shared.
    pub shared_with: Option<String>,
    /// Whether they have opened it.
    pub is_opened: bool,
}

/// A session that an entry may be about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionLine {
    /// Its part of the address.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// When it began, on the clocks of the United Kingdom.
    pub starts: NaiveDateTime,
}

/// What the form of a new entry begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToWrite {
    /// The part of the address that it will have, so that saving it twice makes one entry.
    pub code: String,
    /// The version that is stored already; 0 where there is none.
    pub version: i64,
    /// The session that it is to be about; may be empty.
    pub session: String,
    /// The sessions that it can be about.
    pub sessions: Vec<SessionLine>,
    /// What was begun.
    pub begun: Option<Begun>,
}

/// An entry of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its part of the address.
    pub code: String,
    /// Which version this is.
    pub version: i64,
    /// When it was begun, on the clocks of the United Kingdom.
    pub written: NaiveDateTime,
    /// What stands in it; nothing where it cannot be opened.
    pub words: Option<Words>,
    /// The session that it is about.
    pub session: Option<SessionLine>,
    /// The sessions that it can be about.
    pub sessions: Vec<SessionLine>,
    /// How one has begun to change it.
    pub begun: Option<Begun>,
    /// With whom it is shared.
    pub shared: Option<Shared>,
    /// The supervisors with whom it can be shared: the part of the address, and the name.
    pub supervisors: Vec<(String, String)>,
}

/// That an entry is shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shared {
    /// With whom.
    pub supervisor: String,
    /// Since when.
    pub since: DateTime<Utc>,
    /// When they first opened it.
    pub opened_at: Option<DateTime<Utc>>,
    /// Whether they supervise the writer still; otherwise they cannot read it.
    pub is_their_supervisor: bool,
}

/// An entry that somebody has shared with the reader, in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedLine {
    /// Its part of the address.
    pub code: String,
    /// Who wrote it.
    pub writer: String,
    /// Its title or first words; nothing where it cannot be opened.
    pub heading: Option<String>,
    /// Since when it is shared.
    pub since: DateTime<Utc>,
    /// Whether the reader has opened it.
    pub is_opened: bool,
}

/// An entry that somebody has shared with the reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedEntry {
    /// Who wrote it.
    pub writer: String,
    /// When it was begun, on the clocks of the United Kingdom.
    pub written: NaiveDateTime,
    /// What stands in it; nothing where it cannot be opened.
    pub words: Option<Words>,
}
