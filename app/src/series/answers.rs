//! What the pages of series show.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::forms::SeriesForm;
use super::outlook::OwnDaysOff;
use crate::availability::Verdict;
use crate::error::Problem;
use crate::groups::GroupKind;
use crate::people::PersonName;

/// The group that a series belongs to, as its pages name it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct GroupName {
    /// Its part of the address.
    pub slug: String,
    /// What it is called.
    pub name: String,
    /// How it stands with what a session needs before it can be published.
    pub agreement: AgreementStage,
}

/// A group for which a session can be planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupToPlan {
    /// Its part of the address.
    pub slug: String,
    /// What it is called; a group of one with the name of who is in it.
    pub name: String,
    /// What kind of supervision it is for.
    pub kind: GroupKind,
    /// Whether the reader leads it.
    pub is_own: bool,
    /// Who leads it.
    pub supervisor: PersonName,
}

/// The drafts that the reader plans, and what publishing some of them would do.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DraftsPage {
    /// Every draft, by group.
    pub drafts: Vec<DraftLine>,
    /// What publishing those that are chosen would do.
    pub preview: Option<TimetablePreview>,
}

/// A draft in one line.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DraftLine {
    /// The group's part of the address.
    pub slug: String,
    /// The place in the group.
    pub number: i64,
    /// The present version.
    pub version: i64,
    /// What the group is called.
    pub group: String,
    /// Who leads it.
    pub supervisor: PersonName,
    /// "Every second Thursday, 10:00 to 11:30, 6 times".
    pub words: String,
    /// The date of its first session.
    pub first: Option<NaiveDate>,
    /// How many sessions it has.
    pub sessions: usize,
    /// Whether it can be published.
    pub readiness: Readiness,
}

/// Whether a draft can be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Readiness {
    /// It can, as far as its agreement and its dates go.
    Ready,
    /// No agreement is in force that the group's supervisor has agreed to.
    NeedsAgreement,
    /// Its first session would have begun already.
    HasBegun,
}

/// What publishing several drafts together would do.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TimetablePreview {
    /// Each draft with what of it does not fit: with what is stored, and with the drafts before it.
    pub drafts: Vec<(DraftLine, Verdict)>,
    /// Who is told of how many sessions, one message each.
    pub told: Vec<ToldLine>,
}

impl TimetablePreview {
    /// Whether all of them can be published, with a reason where something only warns.
    pub fn may_be_published(&self) -> bool {
        self.drafts.iter().all(|(_, verdict)| verdict.may_be_published())
    }

    /// Whether something only warns, so that a reason is asked for.
    pub fn warns(&self) -> bool {
        self.drafts.iter().any(|(_, verdict)| !verdict.warns.is_empty())
    }
}

/// Somebody who is told, and of what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldLine {
    /// Who.
    pub name: PersonName,
    /// Of which groups, and how many sessions of each.
    pub of: Vec<(String, usize)>,
}

/// How it stands with a group's agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AgreementStage {
    /// A text is in force: sessions can be published.
    InForce,
    /// A text is in force that the group's supervisor, who is new, has not agreed to.
    NeedsSupervisor,
    /// A text waits for somebody to agree.
    Proposed,
    /// There is none.
    Missing,
}

/// The form of a series, with what its answers would give.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PlanPage {
    /// Whose series it is.
    pub group: GroupName,
    /// What stands in the fields.
    pub form: SeriesForm,
    /// The present version of the draft; nought for a new series.
    pub version: i64,
    /// Whether the series was published, so that there is nothing to change any more.
    pub is_published: bool,
    /// What has to change.
    pub problems: Vec<Problem>,
    /// What the answers give, where nothing has to change.
    pub plan: Option<Plan>,
    /// What of it does not fit with what else its people have.
    pub verdict: Verdict,
    /// The date in the United Kingdom.
    pub today: NaiveDate,
    /// What the series would step over.
    pub days_off: OwnDaysOff,
}

/// Every date of a series, held or skipped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// "Every second Thursday, 10:00 to 11:30, until 16 July 2027".
    pub words: String,
    /// The dates in order.
    pub dates: Vec<DateLine>,
    /// What the clocks do between the first session and the last; empty where they do nothing.
    pub clocks: String,
}

impl Plan {
    /// How many sessions are held.
    pub fn held(&self) -> usize {
        self.dates.iter().filter(|line| line.skipped.is_none()).count()
    }

    /// How many dates are skipped.
    pub fn skips(&self) -> usize {
        self.dates.iter().filter(|line| line.skipped.is_some()).count()
    }
}

/// One date of a series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateLine {
    /// When the session begins, or would have begun, on the clocks of the United Kingdom.
    pub starts: NaiveDateTime,
    /// Why no session is held.
    pub skipped: Option<String>,
    /// The session's part of the address, where the reader may open it.
    pub session: Option<String>,
    /// Whether the Centre cancelled the session.
    pub is_cancelled: bool,
}

/// A series as it is stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SeriesPage {
    /// Whose series it is.
    pub group: GroupName,
    /// Its place in the group.
    pub number: i64,
    /// The version that is shown.
    pub version: i64,
    /// When it was published.
    pub published_on: Option<NaiveDate>,
    /// Whether the reader may change and publish it.
    pub may_plan: bool,
    /// Its dates.
    pub plan: Plan,
    /// What of a draft does not fit with what else its people have.
    pub verdict: Verdict,
}
