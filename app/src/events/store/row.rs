//! A row of an event, as every statement reads it.

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::events::answers::EventLine;
use crate::events::model::{Answer, CancelledBecause, EventId, EventKind, closes_at};
use crate::groups::MeetingMode;
use crate::people::store::NameRow;
use crate::sessions::{AttendanceState, Course};
use crate::spaces::SpaceKind;

/// What a statement reads of an event for somebody: `$1` is who, and the rows are called `e` (event), `sp` (space), `p` (host), and `own` (the
/// reader's answer).
macro_rules! event_rows {
    () => {
        "\
SELECT e.id, e.code AS event_code, e.kind, e.title AS event_title, e.speaker, sp.slug AS space_slug, sp.name AS space_name, sp.kind AS space_kind,
    e.mode, e.room_url, e.place, e.starts_local, e.length_minutes, e.starts_at, e.ends_at, e.capacity, e.closes_hours, e.minutes,
    e.published_at, e.cancelled_at, e.cancelled_reason, e.marked_at, e.version, e.host_id = $1 AS is_host,
    p.code, p.title, p.given_name, p.family_name,
    (SELECT COUNT(*) FROM event_answer c WHERE c.event_id = e.id AND c.answer = 'yes') AS coming,
    own.answer, CASE WHEN e.marked_at IS NOT NULL THEN own.state END AS own_state,
    CASE WHEN e.marked_at IS NOT NULL THEN own.minutes END AS own_minutes
FROM event e
JOIN space sp ON sp.id = e.space_id
JOIN person p ON p.id = e.host_id
LEFT JOIN event_answer own ON own.event_id = e.id AND own.person_id = $1
"
    };
}
pub(super) use event_rows;

/// Whether somebody may come to a published event: `$person` and `$starters` are those of `readable!`, and the space is a column.
macro_rules! may_come {
    ($space:literal, $person:literal, $starters:literal) => {
        concat!($space, " IN (SELECT r.id FROM (", $crate::spaces::store::readable!($person, $starters), ") r)")
    };
}
pub(super) use may_come;

/// The same of many people, each looked at alone: what is found first is enough, and the spaces of each are not gone through.
macro_rules! belongs {
    ($space:literal, $person:literal, $starters:literal) => {
        concat!("EXISTS (SELECT 1 FROM (", $crate::spaces::store::readable!($person, $starters), ") r WHERE r.id = ", $space, ")")
    };
}
pub(super) use belongs;

/// Whether the reader sees an event at all: `$1` is who, `$2` the moment since when somebody is a new starter, `$3` whether they manage every event.
macro_rules! is_seen {
    () => {
        concat!(
            "($3 OR e.host_id = $1 OR (e.published_at IS NOT NULL AND ",
            $crate::events::store::row::may_come!("e.space_id", "$1", "$2"),
            "))"
        )
    };
}
pub(super) use is_seen;

/// An event with what the reader is to it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct EventRow {
    pub id: EventId,
    pub event_code: String,
    pub kind: EventKind,
    pub event_title: String,
    pub speaker: String,
    space_slug: String,
    space_name: String,
    space_kind: SpaceKind,
    pub mode: MeetingMode,
    pub room_url: String,
    pub place: String,
    pub starts_local: NaiveDateTime,
    pub length_minutes: i64,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub capacity: Option<i64>,
    pub closes_hours: i64,
    pub minutes: i64,
    pub published_at: Option<DateTime<Utc>>,
    cancelled_at: Option<DateTime<Utc>>,
    cancelled_reason: String,
    marked_at: Option<DateTime<Utc>>,
    pub version: i64,
    pub is_host: bool,
    #[sqlx(flatten)]
    pub host: NameRow,
    pub coming: i64,
    pub answer: Option<Answer>,
    pub own_state: Option<AttendanceState>,
    pub own_minutes: Option<i64>,
}

impl EventRow {
    /// The moments that decide how far it has come.
    pub fn course(&self) -> Course {
        Course { starts_at: self.starts_at, ends_at: self.ends_at, marked_at: self.marked_at, cancelled_at: self.cancelled_at }
    }

    /// The moment after which nobody can say any more that they come.
    pub fn closes_at(&self) -> DateTime<Utc> {
        closes_at(self.starts_at, self.closes_hours)
    }

    /// Why it was cancelled.
    pub fn cancelled(&self) -> Option<CancelledBecause> {
        CancelledBecause::of_key(&self.cancelled_reason)
    }

    /// Whether the reader has a place or hosts it, so that the room is theirs.
    pub fn is_theirs(&self) -> bool {
        self.is_host || self.answer == Some(Answer::Yes)
    }

    /// As it stands in a list.
    pub fn line(&self, now: DateTime<Utc>) -> EventLine {
        EventLine {
            code: self.event_code.clone(),
            kind: self.kind,
            title: self.event_title.clone(),
            space: (self.space_slug.clone(), self.space_name.clone()),
            space_kind: self.space_kind,
            mode: self.mode,
            place: self.place.clone(),
            starts: self.starts_local,
            ends: ::series::local(self.ends_at),
            state: self.course().state(now),
            is_draft: self.published_at.is_none(),
            capacity: self.capacity,
            coming: self.coming,
            answer: self.answer,
            is_host: self.is_host,
            minutes: self.minutes,
        }
    }
}
