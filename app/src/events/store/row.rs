//! A row of an event, as every statement reads it.

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::belonging::STARTING;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::events::answers::EventLine;
use crate::events::model::{Answer, CancelledBecause, EventId, EventKind, closes_at};
use crate::groups::MeetingMode;
use crate::people::PersonId;
use crate::people::store::NameRow;
use crate::sessions::{AttendanceState, Course};
use crate::spaces::SpaceKind;

/// What a statement reads of an event for somebody: `$1` is who and `$2` the moment since when somebody is a new starter, and the rows are called `e`
/// (event), `sp` (space), `p` (host), and `own` (the reader's answer). Until the answers of an event are settled, which they are once it has begun, whoever
/// belongs no more to those whom it is for has neither a place nor one in the order of those who wait, whether or not that has been written yet. The clock
/// has no say in it, so that no place comes back at the beginning.
macro_rules! event_rows {
    () => {
        concat!(
            "\
SELECT e.id, e.code AS event_code, e.kind, e.title AS event_title, e.speaker, sp.slug AS space_slug, sp.name AS space_name, sp.kind AS space_kind,
    e.mode, e.room_url, e.place, e.starts_local, e.length_minutes, e.starts_at, e.ends_at, e.capacity, e.closes_hours, e.minutes,
    e.published_at, e.cancelled_at, e.cancelled_reason, e.marked_at, e.version, e.host_id = $1 AS is_host,
    p.code, p.title, p.given_name, p.family_name,
    (SELECT COUNT(*) FROM event_answer c WHERE c.event_id = e.id AND c.answer = 'yes') AS held,
    CASE WHEN e.settled_at IS NULL AND e.cancelled_at IS NULL THEN (
        SELECT COUNT(*)
        FROM event_answer c
        JOIN person cp ON cp.id = c.person_id
        WHERE c.event_id = e.id AND c.answer IN ('yes', 'waiting') AND ",
            $crate::events::store::row::stands!("c", "c.person_id", "cp", "e.space_id", "$2"),
            ") END AS standing,
    CASE WHEN own.answer = 'waiting' AND e.settled_at IS NULL AND e.cancelled_at IS NULL THEN (
        SELECT COUNT(*)
        FROM event_answer b
        JOIN person bp ON bp.id = b.person_id
        WHERE b.event_id = e.id
            AND (b.answer = 'yes' OR (b.answer = 'waiting' AND (b.answered_at < own.answered_at
                OR (b.answered_at = own.answered_at AND b.person_id < own.person_id))))
            AND ",
            $crate::events::store::row::stands!("b", "b.person_id", "bp", "e.space_id", "$2"),
            ") END AS before_reader,
    CASE WHEN own.answer IN ('yes', 'waiting') AND e.settled_at IS NULL AND e.cancelled_at IS NULL THEN
        CASE WHEN own.belonged IS NULL THEN ",
            $crate::events::store::row::belongs!("e.space_id", "$1", "$2"),
            " ELSE own.belonged END END AS own_stands,
    own.answer, CASE WHEN e.marked_at IS NOT NULL THEN own.state END AS own_state,
    CASE WHEN e.marked_at IS NOT NULL THEN own.minutes END AS own_minutes
FROM event e
JOIN space sp ON sp.id = e.space_id
JOIN person p ON p.id = e.host_id
LEFT JOIN event_answer own ON own.event_id = e.id AND own.person_id = $1
"
        )
    };
}
pub(super) use event_rows;

/// Whether somebody may come to an event of a space, which is never that of a group: `$person` and `$starters` are those of `reads_space!`, and the space
/// is a column. One space is looked at, and those of the reader are not gone through, however many people are asked about.
macro_rules! belongs {
    ($space:literal, $person:literal, $starters:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM space home WHERE home.id = ",
            $space,
            " AND ",
            $crate::belonging::reads_space!("home", $person, $starters),
            ")"
        )
    };
}
pub(super) use belongs;

/// Whether the answer of somebody stands, who has a place or waits for one, until that is settled: they are registered and belong to those whom the event is
/// for, or did as it began, where that has been noted since. `$answer` is a row of `event_answer`, `$id` its person, `$person` that person's row.
macro_rules! stands {
    ($answer:literal, $id:literal, $person:literal, $space:literal, $starters:literal) => {
        concat!(
            "CASE WHEN ",
            $answer,
            ".belonged IS NULL THEN ",
            $person,
            ".standing = 'registered' AND ",
            $crate::events::store::row::belongs!($space, $id, $starters),
            " ELSE ",
            $answer,
            ".belonged END"
        )
    };
}
pub(super) use stands;

/// Whether the reader sees an event at all: `$1` is who, `$2` the moment since when somebody is a new starter, `$3` whether they manage every event. With the
/// present moment (`$now`) and the reader's answer (`own`), whoever had a place as it began sees it whatever has become of them since.
macro_rules! is_seen {
    () => {
        concat!("($3 OR e.host_id = $1 OR (e.published_at IS NOT NULL AND ", $crate::belonging::reads_space!("sp", "$1", "$2"), "))")
    };
    ($now:literal) => {
        concat!(
            "(",
            $crate::events::store::row::is_seen!(),
            " OR (own.answer = 'yes' AND e.cancelled_at IS NULL AND e.starts_at <= ",
            $now,
            "))"
        )
    };
}
pub(super) use is_seen;

/// Reads again, as they began, those of some events for new starters that have begun and whose answers do not stand yet, for the minute until they do: whoever
/// was one at the beginning has a place, and whose year has ended since then has not lost it.
pub(super) async fn as_they_began(
    moment: &mut Transaction,
    (person, now): (PersonId, DateTime<Utc>),
    rows: &mut [EventRow],
) -> Result<(), AppError> {
    const AS_IT_BEGAN: &str = concat!(event_rows!(), "WHERE e.id = $3");

    for row in rows.iter_mut().filter(|row| row.has_only_begun(now)) {
        let began: Option<EventRow> = on!(&mut *moment, connection => sqlx::query_as(AS_IT_BEGAN)
            .bind(person)
            .bind(row.starts_at - STARTING)
            .bind(row.id)
            .fetch_optional(connection).await)?;
        *row = began.unwrap_or_else(|| row.clone());
    }
    Ok(())
}

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
    /// How many places are written as taken.
    held: i64,
    /// How many have a place or wait and belong to those whom it is for; none once that is settled or it was cancelled, when whoever had a place keeps it.
    standing: Option<i64>,
    /// Until the answers are settled, how many of these come before the reader, who waits.
    before_reader: Option<i64>,
    /// Until the answers are settled, whether the reader belongs to those whom it is for.
    own_stands: Option<bool>,
    answer: Option<Answer>,
    pub own_state: Option<AttendanceState>,
    pub own_minutes: Option<i64>,
}

