//! The doors to an event: one to read it, one to change it, and one that takes it for the rest of a transaction.

use chrono::{DateTime, NaiveDateTime, Utc};

use super::row::{EventRow, as_they_began, belongs, event_rows, is_seen};
use crate::access::{Actor, Permission};
use crate::belonging::STARTING;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::events::model::EventId;
use crate::groups::MeetingMode;
use crate::people::PersonId;

/// An event that the actor sees, because the database said so. Only [`open_event`] makes one.
#[derive(Clone, Debug)]
pub(super) struct OpenedEvent {
    pub row: EventRow,
    is_keeper: bool,
}

impl OpenedEvent {
    /// Whether the actor changes and cancels it, and marks who came.
    pub fn is_keeper(&self) -> bool {
        self.is_keeper
    }
}

/// Opens an event for whoever may come, hosts it, or manages events; for anybody else it is not there.
pub(super) async fn open_event(actor: &Actor, code: &str) -> Result<OpenedEvent, AppError> {
    const OPEN: &str = concat!(event_rows!(), "WHERE e.code = $4 AND ", is_seen!("$5"));

    let database = actor.database();
    let row: Option<EventRow> = on!(database, pool => sqlx::query_as(OPEN)
        .bind(actor.person())
        .bind(actor.now() - STARTING)
        .bind(actor.may(Permission::ManageEvents))
        .bind(code)
        .bind(actor.now())
        .fetch_optional(pool).await)?;
    let mut row = row.ok_or(AppError::NotFound)?;
    if row.has_only_begun(actor.now()) {
        let mut moment = database.snapshot().await?;
        as_they_began(&mut moment, (actor.person(), actor.now()), std::slice::from_mut(&mut row)).await?;
    }
    let is_keeper = actor.may(Permission::ManageEvents) || (row.is_host && actor.may(Permission::HostEvents));
    Ok(OpenedEvent { row, is_keeper })
}

/// Opens an event for whoever changes it.
pub(super) async fn open_to_keep(actor: &Actor, code: &str) -> Result<OpenedEvent, AppError> {
    let event = open_event(actor, code).await?;
    if event.is_keeper { Ok(event) } else { Err(AppError::NotFound) }
}

/// An event that nobody else answers or changes until the transaction is over.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct TakenEvent {
    pub id: EventId,
    pub code: String,
    pub title: String,
    pub host_id: PersonId,
    pub starts_local: NaiveDateTime,
    pub length_minutes: i64,
    pub starts_at: DateTime<Utc>,
    pub capacity: Option<i64>,
    pub closes_hours: i64,
    pub cancelled_at: Option<DateTime<Utc>>,
    pub published_at: Option<DateTime<Utc>>,
    /// Since when its answers stand as they are, whoever belongs to those whom it is for.
    pub settled_at: Option<DateTime<Utc>>,
    pub mode: MeetingMode,
}

/// What a taken event is read back with.
macro_rules! taken {
    () => {
        "\nRETURNING id, code, title, host_id, starts_local, length_minutes, starts_at, capacity, closes_hours, cancelled_at, published_at, settled_at, \
mode"
    };
}
pub(super) use taken;

/// Takes a published event for somebody who answers: on Postgres whoever answers the same one waits here, on SQLite the transaction already is alone. So
/// the last place is not counted by two at once.
pub(super) async fn take_to_answer(transaction: &mut Transaction, actor: &Actor, code: &str) -> Result<TakenEvent, AppError> {
    const TAKE: &str = concat!(
        "\
UPDATE event
SET version = version
WHERE code = $3
    AND published_at IS NOT NULL
    AND ",
        belongs!("space_id", "$1", "$2"),
        taken!()
    );

    let taken: Option<TakenEvent> = on!(&mut transaction, connection => sqlx::query_as(TAKE)
        .bind(actor.person())
        .bind(actor.now() - STARTING)
        .bind(code)
        .fetch_optional(connection).await)?;
    taken.ok_or(AppError::NotFound)
}

/// Takes a published event that is to come, for the program; nothing where it was cancelled or has begun meanwhile.
pub(super) async fn take_to_come(transaction: &mut Transaction, id: EventId, now: DateTime<Utc>) -> Result<Option<TakenEvent>, AppError> {
    const TAKE: &str = concat!(
        "\
UPDATE event
SET version = version
WHERE id = $1
    AND published_at IS NOT NULL
    AND cancelled_at IS NULL
    AND starts_at > $2",
        taken!()
    );

    Ok(on!(&mut transaction, connection => sqlx::query_as(TAKE).bind(id).bind(now).fetch_optional(connection).await)?)
}

/// Takes a published event whose answers do not stand yet, for the program; nothing where it was cancelled, or they were settled meanwhile.
pub(super) async fn take_to_settle(transaction: &mut Transaction, id: EventId) -> Result<Option<TakenEvent>, AppError> {
    const TAKE: &str = concat!(
        "\
UPDATE event
SET version = version
WHERE id = $1
    AND published_at IS NOT NULL
    AND cancelled_at IS NULL
    AND settled_at IS NULL",
        taken!()
    );

    Ok(on!(&mut transaction, connection => sqlx::query_as(TAKE).bind(id).fetch_optional(connection).await)?)
}

/// Takes an event that is still in the version that somebody was shown, and moves it on to the next.
pub(super) async fn take_version(transaction: &mut Transaction, id: EventId, shown: i64) -> Result<TakenEvent, AppError> {
    const TAKE: &str = concat!(
        "\
UPDATE event
SET version = version + 1
WHERE id = $1
    AND version = $2",
        taken!()
    );

    let taken: Option<TakenEvent> =
        on!(&mut transaction, connection => sqlx::query_as(TAKE).bind(id).bind(shown).fetch_optional(connection).await)?;
    taken.ok_or_else(|| AppError::Conflict("Somebody else changed this event while you had it open. Look at it as it is now.".to_owned()))
}

/// Since when whoever came is a new starter, for the places of an event: at this moment until it begins, and as it began from then on.
pub(super) fn starters_at(starts_at: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    now.min(starts_at) - STARTING
}
