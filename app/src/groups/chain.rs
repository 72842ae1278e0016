//! The chain of supervision: who supervises one's supervisor, and whether that is in date. Nothing more is told.

use serde::{Deserialize, Serialize};

use super::model::GroupKind;
use crate::people::PersonName;

/// One of somebody's supervisors, and whether that supervisor is supervised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainLink {
    /// Who supervises.
    pub supervisor: PersonName,
    /// In which group: "Aire group".
    pub group_name: String,
    /// The group's address.
    pub group_slug: String,
    /// What kind of supervision it is.
    pub kind: GroupKind,
    /// How it stands with the supervisor's own supervision.
    pub upkeep: Upkeep,
    /// Who supervises the supervisor, if the supervisor is in a supervisors' group.
    pub above: Option<String>,
}

impl ChainLink {
    /// What is told of the supervisor's own supervision: "With Marianne S. Last session within the past 6 weeks".
    pub fn told(&self) -> String {
        match &self.above {
            Some(above) => format!("With {above} {}", self.upkeep.sentence()),
            None => self.upkeep.sentence().to_owned(),
        }
    }
}

/// How it stands with a supervisor's own supervision. There is no more to know: not when, not what about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Upkeep {
    /// A session of a supervisors' group was attended within the past six weeks.
    InDate,
    /// The supervisor belongs to a supervisors' group, and was at none of its sessions for longer.
    Due,
    /// The supervisor belongs to no supervisors' group yet.
    BeingArranged,
}

impl Upkeep {
    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::InDate => "In supervision",
            Self::Due => "Supervision is due",
            Self::BeingArranged => "Supervision is being arranged",
        }
    }

    /// What it means.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::InDate => "Last session within the past 6 weeks",
            Self::Due => "No session in the past 6 weeks",
            Self::BeingArranged => "In no supervisors’ group yet",
        }
    }
}