impl EventRow {
    /// Whether it is one for new starters that has begun and whose answers do not stand yet.
    pub fn has_only_begun(&self, now: DateTime<Utc>) -> bool {
        self.space_kind == SpaceKind::NewStarters && self.standing.is_some() && self.published_at.is_some() && self.starts_at <= now
    }

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

    /// How many have a place at this moment. What became free belongs to whoever has waited longest, from then on.
    pub fn coming(&self) -> i64 {
        let Some(standing) = self.standing else { return self.held };
        self.capacity.map_or(standing, |capacity| capacity.min(standing))
    }

    /// How many wait, and how many of them before the reader, where they wait too. Nobody waits any more for what is settled.
    pub fn waiting(&self) -> (i64, i64) {
        let beyond = |count: Option<i64>| count.map_or(0, |count| (count - self.coming()).max(0));
        (beyond(self.standing), beyond(self.before_reader))
    }

    /// What the reader's answer comes to at this moment.
    pub fn answer(&self) -> Option<Answer> {
        match (self.answer, self.before_reader) {
            (Some(Answer::Yes | Answer::Waiting), _) if self.own_stands == Some(false) => None,
            (Some(Answer::Waiting), Some(before)) if self.capacity.is_none_or(|capacity| before < capacity) => Some(Answer::Yes),
            (answer, _) => answer,
        }
    }

    /// Whether the reader has a place or hosts it, so that the room is theirs.
    pub fn is_theirs(&self) -> bool {
        self.is_host || self.answer() == Some(Answer::Yes)
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
            coming: self.coming(),
            answer: self.answer(),
            is_host: self.is_host,
            minutes: self.minutes,
        }
    }
}
