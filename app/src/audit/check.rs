//! Walking the chain where nobody waits for it, and keeping what was found.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use super::answers::Check;
use super::verify::{Verdict, verify};
use crate::access::{Actor, System};
use crate::database::{Database, on};
use crate::error::AppError;

/// How long what was found counts as known, so that several processes do not all walk.
const FRESH: TimeDelta = TimeDelta::hours(6);
/// How soon somebody can ask once more: a walk reads the whole log.
const PAUSE: TimeDelta = TimeDelta::minutes(1);

/// Walks the chain, unless that was done within some hours. Answers how many entries were walked.
pub(super) async fn check_in_time(system: &System) -> Result<u64, AppError> {
    if !take(system.database(), system.now(), FRESH).await? {
        return Ok(0);
    }
    let entries = walk(system.database(), system.now()).await?;
    Ok(u64::try_from(entries).unwrap_or_default())
}

/// Walks the chain for somebody who asks.
pub(super) async fn check_now(actor: &Actor) -> Result<(), AppError> {
    if !take(actor.database(), actor.now(), PAUSE).await? {
        return Err(AppError::Conflict("The log was checked less than a minute ago. What was found stands below.".to_owned()));
    }
    walk(actor.database(), actor.now()).await?;
    Ok(())
}

/// Takes the walk, unless one was begun within a time. Of those who ask at once one gets it.
async fn take(database: &Database, now: DateTime<Utc>, within: TimeDelta) -> Result<bool, AppError> {
    const TAKE: &str = "\
INSERT INTO audit_check (only_row, begun_at)
VALUES (1, $1)
ON CONFLICT (only_row) DO UPDATE
SET begun_at = excluded.begun_at
WHERE audit_check.begun_at <= $2";

    let taken = on!(database, pool => sqlx::query(TAKE)
        .bind(now)
        .bind(now - within)
        .execute(pool).await.map(|done| done.rows_affected()))?;
    Ok(taken > 0)
}

/// Walks the whole chain and keeps what was found. Answers how many entries hold.
async fn walk(database: &Database, now: DateTime<Utc>) -> Result<i64, AppError> {
    const KEEP: &str = "UPDATE audit_check SET checked_at = $1, entries = $2, broken_at = $3, fault = $4 WHERE only_row = 1";

    let (entries, broken_at, fault) = match verify(database).await? {
        Verdict::Whole { entries } => (entries, None, None),
        Verdict::Broken { at, fault } => (at - 1, Some(at), Some(fault.to_string())),
    };
    if let (Some(at), Some(fault)) = (broken_at, &fault) {
        tracing::error!(at, fault, "The audit log does not hold.");
    }
    on!(database, pool => sqlx::query(KEEP)
        .bind(now)
        .bind(entries)
        .bind(broken_at)
        .bind(&fault)
        .execute(pool).await.map(|_| ()))?;
    Ok(entries)
}

/// What the last walk found; nothing before the first.
pub(super) async fn last_check(actor: &Actor) -> Result<Option<Check>, AppError> {
    const LAST: &str = "SELECT checked_at, entries, broken_at, fault FROM audit_check WHERE only_row = 1";

    #[derive(sqlx::FromRow)]
    struct Row {
        checked_at: Option<DateTime<Utc>>,
        entries: Option<i64>,
        broken_at: Option<i64>,
        fault: Option<String>,
    }

    let row: Option<Row> = on!(actor.database(), pool => sqlx::query_as(LAST).fetch_optional(pool).await)?;
    Ok(row.and_then(|row| {
        let at: NaiveDateTime = ::series::local(row.checked_at?);
        Some(Check { at, entries: row.entries?, broken: row.broken_at.zip(row.fault) })
    }))
}
