//! Events as they stand in calendars: in somebody's own here, in the feed that their program fetches, and alone as a file.

use calendar_files::{Event, Identity, one_session};
use chrono::{DateTime, TimeDelta, Utc};

use super::open::open_event;
use super::row::{EventRow, as_they_began, event_rows, is_seen};
use crate::access::Actor;
use crate::belonging::STARTING;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::events::answers::{EventLine, Occasion};
use crate::events::model::{Answer, NEUTRAL_TITLE};
use crate::groups::MeetingMode;
use crate::paths;
use crate::people::{PersonId, PersonName};

/// What of the events that somebody sees stands in their calendar: those that they host or answered that they come to, and those of the coming days that
/// they have not answered. What they stay away from does not.
macro_rules! in_calendar {
    ($and:literal) => {
        concat!(
            event_rows!(),
            "\
WHERE e.starts_at >= $4
    AND e.starts_at < $5
    AND e.published_at IS NOT NULL
    AND (e.host_id = $1 OR own.answer IN ('yes', 'waiting') OR (own.answer IS NULL AND e.cancelled_at IS NULL AND e.ends_at > $6))
    AND ",
            is_seen!("$6"),
            $and,
            "\nORDER BY e.starts_at, e.id"
        )
    };
}

/// The rows that a statement finds for somebody between two moments; in a unit of work, or in the database as it is.
macro_rules! rows_of {
    (($($in:tt)+), $statement:expr, ($person:expr, $now:expr), ($from:expr, $until:expr)) => {
        on!($($in)+, connection => sqlx::query_as::<_, EventRow>($statement)
            .bind($person)
            .bind($now - STARTING)
            .bind(false)
            .bind($from)
            .bind($until)
            .bind($now)
            .fetch_all(connection).await)?
    };
}

/// The events of somebody's calendar that begin between two moments. Managing every event brings none into one's own calendar.
pub async fn occasions_of(
    moment: &mut Transaction,
    (person, now): (PersonId, DateTime<Utc>),
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<Occasion>, AppError> {
    let mut rows = rows_of!((&mut moment), OCCASIONS, (person, now), (from, until));
    as_they_began(moment, (person, now), &mut rows).await?;
    Ok(rows.into_iter().map(Occasion::from).collect())
}

const OCCASIONS: &str = in_calendar!("");

const NEXT: &str = concat!(in_calendar!("\n    AND e.cancelled_at IS NULL"), "\nLIMIT 3");
const AHEAD: TimeDelta = TimeDelta::days(60);

/// The next events that the actor has answered or could answer, at most three, for a page that shows what else is to come.
pub async fn coming_up(actor: &Actor, moment: &mut Transaction) -> Result<Vec<EventLine>, AppError> {
    let now = actor.now();
    let rows = rows_of!((&mut moment), NEXT, (actor.person(), now), (now, now + AHEAD));
    Ok(rows.iter().map(|row| row.line(now)).collect())
}

/// The same for a page that reads nothing else of that moment.
pub async fn next_events(actor: &Actor) -> Result<Vec<EventLine>, AppError> {
    let (database, now) = (actor.database(), actor.now());
    let rows = rows_of!((database), NEXT, (actor.person(), now), (now, now + AHEAD));
    Ok(rows.iter().map(|row| row.line(now)).collect())
}

impl From<EventRow> for Occasion {
    fn from(row: EventRow) -> Self {
        Self {
            course: row.course(),
            answer: row.answer(),
            coming: row.coming(),
            code: row.event_code,
            title: row.event_title,
            kind: row.kind,
            mode: row.mode,
            place: row.place,
            host: PersonName::from(row.host),
            starts: row.starts_local,
            length_minutes: row.length_minutes,
            is_host: row.is_host,
            own_state: row.own_state,
        }
    }
}

/// What somebody's feed holds beside their supervision: the events that they host, have a place at or wait for. `is_named` says that they chose names.
pub async fn event_files_of(
    moment: &mut Transaction,
    (person, now): (PersonId, DateTime<Utc>),
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    (origin, is_named): (&str, bool),
) -> Result<Vec<Event>, AppError> {
    let rows = rows_of!((&mut moment), OCCASIONS, (person, now), (from, until));
    let is_answered = |row: &&EventRow| row.is_host || row.answer().is_some();
    Ok(rows.iter().filter(is_answered).map(|row| file_of(row, origin, is_named)).collect())
}

fn file_of(row: &EventRow, origin: &str, is_named: bool) -> Event {
    let title = if is_named { row.event_title.as_str() } else { NEUTRAL_TITLE };
    let waits = if row.answer() == Some(Answer::Waiting) { "Waiting list: " } else { "" };
    Event {
        identity: Identity(row.id.0.as_u128()),
        version: row.version,
        stamped: row.published_at.max(row.course().cancelled_at).unwrap_or_default(),
        starts: row.starts_local,
        length_minutes: u32::try_from(row.length_minutes).unwrap_or_default(),
        title: format!("{waits}{title}"),
        location: match row.mode {
            MeetingMode::Online => "Online".to_owned(),
            MeetingMode::InPerson => "In person".to_owned(),
        },
        address: format!("{origin}{}", paths::event(&row.event_code)),
        is_cancelled: row.course().cancelled_at.is_some(),
        alarm_minutes: None,
    }
}

/// One event, as its page offers it. It has the identity that it has in a feed and in invitations, so that each changes it in place.
pub async fn event_file(actor: &Actor, code: &str) -> Result<String, AppError> {
    let event = open_event(actor, code).await?;
    if event.row.published_at.is_none() {
        return Err(AppError::NotFound);
    }
    Ok(one_session(&file_of(&event.row, actor.origin(), false)))
}
