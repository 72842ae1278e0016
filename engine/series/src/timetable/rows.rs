//! Series and sessions as a store holds them.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::expand::{Skip, stored_reasons, walk};
use crate::pattern::Pattern;
use crate::uk_time::{instant, local};

/// The identity of a series. The caller makes it, and nothing is read into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SeriesKey(pub u128);

/// The identity of a session. The caller makes it, and nothing is read into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SessionKey(pub u128);

/// Whoever leads a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PersonKey(pub u128);

/// What the sessions of a series have in common, but for those that differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// Elapsed minutes, 1 to 480.
    pub length_minutes: u32,
    pub host: PersonKey,
    pub place: String,
    pub title: String,
}

/// A published series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    pub key: SeriesKey,
    pub pattern: Pattern,
    pub details: Details,
    /// The dates of the pattern on which no session is held, in order, each with its reason.
    pub skips: Vec<Skip>,
    /// The last date that has been planned of a pattern without an ending; of no use to one that ends.
    pub horizon: Option<NaiveDate>,
}

/// A session of a published series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    pub key: SessionKey,
    pub series: SeriesKey,
    /// `None` where the pattern has no date for it any more.
    pub slot: Option<NaiveDate>,
    /// On the clocks of the United Kingdom.
    pub starts: NaiveDateTime,
    pub details: Details,
    /// Why it is not held.
    pub cancelled: Option<String>,
    /// Whether its attendance is being marked, or has been.
    pub is_attended: bool,
}

/// Series and their sessions, as many as the caller has read. An edit needs the whole of one series.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timetable {
    pub(super) series: BTreeMap<SeriesKey, Series>,
    pub(super) sessions: BTreeMap<SessionKey, Session>,
}

impl Timetable {
    /// Rows as they were read. [`Timetable::is_consistent`] says whether they belong together.
    pub fn of(series: Vec<Series>, sessions: Vec<Session>) -> Self {
        Self {
            series: series.into_iter().map(|series| (series.key, series)).collect(),
            sessions: sessions.into_iter().map(|session| (session.key, session)).collect(),
        }
    }

    /// Every series, in order of identity.
    pub fn all_series(&self) -> impl Iterator<Item = &Series> {
        self.series.values()
    }

    /// Every session, in order of identity.
    pub fn all_sessions(&self) -> impl Iterator<Item = &Session> {
        self.sessions.values()
    }

    /// One series.
    pub fn series(&self, key: SeriesKey) -> Option<&Series> {
        self.series.get(&key)
    }

    /// One session.
    pub fn session(&self, key: SessionKey) -> Option<&Session> {
        self.sessions.get(&key)
    }

    /// The sessions of a series that have a slot, in order of slot: the first is number 1.
    pub fn sessions_of(&self, series: SeriesKey) -> Vec<&Session> {
        let mut sessions: Vec<&Session> =
            self.sessions.values().filter(|session| session.series == series && session.slot.is_some()).collect();
        sessions.sort_by_key(|session| session.slot);
        sessions
    }

    /// Whether the slots of every series are exactly the dates of its pattern that are not skipped, each for one session.
    ///
    /// What an edit makes of a consistent timetable is consistent again; a store may ask before it trusts its rows to an edit.
    pub fn is_consistent(&self) -> bool {
        let has_series = |session: &Session| self.series.contains_key(&session.series);
        self.sessions.values().all(has_series)
            && self.series.values().all(|series| {
                let walked = walk(&series.pattern, series.horizon, stored_reasons(&series.skips));
                let slots: Vec<NaiveDate> = self.sessions_of(series.key).into_iter().filter_map(|session| session.slot).collect();
                slots == walked.held && walked.skipped == series.skips
            })
    }
}

impl Series {
    /// When a session starts that stands on its slot.
    pub fn starts_on(&self, slot: NaiveDate) -> NaiveDateTime {
        local(instant(self.pattern.slot_on(slot)))
    }
}

impl Session {
    pub fn starts_at(&self) -> DateTime<Utc> {
        instant(self.starts)
    }

    /// The start and the length in elapsed minutes.
    pub fn ends_at(&self) -> DateTime<Utc> {
        self.starts_at() + TimeDelta::minutes(i64::from(self.details.length_minutes))
    }

    /// Whether it can no longer be changed: it has begun, or its attendance is being marked.
    pub fn is_settled(&self, now: DateTime<Utc>) -> bool {
        self.is_attended || self.starts_at() <= now
    }

    /// Whether two versions of a session are the same to everybody who comes to it.
    pub(super) fn has_facts_of(&self, other: &Self) -> bool {
        self.starts == other.starts && self.details == other.details && self.cancelled == other.cancelled
    }
}
