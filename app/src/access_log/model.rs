//! Which records there are, and the lines of who opened them.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use crate::access::{Permission, Role};

/// What of somebody's own is shown to others by their role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// The page of a person.
    Details,
    /// What they answered for the forming of groups, and what coordinators note beside it.
    Registration,
    /// Where they stand on the board of a round, and why.
    Round,
    /// When they can be planned.
    Availability,
    /// What they have led in a month.
    Statement,
    /// A certificate that was found by its code.
    Certificate,
    /// An entry of their reflective log that they share.
    SharedEntry,
}

impl RecordKind {
    /// Every kind.
    pub const ALL: [Self; 7] =
        [Self::Details, Self::Registration, Self::Round, Self::Availability, Self::Statement, Self::Certificate, Self::SharedEntry];

    /// What its owner reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Details => "Your details, roles and groups",
            Self::Registration => "Your registration",
            Self::Round => "Your place in a matching round",
            Self::Availability => "When you can be planned",
            Self::Statement => "A monthly statement of yours",
            Self::Certificate => "A certificate of yours",
            Self::SharedEntry => "An entry of your reflective log that you share",
        }
    }

    /// What whoever opens it must hold.
    pub const fn permission(self) -> Permission {
        match self {
            Self::Details => Permission::ManagePeople,
            Self::Registration | Self::Round => Permission::ManageMatching,
            Self::Availability => Permission::ManageGroups,
            Self::Statement => Permission::SeeStatements,
            Self::Certificate => Permission::RevokeCertificates,
            Self::SharedEntry => Permission::ReadSharedReflections,
        }
    }
}

/// Which part of the log a page shows.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AccessAddress {
    /// Which page, counted from one.
    pub page: String,
}

impl AccessAddress {
    /// Which page; the first where it is no number.
    pub fn page(&self) -> i64 {
        self.page.parse().ok().filter(|page| (1..100_000).contains(page)).unwrap_or(1)
    }
}

/// As many lines as a page holds.
pub const LINES_ON_A_PAGE: i64 = 50;

/// Who opened what of the reader's own, a page of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessLog {
    /// The latest day first.
    pub lines: Vec<AccessLine>,
    /// Which page, counted from one.
    pub page: i64,
    /// How many lines there are in all.
    pub total: i64,
}

/// What one person opened on one day. Times are UK time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessLine {
    /// "Sian L."
    pub reader: String,
    /// The role in which they read it.
    pub role: Role,
    /// What it was.
    pub kind: RecordKind,
    /// When first on that day.
    pub first: NaiveDateTime,
    /// When last.
    pub last: NaiveDateTime,
    /// How often.
    pub times: i64,
}

/// What two people have opened together for somebody's safety, and of which the reader has been told. It is known above this room, and handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Further {
    /// The two, with their roles.
    pub who: String,
    /// What it was.
    pub what: String,
    /// From when, in UK time.
    pub from: NaiveDateTime,
    /// Until when.
    pub until: NaiveDateTime,
}
