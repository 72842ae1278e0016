//! What the pages of the waiting list show.

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

use super::forms::WaitingFilter;
use super::model::{Urgency, Way};
use crate::clinics::WaitedSession;
use crate::groups::{Band, GroupKind, MeetingMode};
use crate::people::PersonName;

/// How many entries are on a page of the list.
pub const ENTRIES_ON_A_PAGE: i64 = 50;

/// What somebody asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The kind of supervision.
    pub kind: GroupKind,
    /// The way to meet.
    pub way: Way,
    /// The times that suit, by their keys.
    pub times: Vec<String>,
    /// How soon.
    pub urgency: Urgency,
    /// A group by the name that they wrote, or empty.
    pub wanted: String,
}

/// One's own waiting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyWaiting {
    /// The places that are held for one.
    pub offers: Vec<OwnOffer>,
    /// What one waits for, the longest first.
    pub entries: Vec<OwnEntry>,
    /// What one could ask for besides.
    pub kinds: Vec<GroupKind>,
    /// What one asked for last and waits for no more.
    pub last: Option<Asked>,
}

/// A place that is held for the reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnOffer {
    /// Its part of forms.
    pub code: String,
    /// "Aire group".
    pub group_name: String,
    /// The kind of supervision.
    pub kind: GroupKind,
    /// How it meets.
    pub mode: MeetingMode,
    /// Who leads it.
    pub supervisor: PersonName,
    /// How many are in it.
    pub members: i64,
    /// When its next session begins, on the clocks of the United Kingdom.
    pub next: Option<NaiveDateTime>,
    /// Until when the place is held.
    pub until: DateTime<Utc>,
}

/// Something that the reader waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnEntry {
    /// Its part of the address.
    pub code: String,
    /// What was asked for.
    pub asked: Asked,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Where they stand.
    pub band: Band,
    /// Rises with every change.
    pub version: i64,
}

/// Everybody who waits, as coordinators see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingList {
    /// What was asked for.
    pub filter: WaitingFilter,
    /// The entries of this page.
    pub lines: Vec<WaitingLine>,
    /// How many there are on all pages.
    pub total: i64,
    /// This page, counted from one.
    pub page: i64,
    /// Groups with a place that is neither taken nor held.
    pub free: Vec<FreePlaces>,
    /// Sessions of open clinics at which people wait, each with how many.
    pub clinics: Vec<WaitedSession>,
    /// The moment of the answer.
    pub now: DateTime<Utc>,
}

/// An entry in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingLine {
    /// The entry's part of the address.
    pub entry: String,
    /// Who.
    pub person: PersonName,
    /// "Health visitor, Bradford".
    pub about: String,
    /// What was asked for.
    pub asked: Asked,
    /// Since when.
    pub since: DateTime<Utc>,
    /// The place that is held for them.
    pub offer: Option<HeldPlace>,
}

/// A place that is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldPlace {
    /// The offer's part of forms.
    pub code: String,
    /// For whom.
    pub person: PersonName,
    /// The group's part of the address.
    pub group_slug: String,
    /// "Aire group".
    pub group_name: String,
    /// Until when.
    pub until: DateTime<Utc>,
}

/// A group with a place that is free.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreePlaces {
    /// The group's part of the address.
    pub slug: String,
    /// "Aire group".
    pub name: String,
    /// The kind of supervision.
    pub kind: GroupKind,
    /// How many places are free.
    pub free: i64,
    /// How many wait for that kind.
    pub waiting: i64,
}

/// Who waits and fits a group, and for whom a place in it is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhoFits {
    /// The group's part of the address.
    pub slug: String,
    /// How many of its places are neither taken nor held.
    pub free: i64,
    /// The places that are held.
    pub held: Vec<HeldPlace>,
    /// "Thursday mornings", where it meets already.
    pub meets: Option<String>,
    /// Who fits, the first to be asked first.
    pub fitting: Vec<Waiter>,
    /// Who waits for this kind and does not fit, with what is in the way.
    pub others: Vec<Waiter>,
}

/// Somebody who waits, and why a place fits or does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiter {
    /// The entry's part of forms.
    pub entry: String,
    /// Who.
    pub person: PersonName,
    /// "Health visitor, Bradford".
    pub about: String,
    /// Why, in a sentence.
    pub reason: String,
}
