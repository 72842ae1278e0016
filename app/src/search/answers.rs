//! What the page of search shows.

use serde::{Deserialize, Serialize};

/// How many of a kind are shown.
pub const OF_A_KIND: usize = 8;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// What was searched for, as it was typed; empty where nothing was.
    pub words: String,
    /// What was found, by its kind; kinds of which nothing was found are left out.
    pub kinds: Vec<FoundKind>,
}

/// What was found of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundKind {
    /// The kind.
    pub kind: Kind,
    /// The first of them.
    pub lines: Vec<FoundLine>,
    /// Where there are more than are shown: where to look through all of them, the address and its words.
    pub more: Option<(String, String)>,
}

/// A kind of thing that can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Groups.
    Groups,
    /// Sessions.
    Sessions,
    /// People.
    People,
    /// Authorities.
    Authorities,
    /// Pages of the product.
    Pages,
}

impl Kind {
    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Groups => "Groups",
            Self::Sessions => "Sessions",
            Self::People => "People",
            Self::Authorities => "Authorities",
            Self::Pages => "Pages",
        }
    }

    /// The word in the page's own address.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Groups => "groups",
            Self::Sessions => "sessions",
            Self::People => "people",
            Self::Authorities => "authorities",
            Self::Pages => "pages",
        }
    }

    /// What stands before each.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Groups => "users-round",
            Self::Sessions => "calendar-days",
            Self::People => "user-round",
            Self::Authorities => "map",
            Self::Pages => "file-text",
        }
    }
}

/// One thing that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundLine {
    /// What it is called.
    pub name: String,
    /// What tells it from others.
    pub about: String,
    /// Its own page.
    pub address: String,
}
