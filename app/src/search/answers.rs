//! What the page of search shows.

use serde::{Deserialize, Serialize};

/// How many of a kind are shown.
pub const OF_A_KIND: usize = 8;

/// How many stand on a page of one kind of text.
pub const ON_A_PAGE: usize = 20;
/// The last page that is shown: whoever has looked through so many needs another word.
pub const LAST_PAGE: i64 = 10;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// What stands for the search in an address.
    pub search: String,
    /// What was searched for, as it was typed; empty where nothing was.
    pub words: String,
    /// The kind that alone was looked for, if one was.
    pub only: Option<Kind>,
    /// The part of the address and the name of the space in which alone was looked, if in one.
    pub space: Option<(String, String)>,
    /// What was found, by its kind; kinds of which nothing was found are left out.
    pub kinds: Vec<FoundKind>,
    /// Words that were typed, each with those that were looked for instead, because nothing holds what was typed.
    pub instead: Vec<(String, Vec<String>)>,
    /// Which page of one kind it is.
    pub page: i64,
    /// Whether there is a page after it.
    pub has_more: bool,
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

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Plain text, as it was typed.
    pub text: String,
    /// Whether it is what was searched for.
    pub is_marked: bool,
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
    /// Posts in the spaces of the community.
    Posts,
    /// Events of the community.
    Events,
    /// Learning pages.
    Learning,
    /// Items of the library.
    Library,
    /// Lines of the improvement log.
    Improvements,
    /// Themes that supervisors raise, and what was gathered of them.
    Themes,
}

impl Kind {
    /// The kinds of text that are looked for alone, page by page.
    pub const TEXTS: [Self; 5] = [Self::Posts, Self::Events, Self::Library, Self::Improvements, Self::Themes];

    /// The kind of text of such a key.
    pub fn text_of_key(key: &str) -> Option<Self> {
        Self::TEXTS.into_iter().find(|kind| kind.key() == key)
    }

    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Groups => "Groups",
            Self::Sessions => "Sessions",
            Self::People => "People",
            Self::Authorities => "Authorities",
            Self::Pages => "Pages",
            Self::Posts => "Posts",
            Self::Events => "Events",
            Self::Learning => "Learning pages",
            Self::Library => "Library",
            Self::Improvements => "You said, we did",
            Self::Themes => "Themes",
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
            Self::Posts => "posts",
            Self::Events => "events",
            Self::Learning => "learning",
            Self::Library => "library",
            Self::Improvements => "improvements",
            Self::Themes => "themes",
        }
    }

    /// What stands before each.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Groups => "users-round",
            Self::Sessions | Self::Events => "calendar-days",
            Self::People => "user-round",
            Self::Authorities => "map",
            Self::Pages => "file-text",
            Self::Posts => "messages-square",
            Self::Learning | Self::Library => "book-open",
            Self::Improvements | Self::Themes => "lightbulb",
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
    /// What of it was found, where it is a text.
    pub says: Vec<Piece>,
}
