//! Somebody's own other calendar.

use chrono::{DateTime, Utc};

use crate::access::Actor;
use crate::audit::{Entry, record};
use crate::busy::address::CalendarAddress;
use crate::busy::model::{OtherCalendar, Outcome};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::PersonId;

/// Somebody's other calendar, as far as it is shown.
pub async fn other_calendar_of(moment: &mut Transaction, person: PersonId) -> Result<Option<OtherCalendar>, AppError> {
    const FIND: &str = "\
SELECT address, outcome, read_at, not_understood
FROM other_calendar
WHERE person_id = $1";

    type Row = (String, Outcome, Option<DateTime<Utc>>, i64);
    let row: Option<Row> = on!(&mut moment, connection => sqlx::query_as(FIND).bind(person).fetch_optional(connection).await)?;
    Ok(row.map(|(address, outcome, read_at, not_understood)| {
        let host = CalendarAddress::of(&address).map(|address| address.host().to_owned()).unwrap_or_default();
        OtherCalendar { host, outcome, read_at, not_understood }
    }))
}

/// Has another calendar of the actor's read, in the place of one before it. What was known from that one is forgotten.
pub async fn add_calendar(actor: &Actor, address: &CalendarAddress) -> Result<(), AppError> {
    const ADD: &str = "\
INSERT INTO other_calendar (person_id, address, outcome, not_understood, due_at)
VALUES ($1, $2, 'waiting', 0, $3)
ON CONFLICT (person_id) DO UPDATE
SET address = excluded.address, outcome = excluded.outcome, not_understood = 0, read_at = NULL, due_at = excluded.due_at";

    let mut transaction = actor.begin().await?;
    on!(&mut transaction, connection => sqlx::query(ADD)
        .bind(actor.person())
        .bind(address.whole())
        .bind(actor.now())
        .execute(connection).await.map(|_| ()))?;
    forget_blocks(&mut transaction, actor).await?;
    finish(transaction, actor, "add_other_calendar").await
}

/// Has the actor's other calendar read without waiting for the next time.
pub async fn read_calendar_again(actor: &Actor) -> Result<(), AppError> {
    const AGAIN: &str = "\
UPDATE other_calendar
SET outcome = 'waiting', due_at = $2
WHERE person_id = $1";

    let mut transaction = actor.begin().await?;
    let asked = on!(&mut transaction, connection => sqlx::query(AGAIN)
        .bind(actor.person())
        .bind(actor.now())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if asked == 0 {
        return Err(AppError::Conflict("You have no other calendar here any more; it was forgotten in another window.".to_owned()));
    }
    finish(transaction, actor, "read_other_calendar").await
}

/// Forgets the actor's other calendar with everything that came from it; one that is gone already is as good.
pub async fn forget_calendar(actor: &Actor) -> Result<(), AppError> {
    const FORGET: &str = "DELETE FROM other_calendar WHERE person_id = $1";

    let mut transaction = actor.begin().await?;
    on!(&mut transaction, connection => sqlx::query(FORGET).bind(actor.person()).execute(connection).await.map(|_| ()))?;
    forget_blocks(&mut transaction, actor).await?;
    finish(transaction, actor, "forget_other_calendar").await
}

async fn forget_blocks(transaction: &mut Transaction, actor: &Actor) -> Result<(), AppError> {
    const FORGET: &str = "DELETE FROM busy_block WHERE person_id = $1";

    on!(&mut transaction, connection => sqlx::query(FORGET).bind(actor.person()).execute(connection).await.map(|_| ()))?;
    Ok(())
}

async fn finish(mut transaction: Transaction, actor: &Actor, action: &'static str) -> Result<(), AppError> {
    record(&mut transaction, actor, Entry { action, subject: "person", subject_id: Some(actor.person().0), detail: "" }).await?;
    transaction.commit().await
}
