//! What the pages of cover show.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use crate::groups::GroupKind;
use crate::people::PersonName;

/// Who is away, and who can be marked so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverPage {
    /// Whoever has sessions that need cover, the soonest first.
    pub away: Vec<AwayLine>,
    /// Everybody who can be marked away.
    pub supervisors: Vec<PersonName>,
}

/// Somebody whose sessions need cover.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwayLine {
    /// Who.
    pub person: PersonName,
    /// How many of their sessions need cover.
    pub sessions: i64,
    /// When the first of them begins, on the clocks of the United Kingdom.
    pub first: NaiveDateTime,
    /// Whether they can no longer lead any session, so that cover alone will not do.
    pub is_gone: bool,
}

/// The sessions of one supervisor that need cover or have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverForPage {
    /// Whose sessions they are.
    pub person: PersonName,
    /// Whether that person can no longer lead any session.
    pub is_gone: bool,
    /// Those that need cover, soonest first.
    pub open: Vec<OpenSession>,
    /// Those that have it, soonest first.
    pub covered: Vec<CoveredSession>,
}

/// A session that needs cover, with everybody who could.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenSession {
    /// Its part of the address.
    pub code: String,
    /// "Aire group".
    pub group: String,
    /// What kind of supervision it is.
    pub kind: GroupKind,
    /// When it begins on the clocks of the United Kingdom.
    pub starts: NaiveDateTime,
    /// When it ends there.
    pub ends: NaiveDateTime,
    /// Whether it stayed with this supervisor when its group was handed over.
    pub has_stayed: bool,
    /// Who could lead it, the first proposed first.
    pub candidates: Vec<Candidate>,
    /// Who is qualified and free, but may not meet somebody who comes.
    pub kept_apart: Vec<String>,
    /// Who is qualified and free, but held; nobody for those who may not know.
    pub held: Vec<String>,
}

/// Somebody who could cover a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Who.
    pub name: PersonName,
    /// Why they stand where they stand.
    pub reason: String,
}

/// A session that somebody else leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoveredSession {
    /// Its part of the address.
    pub code: String,
    /// "Aire group".
    pub group: String,
    /// When it begins on the clocks of the United Kingdom.
    pub starts: NaiveDateTime,
    /// When it ends there.
    pub ends: NaiveDateTime,
    /// Who leads it.
    pub cover: PersonName,
}
