//! Kinds of group and ways to meet.

use serde::{Deserialize, Serialize};

use crate::identity::identity;

identity! {
    /// A supervision group.
    GroupId
}

/// What kind of supervision a group is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum GroupKind {
    /// A group of three to eight.
    Group,
    /// One supervisee and a supervisor.
    OneToOne,
    /// Video Interaction Guidance supervision.
    Vig,
    /// Supervision of supervisors.
    Supervisors,
}

impl GroupKind {
    /// Every kind, in the order in which forms offer them.
    pub const ALL: [Self; 4] = [Self::Group, Self::OneToOne, Self::Vig, Self::Supervisors];

    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Group => "Group",
            Self::OneToOne => "One-to-one",
            Self::Vig => "VIG supervision",
            Self::Supervisors => "Supervisors’ group",
        }
    }

    /// The word in the database and in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::OneToOne => "one_to_one",
            Self::Vig => "vig",
            Self::Supervisors => "supervisors",
        }
    }

    /// The kind of a word, if there is one.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The `data-kind` that colours it (design, 3.2).
    pub const fn colour(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::OneToOne => "one",
            Self::Vig => "vig",
            Self::Supervisors => "own",
        }
    }

    /// Its icon.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Group => "users-round",
            Self::OneToOne => "user-round",
            Self::Vig => "clapperboard",
            Self::Supervisors => "layers",
        }
    }
}

/// How a group meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum MeetingMode {
    /// In the outside room whose address the group has.
    Online,
    /// At a place.
    InPerson,
}
