//! Leaving the list, and coming back to it.

use chrono::TimeDelta;
use leptos::server_fn::ServerFn;
use uuid::Uuid;

use crate::access::{Actor, Undo};
use crate::audit::{Entry, record};
use crate::database::{is_taken, on};
use crate::error::AppError;

/// How long whoever left can come back to where they were.
const WAY_BACK: TimeDelta = TimeDelta::minutes(10);

/// Takes the actor off a list. A place that was held for them is free again. Answers what takes that back.
pub async fn leave_list(actor: &Actor, code: &str) -> Result<Undo, AppError> {
    const LEAVE: &str = "\
UPDATE waiting_entry
SET ended_at = $3, outcome = 'left', version = version + 1
WHERE code = $1
    AND person_id = $2
    AND ended_at IS NULL
RETURNING id";
    const DECLINE: &str = "UPDATE place_offer SET ended_at = $2, outcome = 'declined' WHERE entry_id = $1 AND ended_at IS NULL";

    let mut transaction = actor.begin().await?;
    let left: Option<Uuid> = on!(&mut transaction, connection => sqlx::query_scalar(LEAVE)
        .bind(code)
        .bind(actor.person())
        .bind(actor.now())
        .fetch_optional(connection).await)?;
    let id = left.ok_or(AppError::NotFound)?;
    on!(&mut transaction, connection => sqlx::query(DECLINE).bind(id).bind(actor.now()).execute(connection).await.map(|_| ()))?;
    record(&mut transaction, actor, Entry { action: "leave_waiting", subject: "waiting", subject_id: Some(id), detail: "" }).await?;
    transaction.commit().await?;
    Ok(Undo { action: crate::waiting::api::ReturnToWaiting::PATH.to_owned(), of: code.to_owned() })
}

/// Puts the actor back where they were on a list that they have just left, with what they asked for and since when.
pub async fn return_to_list(actor: &Actor, code: &str) -> Result<(), AppError> {
    const RETURN: &str = "\
UPDATE waiting_entry
SET ended_at = NULL, outcome = NULL, version = version + 1
WHERE code = $1
    AND person_id = $2
    AND outcome = 'left'
    AND ended_at > $3
RETURNING id";

    let mut transaction = actor.begin().await?;
    let returned: Result<Option<Uuid>, sqlx::Error> = on!(&mut transaction, connection => sqlx::query_scalar(RETURN)
        .bind(code)
        .bind(actor.person())
        .bind(actor.now() - WAY_BACK)
        .fetch_optional(connection).await);
    let id = match returned {
        Ok(Some(id)) => id,
        Ok(None) => return Err(AppError::Conflict("This can no longer be undone. You can ask again below.".to_owned())),
        Err(cause) if is_taken(&cause) => return Err(AppError::Conflict("You are on this list again already.".to_owned())),
        Err(cause) => return Err(cause.into()),
    };
    record(&mut transaction, actor, Entry { action: "return_to_waiting", subject: "waiting", subject_id: Some(id), detail: "" }).await?;
    transaction.commit().await
}
