//! What kinds of thing stand in a calendar: supervision in its formats, and events of the community.

use serde::{Deserialize, Serialize};

use crate::events::EventKind;
use crate::groups::GroupKind;

/// What something in a calendar is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OccurrenceKind {
    /// A session of supervision.
    Supervision(GroupKind),
    /// An event of the community.
    Event(EventKind),
}

/// The word of events in the address of a calendar, beside those of the formats of supervision.
const EVENT: &str = "event";

impl OccurrenceKind {
    /// The words that a person reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Supervision(kind) => kind.name(),
            Self::Event(kind) => kind.name(),
        }
    }

    /// The name of its colours.
    pub const fn colour(self) -> &'static str {
        match self {
            Self::Supervision(kind) => kind.colour(),
            Self::Event(_) => "event",
        }
    }

    /// Its icon.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Supervision(kind) => kind.icon(),
            Self::Event(_) => "book-open",
        }
    }

    /// The word of its box in the address of a calendar: `?show=group,vig`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Supervision(kind) => kind.word(),
            Self::Event(_) => EVENT,
        }
    }

    /// Whether people belong to its group and come to all of its sessions.
    pub const fn has_members(self) -> bool {
        match self {
            Self::Supervision(kind) => kind.has_members(),
            Self::Event(_) => false,
        }
    }

    /// Whether it is an event.
    pub const fn is_event(self) -> bool {
        matches!(self, Self::Event(_))
    }
}

/// What can be shown or left out of a calendar at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindBox {
    /// Its word in the address.
    pub word: &'static str,
    /// The words that a person reads.
    pub name: &'static str,
    /// The name of its colours.
    pub colour: &'static str,
    /// Its icon.
    pub icon: &'static str,
}

/// Every box, in the order in which they are offered.
pub fn boxes() -> Vec<KindBox> {
    let of = |kind: GroupKind| KindBox { word: kind.word(), name: kind.name(), colour: kind.colour(), icon: kind.icon() };
    let events = KindBox { word: EVENT, name: "Events", colour: "event", icon: "book-open" };
    GroupKind::ALL.into_iter().map(of).chain([events]).collect()
}
