//! Reminding those who have a place at an event, and its host.

use chrono::{DateTime, TimeDelta, Utc};

use super::lapse::let_places_lapse;
use super::open::take_to_come;
use super::row::belongs;
use crate::access::System;
use crate::audit;
use crate::belonging::STARTING;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::events::letters::reminder;
use crate::events::model::EventId;
use crate::messages::queue;
use crate::people::PersonId;
use crate::reminders::{USUAL, timely};

/// An event of which it is time to remind people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ToRemindOf {
    event: EventId,
    hours: i64,
    starts_at: DateTime<Utc>,
}

/// The events of which it is time to remind people so many hours before, and of which nobody has been reminded. One that was published later than that
/// has just been told of.
pub async fn events_to_remind_of(system: &System, hours: i64) -> Result<Vec<ToRemindOf>, AppError> {
    const TO_REMIND_OF: &str = "\
SELECT e.id, e.starts_at, e.published_at
FROM event e
WHERE e.starts_at > $1
    AND e.starts_at <= $2
    AND e.published_at IS NOT NULL
    AND e.cancelled_at IS NULL
    AND NOT EXISTS (
        SELECT 1
        FROM event_reminder r
        WHERE r.event_id = e.id AND r.hours_before = $3 AND r.starts_at = e.starts_at
    )
ORDER BY e.starts_at, e.id";

    let (after, until) = timely(hours, system.now());
    let database = system.database();
    let rows: Vec<(EventId, DateTime<Utc>, DateTime<Utc>)> = on!(database, pool => sqlx::query_as(TO_REMIND_OF)
        .bind(after)
        .bind(until)
        .bind(hours)
        .fetch_all(pool).await)?;
    let due = rows.into_iter().filter(|(_, starts_at, published_at)| *published_at <= *starts_at - TimeDelta::hours(hours));
    Ok(due.map(|(event, starts_at, _)| ToRemindOf { event, hours, starts_at }).collect())
}

/// Reminds everybody who wants it of one event, once, whichever process comes first. Says how many were written to.
pub async fn remind(system: &System, due: ToRemindOf) -> Result<u64, AppError> {
    // Whoever has waited longest is reminded of the place that became theirs, and nobody of one that lapsed.
    let_places_lapse(system, due.event).await?;
    let mut transaction = system.begin().await?;
    // Whoever gives their place back, or cancels it, at this moment waits here or has done so: nobody is reminded of what is theirs no more.
    let Some(event) = take_to_come(&mut transaction, due.event, system.now()).await? else { return Ok(0) };
    if !is_first(&mut transaction, system, due).await? {
        return Ok(0);
    }
    let mut written = 0_u64;
    for (person, is_host) in expected(&mut transaction, system, due).await? {
        queue(&mut transaction, &reminder(person, event.about(), is_host, system.origin()), system.now()).await?;
        written = written.saturating_add(1);
    }
    if written > 0 {
        let detail = format!("{} hours before", due.hours);
        let entry = audit::Entry { action: "remind_of_event", subject: "event", subject_id: Some(due.event.0), detail: &detail };
        audit::record_by_system(&mut transaction, system, entry).await?;
    }
    transaction.commit().await?;
    Ok(written)
}

async fn is_first(transaction: &mut Transaction, system: &System, due: ToRemindOf) -> Result<bool, AppError> {
    // One that was moved meanwhile is left alone.
    const TAKE: &str = "\
INSERT INTO event_reminder (event_id, hours_before, starts_at, written_at)
SELECT e.id, $2, e.starts_at, $4
FROM event e
WHERE e.id = $1
    AND e.starts_at = $3
ON CONFLICT DO NOTHING";

    let taken = on!(&mut transaction, connection => sqlx::query(TAKE)
        .bind(due.event)
        .bind(due.hours)
        .bind(due.starts_at)
        .bind(system.now())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    Ok(taken > 0)
}

/// Its host, and whoever has a place and still belongs to those whom it is for, where they want to be reminded so early. Whoever answered since then has
/// just been written to.
async fn expected(transaction: &mut Transaction, system: &System, due: ToRemindOf) -> Result<Vec<(PersonId, bool)>, AppError> {
    const EXPECTED: &str = concat!(
        "\
SELECT p.id, p.id = e.host_id
FROM event e
JOIN (
    SELECT host_id AS person_id
    FROM event
    WHERE id = $1
    UNION
    SELECT person_id
    FROM event_answer
    WHERE event_id = $1
        AND answer = 'yes'
        AND answered_at <= $4
) x ON TRUE
JOIN person p ON p.id = x.person_id
LEFT JOIN reminder_choice c ON c.person_id = p.id
WHERE e.id = $1
    AND p.standing = 'registered'
    AND (p.id = e.host_id OR ",
        belongs!("e.space_id", "p.id", "$5"),
        ")
    AND CASE WHEN c.person_id IS NULL THEN $3 ELSE c.first_hours = $2 OR c.second_hours = $2 END
ORDER BY p.id"
    );

    Ok(on!(&mut transaction, connection => sqlx::query_as(EXPECTED)
        .bind(due.event)
        .bind(due.hours)
        .bind(USUAL.has(due.hours))
        .bind(due.starts_at - TimeDelta::hours(due.hours))
        .bind(system.now() - STARTING)
        .fetch_all(connection).await)?)
}

/// Forgets of which events people were reminded, once they have begun. Answers how many there were.
pub async fn forget_past_reminders(system: &System) -> Result<u64, AppError> {
    const FORGET: &str = "DELETE FROM event_reminder WHERE starts_at <= $1";

    Ok(on!(system.database(), pool => sqlx::query(FORGET).bind(system.now()).execute(pool).await.map(|done| done.rows_affected()))?)
}
