//! The file of one matching round, `supervision-matching/1`, as it is read and written.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use crate::check::{InstanceError, check};

/// The word in the file by which its format is known.
pub const INSTANCE_FORMAT: &str = "supervision-matching/1";

/// One matching round: the rules, the supervisors, the practitioners, and who may not meet whom.
///
/// Any value can be put in. [`Matcher::new`](crate::Matcher::new) refuses what is not a round, and says why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instance {
    pub format: String,
    pub rules: Rules,
    pub supervisors: Vec<Supervisor>,
    pub practitioners: Vec<Practitioner>,
    /// Pairs of ids, in either order, that may not be in one group.
    #[serde(default, deserialize_with = "absent_or_null")]
    pub conflicts: Vec<(String, String)>,
}

/// The rules and weights of a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    pub session_minutes: i64,
    pub changeover_minutes: i64,
    pub streams: BTreeMap<String, StreamRules>,
    pub weights: Weights,
}

/// How large the groups of one stream may be, and should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StreamRules {
    pub min: i64,
    pub max: i64,
    pub target_min: i64,
    pub target_max: i64,
}

/// What each term of the score is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weights {
    pub placed: i64,
    pub urgency: i64,
    pub same_supervisor: i64,
    pub preferred_time: i64,
    pub open_group: i64,
    pub below_target: i64,
    pub above_target: i64,
    pub same_authority: i64,
    pub lone_novice: i64,
    pub extra_intervention: i64,
    pub load_step: i64,
}

/// A stretch of one day of the cycle: `[week, day, from, to)`, in minutes after midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "(i64, i64, i64, i64)", into = "(i64, i64, i64, i64)")]
pub struct Window {
    pub week: i64,
    pub day: i64,
    pub from: i64,
    pub to: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supervisor {
    pub id: String,
    pub region: String,
    pub streams: Vec<String>,
    pub interventions: Vec<String>,
    pub modes: Vec<String>,
    pub max_groups: i64,
    pub availability: Vec<Window>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Practitioner {
    pub id: String,
    pub authority: String,
    pub region: String,
    pub stream: String,
    pub intervention: String,
    pub level: i64,
    pub modes: Vec<String>,
    pub urgency: i64,
    pub availability: Vec<Window>,
    #[serde(default, deserialize_with = "absent_or_null")]
    pub preferred: Vec<Window>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_supervisor: Option<String>,
}

impl Instance {
    /// Reads a file and checks it.
    pub fn read(json: &[u8]) -> Result<Self, InstanceError> {
        let instance: Self = serde_json::from_slice(json).map_err(|error| InstanceError::Unreadable(error.to_string()))?;
        check(&instance)?;
        Ok(instance)
    }

    /// The file as text, one line.
    pub fn write(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }
}

impl From<(i64, i64, i64, i64)> for Window {
    fn from((week, day, from, to): (i64, i64, i64, i64)) -> Self {
        Self { week, day, from, to }
    }
}

impl From<Window> for (i64, i64, i64, i64) {
    fn from(window: Window) -> Self {
        (window.week, window.day, window.from, window.to)
    }
}

/// Lets a list be `null` or left out, as the format allows.
fn absent_or_null<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Ok(Option::<Vec<T>>::deserialize(deserializer)?.unwrap_or_default())
}
