//! What becomes of a poll that has closed by itself.

use chrono::{DateTime, TimeDelta, Utc};

use crate::access::System;
use crate::audit;
use crate::database::on;
use crate::error::AppError;
use crate::messages::queue;
use crate::paths;
use crate::people::PersonId;
use crate::polls::letters::has_closed;
use crate::polls::model::{PollId, PollKind, Subject};

/// How long a link is remembered once its poll has closed, so that whoever opens it late is told so.
const LINKS_STAY: TimeDelta = TimeDelta::days(90);

/// The polls that have closed by themselves and whose organiser has not been told.
pub async fn polls_to_announce(system: &System) -> Result<Vec<PollId>, AppError> {
    const TO_ANNOUNCE: &str = "SELECT id FROM poll WHERE told_at IS NULL AND closes_at <= $1 ORDER BY closes_at, id";

    let database = system.database();
    Ok(on!(database, pool => sqlx::query_scalar(TO_ANNOUNCE).bind(system.now()).fetch_all(pool).await)?)
}

/// Tells the organiser of one poll, once, whichever process comes first. Says whether it was this one.
pub async fn announce(system: &System, poll: PollId) -> Result<bool, AppError> {
    const TAKE: &str = "\
UPDATE poll
SET told_at = $2
WHERE id = $1
    AND told_at IS NULL
    AND closes_at <= $2
RETURNING code, organiser_id, closes_at";
    const TURNOUT: &str = "SELECT COUNT(answered_at), COUNT(*) FROM poll_person WHERE poll_id = $1 AND revoked_at IS NULL";

    let mut transaction = system.begin().await?;
    let taken: Option<(String, PersonId, DateTime<Utc>)> = on!(&mut transaction, connection => sqlx::query_as(TAKE)
        .bind(poll)
        .bind(system.now())
        .fetch_optional(connection).await)?;
    let Some((code, organiser, closes_at)) = taken else { return Ok(false) };
    let turnout: (i64, i64) = on!(&mut transaction, connection => sqlx::query_as(TURNOUT).bind(poll).fetch_one(connection).await)?;
    let last_day = Subject { kind: PollKind::Dates, length_minutes: 0, every_weeks: 1, closes_at }.last_day();
    let message = has_closed(organiser, last_day, turnout, &format!("{}{}", system.origin(), paths::poll(&code)));
    queue(&mut transaction, &message, system.now()).await?;
    let entry = audit::Entry { action: "announce_closed_poll", subject: "poll", subject_id: Some(poll.0), detail: "" };
    audit::record_by_system(&mut transaction, system, entry).await?;
    transaction.commit().await?;
    Ok(true)
}

/// Removes the links of polls that closed long ago, and answers how many.
pub async fn forget_links(system: &System) -> Result<u64, AppError> {
    const FORGET: &str = "DELETE FROM poll_link WHERE poll_id IN (SELECT q.id FROM poll q WHERE q.closes_at <= $1)";

    let before = system.now() - LINKS_STAY;
    Ok(on!(system.database(), pool => sqlx::query(FORGET).bind(before).execute(pool).await.map(|done| done.rows_affected()))?)
}
