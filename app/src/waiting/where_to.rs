//! Where one person who waits could go: what its page shows.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::answers::{Asked, HeldPlace};
use crate::groups::MeetingMode;
use crate::people::PersonName;

/// Somebody who waits, and where they could go, the best first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhereTo {
    /// The entry's part of forms.
    pub entry: String,
    /// Who waits.
    pub person: PersonName,
    /// "Health visitor, Bradford".
    pub about: String,
    /// For what.
    pub asked: Asked,
    /// Since when.
    pub since: DateTime<Utc>,
    /// The place that is held for them.
    pub offer: Option<HeldPlace>,
    /// Whether they are held, so that no place is offered; it is said to those alone who form groups.
    pub is_held: bool,
    /// The groups with a free place that suits them.
    pub fitting: Vec<GroupToJoin>,
    /// Those with one that does not, each with what is in the way.
    pub others: Vec<GroupToJoin>,
    /// When a new group could meet, with how many others who wait; those times first at which most could. None where it needs nobody else.
    pub new_group: Vec<NewGroup>,
    /// How many others a new group needs.
    pub needed: usize,
}

/// A group that has a free place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupToJoin {
    /// Its part of the address.
    pub slug: String,
    /// "Aire group".
    pub name: String,
    /// Who leads it.
    pub supervisor: PersonName,
    /// When it usually meets: "Thursday mornings"; empty where no session is planned.
    pub meets: String,
    /// How it meets.
    pub mode: MeetingMode,
    /// What speaks for it, or what is in the way, as a sentence.
    pub reason: String,
    /// Whether a place in it would not be refused.
    pub may_be_offered: bool,
}

/// A time at which a new group could meet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewGroup {
    /// "Thursday mornings".
    pub when: String,
    /// How many others who wait for the same could come then.
    pub others: usize,
}
