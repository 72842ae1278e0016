//! Asking those who plan what comes next.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use crate::access::System;
use crate::audit;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::NOTICE;
use crate::groups::store::running_out;
use crate::messages::queue;
use crate::people::PersonId;
use crate::people::store::coordinators;
use crate::renewals::letters::{Link, what_comes_next};
use crate::series::SeriesId;

/// A series that runs out, and about which nobody has been asked, or not since a decision about it came to nothing.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ToAsk {
    series_id: SeriesId,
    slug: String,
    supervisor_id: PersonId,
    last_local: NaiveDateTime,
    ends_at: DateTime<Utc>,
}

/// The series to ask about.
pub async fn series_to_ask_about(system: &System) -> Result<Vec<ToAsk>, AppError> {
    const TO_ASK: &str = running_out!(
        "s.series_id, g.slug, g.supervisor_id, s.starts_local AS last_local, s.ends_at",
        "    AND (r.decided_for IS NULL OR r.decided_for < $2)
    AND (r.asked_at IS NULL OR r.asked_at < r.decided_at)
ORDER BY s.starts_at, s.id"
    );

    let database = system.database();
    Ok(on!(database, pool => sqlx::query_as(TO_ASK)
        .bind(system.now() + NOTICE)
        .bind(today(system))
        .fetch_all(pool).await)?)
}

/// Asks about one series, once, whichever process comes first. Says whether it was this one.
pub async fn ask(system: &System, series: &ToAsk) -> Result<bool, AppError> {
    let mut transaction = system.begin().await?;
    if !take(&mut transaction, system, series.series_id).await? {
        return Ok(false);
    }
    let mut asked = coordinators(&mut transaction).await?;
    if !asked.contains(&series.supervisor_id) {
        asked.push(series.supervisor_id);
    }
    let link = Link { origin: system.origin(), slug: &series.slug };
    for person in asked {
        let message = what_comes_next(person, series.last_local.date(), series.ends_at <= system.now(), &link);
        queue(&mut transaction, &message, system.now()).await?;
    }
    let entry = audit::Entry { action: "ask_about_renewal", subject: "series", subject_id: Some(series.series_id.0), detail: "" };
    audit::record_by_system(&mut transaction, system, entry).await?;
    transaction.commit().await?;
    Ok(true)
}

async fn take(transaction: &mut Transaction, system: &System, series: SeriesId) -> Result<bool, AppError> {
    // Whoever sets the moment writes the messages; on Postgres a second process waits here and then finds it set.
    const TAKE: &str = "\
INSERT INTO renewal (series_id, asked_at, version)
VALUES ($1, $2, 1)
ON CONFLICT (series_id) DO UPDATE
SET asked_at = excluded.asked_at
WHERE (renewal.decided_for IS NULL OR renewal.decided_for < $3)
    AND (renewal.asked_at IS NULL OR renewal.asked_at < renewal.decided_at)";

    let taken = on!(&mut transaction, connection => sqlx::query(TAKE)
        .bind(series)
        .bind(system.now())
        .bind(today(system))
        .execute(connection).await.map(|done| done.rows_affected()))?;
    Ok(taken > 0)
}

fn today(system: &System) -> NaiveDate {
    ::series::local(system.now()).date()
}
