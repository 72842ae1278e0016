//! What the pages of themes show.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::model::{Outcome, Work};
use crate::spaces::TopicVote;

/// A theme that the reader raised, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnTheme {
    /// Its part of the address, by which it is withdrawn.
    pub code: String,
    /// When it was raised.
    pub raised_on: NaiveDate,
    /// The words.
    pub words: String,
    /// Under which title it was gathered.
    pub gathered: Option<String>,
    /// What became of it.
    pub decision: Option<Decision>,
}

/// What became of a theme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What it became.
    pub outcome: Outcome,
    /// What the Centre says of it.
    pub words: String,
    /// Where it is; may be empty.
    pub address: String,
    /// Since when.
    pub on: NaiveDate,
}

/// A theme as coordinators read it: nobody and no group stands in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RaisedLine {
    /// Its part of the address.
    pub code: String,
    /// The first day of the month in which it was raised.
    pub raised_in: NaiveDate,
    /// The words.
    pub words: String,
    /// In how many groups it was met.
    pub groups_met: i64,
    /// In which work.
    pub intervention: Work,
}

/// Themes that belong together, in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatheredLine {
    /// Its part of the address.
    pub code: String,
    /// The title.
    pub title: String,
    /// How many themes are in it.
    pub themes: i64,
    /// In how many groups they were met, together.
    pub groups_met: i64,
    /// What became of it.
    pub outcome: Option<Outcome>,
}

/// All that coordinators have before them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Themes {
    /// What was raised and not gathered, the latest first.
    pub raised: Vec<RaisedLine>,
    /// What was gathered: first what is not decided, the latest first.
    pub gathered: Vec<GatheredLine>,
}

/// Themes that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gathered {
    /// Its part of the address.
    pub code: String,
    /// Which version this is.
    pub version: i64,
    /// The title.
    pub title: String,
    /// The day of the answer.
    pub today: NaiveDate,
    /// Everybody's words, the first first.
    pub themes: Vec<RaisedLine>,
    /// What became of it.
    pub decision: Option<Decision>,
    /// Its line in the improvement log: what was heard, and from which day it is changed.
    pub improvement: Option<(String, NaiveDate)>,
    /// How many of those who raised it will be told.
    pub to_tell: i64,
}

/// The improvement log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Improvements {
    /// The lines, the latest first.
    pub lines: Vec<ImprovementLine>,
    /// Whether the reader writes it.
    pub may_add: bool,
    /// The day of the answer.
    pub today: NaiveDate,
    /// What the community was asked to choose, of what could be taken up next, the latest first.
    pub votes: Vec<TopicVote>,
}

/// What was heard and what was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImprovementLine {
    /// On which day it was changed.
    pub changed_on: NaiveDate,
    /// What the Centre heard.
    pub heard: String,
    /// What it changed.
    pub changed: String,
    /// In how many groups it was met, where it came of a theme; nought where they are too few to be told.
    pub groups_met: Option<i64>,
}
