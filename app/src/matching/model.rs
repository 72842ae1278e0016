//! What a round is, and how far it has come.

use serde::{Deserialize, Serialize};

use crate::identity::identity;

identity! {
    /// A matching round.
    RoundId
}

/// How far a round has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum RoundState {
    /// Nobody works on it yet.
    Waiting,
    /// The engine works on it.
    Running,
    /// Its proposal is kept.
    Done,
    /// The engine could not read it.
    Failed,
}

impl RoundState {
    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "Waiting to begin",
            Self::Running => "Being worked on",
            Self::Done => "Proposed",
            Self::Failed => "Could not be worked on",
        }
    }

    /// Whether nothing more comes of it.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Failed)
    }
}

/// What the score of a round is made of: each name in the file, with its words. What is taken off says so.
pub const WEIGHTS: [(&str, &str); 11] = [
    ("placed", "A place for somebody"),
    ("urgency", "Each step of urgency, from 0 to 100"),
    ("same_supervisor", "Staying with one’s supervisor"),
    ("preferred_time", "A preferred time"),
    ("open_group", "Opening a group (taken off)"),
    ("below_target", "Each person fewer than there should be (taken off)"),
    ("above_target", "Each person more than there should be (taken off)"),
    ("same_authority", "Each person beyond two of one authority (taken off)"),
    ("lone_novice", "One person alone at level 1 (taken off)"),
    ("extra_intervention", "Each intervention beyond two (taken off)"),
    ("load_step", "Each further group of one supervisor (taken off)"),
];

/// The most that one of them may be.
pub const LARGEST_WEIGHT: i64 = 10_000;

/// In which part somebody is in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// They ask for a place.
    Practitioner,
    /// They lead.
    Supervisor,
}

/// What a coordinator does with a board by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// Moves somebody.
    Move,
    /// Says that somebody stays where they are when the round is run again.
    Pin,
    /// Takes that back.
    Unpin,
    /// Takes back the last change that stands.
    TakeBack,
}
