//! What the pages of moderation show.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::model::Outcome;
use crate::people::PersonName;
use crate::spaces::{Attached, Because, Reason, SpaceKind};

/// What there is to decide, or what was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue {
    /// Whether it is what was decided.
    pub is_closed: bool,
    /// The cases: what is to be decided with the oldest first, what was decided with the latest first.
    pub lines: Vec<QueueLine>,
    /// What was decided month by month, for those who answer for the whole.
    pub months: Vec<Month>,
    /// The moment of the answer.
    pub now: NaiveDateTime,
}

/// A case in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueLine {
    /// Its part of the address.
    pub code: String,
    /// Why the post was reported; nothing where it waits to be seen.
    pub reasons: Vec<Reason>,
    /// Why a post waits to be seen.
    pub because: Option<Because>,
    /// The space; nothing of the closed space of a group.
    pub space: Option<String>,
    /// Whether it is to be decided again.
    pub is_appealed: bool,
    /// Since when it is to be decided.
    pub asked_at: NaiveDateTime,
    /// Who has taken it.
    pub taken_by: Option<String>,
    /// Whether that is the reader.
    pub is_mine: bool,
    /// What was decided last.
    pub outcome: Option<Outcome>,
}

/// A month, without anybody's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Month {
    /// Its first day.
    pub first_day: NaiveDate,
    /// How many reports came in.
    pub reports: i64,
    /// How often each was decided.
    pub decisions: Vec<(Outcome, i64)>,
    /// The working minutes that the decision in the middle took.
    pub median_minutes: Option<i64>,
}

/// A case, for whoever handles it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and every combination can be")]
pub struct Case {
    /// Its part of the address.
    pub code: String,
    /// The version.
    pub version: i64,
    /// The space; nothing of the closed space of a group that the reader does not belong to.
    pub space: Option<String>,
    /// Where the post stands, for whoever may read that: the thread's title, and the address.
    pub place: Option<(String, String)>,
    /// Who wrote it.
    pub author: Option<PersonName>,
    /// The post that was reported; nothing where it waits to be seen.
    pub reported: Option<Reported>,
    /// The post that waits to be seen; nothing where it was reported.
    pub held: Option<Waiting>,
    /// What stands with the post that it is about.
    pub files: Vec<Attached>,
    /// What was decided, the first first.
    pub decisions: Vec<Decided>,
    /// Who asks for another decision, the first first.
    pub appeals: Vec<Appeal>,
    /// What those who handle it tell one another.
    pub notes: Vec<Note>,
    /// Earlier cases of the same post: code, and what was decided.
    pub earlier: Vec<(String, Option<Outcome>)>,
    /// Whom it can be given to: code and name.
    pub others: Vec<(String, String)>,
    /// Since when it is to be decided.
    pub asked_at: NaiveDateTime,
    /// Whether nothing is to be decided any more.
    pub is_closed: bool,
    /// Whether it is to be decided again.
    pub is_appealed: bool,
    /// Who has taken it.
    pub taken_by: Option<String>,
    /// Whether that is the reader.
    pub is_mine: bool,
    /// Whether the reader can pass it on to somebody of the Centre.
    pub may_pass_on: bool,
    /// The moment of the answer.
    pub now: NaiveDateTime,
}

/// A post as it was reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    /// What it said when it was reported first; empty where its author took it back.
    pub html: String,
    /// What it says now, where its author changed it.
    pub now: Option<String>,
    /// Whether its author took it back.
    pub is_withdrawn: bool,
    /// Whether it is hidden.
    pub is_hidden: bool,
    /// The reports, the first first.
    pub reports: Vec<ReportLine>,
}

/// A report, without who made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportLine {
    /// Why.
    pub reason: Reason,
    /// What else was said.
    pub words: String,
    /// Who looks after the space and is named in it.
    pub about: Option<String>,
    /// When.
    pub at: NaiveDateTime,
}

/// A post that waits to be seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// The title, of a new thread.
    pub title: String,
    /// The text; empty where it is shown or was taken back.
    pub html: String,
    /// The post that it would change.
    pub changes: Option<i64>,
    /// Why it waits.
    pub because: Because,
    /// What in it could identify a family: what it looks like, and the part.
    pub findings: Vec<(String, String)>,
    /// Whether its author took it back.
    pub is_withdrawn: bool,
    /// Whether it cannot be shown at present, since its author has left the space or is suspended.
    pub is_writer_gone: bool,
}

/// Something that was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// What.
    pub outcome: Outcome,
    /// Why.
    pub reason: Option<Reason>,
    /// What the author is told beside it.
    pub words: String,
    /// By whom; nobody where the reader is not to know.
    pub by: Option<String>,
    /// When.
    pub at: NaiveDateTime,
}

/// Somebody asks for another decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appeal {
    /// Whether it is the author; otherwise it is somebody who reported the post.
    pub is_author: bool,
    /// Why.
    pub words: String,
    /// When.
    pub at: NaiveDateTime,
}

/// A note of somebody who handles a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Who wrote it.
    pub by: String,
    /// What.
    pub words: String,
    /// When.
    pub at: NaiveDateTime,
}

/// A post that somebody is about to report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostToReport {
    /// The space: its part of the address and its name.
    pub space: (String, String),
    /// For whom it is.
    pub kind: SpaceKind,
    /// The thread's number and title.
    pub thread: (i64, String),
    /// The number of the post.
    pub number: i64,
    /// What it says.
    pub html: String,
    /// Who looks after the space: code and name.
    pub looked_after_by: Vec<(String, String)>,
}

/// What of one's own is with the moderators, or was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnReports {
    /// Everything, the latest first.
    pub lines: Vec<OwnLine>,
    /// The moment of the answer.
    pub now: NaiveDateTime,
}

/// Something of one's own in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnLine {
    /// Its part of the address.
    pub code: String,
    /// What it is.
    pub kind: OwnKind,
    /// What was decided; nothing where that is still to come.
    pub outcome: Option<Outcome>,
    /// When it began, or was decided.
    pub at: NaiveDateTime,
}

/// What of one's own can be with the moderators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum OwnKind {
    /// A post that one has reported.
    Report,
    /// A decision about a post of one's own.
    Decision,
    /// A post of one's own that waits to be seen.
    Held,
}

/// One thing of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnReport {
    /// Its part of the address.
    pub code: String,
    /// What it is.
    pub kind: OwnKind,
    /// Where the post stands, where the reader may still read that: the thread's title, and the address.
    pub place: Option<(String, String)>,
    /// The title, of a thread that waits.
    pub title: String,
    /// The text as it was typed, of a post that waits.
    pub source: String,
    /// What the post says, where it is the reader's own.
    pub html: String,
    /// What is to stand with a post that waits.
    pub files: Vec<Attached>,
    /// Whether files can be attached to it.
    pub takes_files: bool,
    /// Why a post waits.
    pub because: Option<Because>,
    /// Why the reader reported it.
    pub reason: Option<Reason>,
    /// What the reader said beside that.
    pub words: String,
    /// What was decided.
    pub decided: Option<Decided>,
    /// Until when the reader posts nothing in the space.
    pub paused_until: Option<NaiveDateTime>,
    /// The last day on which they can ask for another decision; nothing where they cannot.
    pub may_appeal_until: Option<NaiveDate>,
    /// What they said when they did.
    pub appealed: Option<String>,
    /// The moment of the answer.
    pub now: NaiveDateTime,
}
