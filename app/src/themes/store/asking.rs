//! Telling coordinators that it is time to ask what the community takes up next.

use chrono::{DateTime, NaiveDate, Utc};

use crate::access::System;
use crate::audit;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::messages::queue;
use crate::people::store::coordinators;
use crate::spaces::store::topics_last_asked_on;
use crate::themes::letters::time_to_ask;
use crate::themes::model::{A_YEAR, is_time_to_ask};

/// Writes to every coordinator where for a year nobody was asked, nor they told, whichever process comes first. Says whether it was this one.
pub async fn tell_that_it_is_time_to_ask(system: &System) -> Result<bool, AppError> {
    let mut transaction = system.begin().await?;
    let today = ::series::local(system.now()).date();
    let last_asked = match topics_last_asked_on(&mut transaction).await? {
        // Where nobody was ever asked, a year counts from when the first of them came.
        None => first_here_on(&mut transaction).await?,
        asked => asked,
    };
    if !last_asked.is_some_and(|day| is_time_to_ask(day, today)) {
        return Ok(false);
    }
    let coordinators = coordinators(&mut transaction).await?;
    // Where there is nobody to write to, the year is not used up: whoever can sign in as the first coordinator is written to.
    if coordinators.is_empty() || !take(&mut transaction, today).await? {
        return Ok(false);
    }
    for coordinator in coordinators {
        queue(&mut transaction, &time_to_ask(coordinator, system.origin()), system.now()).await?;
    }
    let entry = audit::Entry { action: "tell_to_ask_for_topics", subject: "improvement", subject_id: None, detail: "" };
    audit::record_by_system(&mut transaction, system, entry).await?;
    transaction.commit().await?;
    Ok(true)
}

async fn first_here_on(transaction: &mut Transaction) -> Result<Option<NaiveDate>, AppError> {
    const FIRST: &str = "SELECT created_at FROM person ORDER BY created_at LIMIT 1";

    let first: Option<DateTime<Utc>> = on!(&mut *transaction, connection => sqlx::query_scalar(FIRST).fetch_optional(connection).await)?;
    Ok(first.map(|moment| ::series::local(moment).date()))
}

/// Writes down that coordinators are told, unless they were within a year.
async fn take(transaction: &mut Transaction, today: NaiveDate) -> Result<bool, AppError> {
    // On Postgres a second process waits here, and then finds the day of the first.
    const TAKE: &str = "\
INSERT INTO topics_letter (only_row, written_on)
VALUES (1, $1)
ON CONFLICT (only_row) DO UPDATE
SET written_on = excluded.written_on
WHERE topics_letter.written_on < $2";

    let taken = on!(&mut *transaction, connection => sqlx::query(TAKE)
        .bind(today)
        .bind(today - A_YEAR)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    Ok(taken > 0)
}
