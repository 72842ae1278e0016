//! Stages.

use serde::{Deserialize, Serialize};

use crate::identity::identity;

identity! {
    /// A local authority.
    AuthorityId
}

/// How far an authority has come in joining.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Nobody has spoken to it.
    NotContacted,
    /// It knows of the Centre.
    Aware,
    /// What it needs is known.
    Assessed,
    /// Its participation agreement is signed.
    Agreed,
    /// Its practitioners are supervised.
    Active,
    /// It has stopped, for now or for good.
    Paused,
}

impl Stage {
    /// Every stage, from the first to the last.
    pub const ALL: [Self; 6] = [Self::NotContacted, Self::Aware, Self::Assessed, Self::Agreed, Self::Active, Self::Paused];

    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotContacted => "Not contacted",
            Self::Aware => "Aware",
            Self::Assessed => "Assessed",
            Self::Agreed => "Agreed",
            Self::Active => "Active",
            Self::Paused => "Paused or left",
        }
    }

    /// The word in the database and in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotContacted => "not_contacted",
            Self::Aware => "aware",
            Self::Assessed => "assessed",
            Self::Agreed => "agreed",
            Self::Active => "active",
            Self::Paused => "paused",
        }
    }

    /// The `data-st` that draws it (design, 3.4).
    pub const fn mark(self) -> &'static str {
        match self {
            Self::NotContacted => "none",
            Self::Aware => "aware",
            Self::Assessed => "assessed",
            Self::Agreed => "agreed",
            Self::Active => "active",
            Self::Paused => "paused",
        }
    }

    /// The stage of a word, if there is one.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.key() == key)
    }
}
