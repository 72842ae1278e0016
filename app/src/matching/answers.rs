//! What the pages of matching rounds show.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::forms::RoundForm;
use super::model::{Part, RoundState};
use crate::groups::GroupKind;
use crate::people::PersonName;

/// A round in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundLine {
    /// Its part of the address.
    pub number: i64,
    /// What it was called.
    pub name: String,
    /// For whom.
    pub about: String,
    /// How far it has come.
    pub state: RoundState,
    /// How many ask for a place.
    pub asking: i64,
    /// How many have one in the proposal.
    pub placed: i64,
    /// When it was started.
    pub started_at: DateTime<Utc>,
}

/// Somebody who was looked at for a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookedAt {
    /// Who.
    pub person: PersonName,
    /// In which part.
    pub part: Part,
    /// Whether their answers are older than six months.
    pub is_stale: bool,
    /// Why they do not take part, as sentences; none where they do.
    pub obstacles: Vec<String>,
}

/// What a round would be, before it is started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundToStart {
    /// What is chosen.
    pub form: RoundForm,
    /// The name that it would have, if none is given.
    pub number: i64,
    /// Who was looked at.
    pub looked_at: Vec<LookedAt>,
    /// How many practitioners have not begun to register.
    pub unregistered: i64,
    /// Every authority: slug and name.
    pub authorities: Vec<(String, String)>,
}

/// A round with its proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundOf {
    /// The line of the list.
    pub line: RoundLine,
    /// From when groups meet.
    pub starts_on: NaiveDate,
    /// Until when.
    pub ends_on: NaiveDate,
    /// The record.
    pub record: RoundRecord,
    /// The groups that are proposed, the weakest first.
    pub groups: Vec<RoundGroup>,
    /// Who takes part and has no place, the most urgent first.
    pub not_placed: Vec<NotPlaced>,
    /// Who was looked at and does not take part, or takes part with old answers.
    pub looked_at: Vec<LookedAt>,
}

/// What a round's answer follows from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundRecord {
    /// Who started it.
    pub started_by: PersonName,
    /// When it was over.
    pub finished_at: Option<DateTime<Utc>>,
    /// Whether somebody has asked to stop it.
    pub is_stopping: bool,
    /// The seed.
    pub seed: i64,
    /// How many steps the engine may work.
    pub steps: i64,
    /// How many it has worked.
    pub steps_done: i64,
    /// What the proposal scores.
    pub score: Option<i64>,
    /// What no proposal could score more than.
    pub bound: Option<i64>,
    /// The weights, by their names in the file.
    pub weights: Vec<(String, i64)>,
    /// How many pairs are kept apart.
    pub conflicts: i64,
}

/// A group that is proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundGroup {
    /// The kind of supervision.
    pub kind: GroupKind,
    /// Who would lead it.
    pub supervisor: PersonName,
    /// "Online", "In person, London".
    pub mode: String,
    /// "Thursday 10:00 to 11:30, first week".
    pub when: String,
    /// The other times that suit everybody.
    pub other_times: Vec<String>,
    /// Who would be in it.
    pub members: Vec<RoundMember>,
    /// The most who could be in it.
    pub most: i64,
    /// What it adds to the score.
    pub score: i64,
}

/// Somebody in a group that is proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundMember {
    /// Who.
    pub person: PersonName,
    /// "Level 2, Bradford, Solihull Approach".
    pub about: String,
    /// Whether the time is one that they prefer.
    pub is_preferred: bool,
    /// Whether they stay with their supervisor.
    pub stays: bool,
}

/// Somebody without a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotPlaced {
    /// Who.
    pub person: PersonName,
    /// "Level 2, Bradford, Solihull Approach".
    pub about: String,
    /// From 0 to 100.
    pub urgency: i64,
    /// What is in the way, as a sentence.
    pub reason: String,
}
