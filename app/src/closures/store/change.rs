//! Closing days, changing a closure and removing it.

use super::falling::{check_seen, stored_closure};
use crate::access::Actor;
use crate::audit::{Entry, record};
use crate::closures::answers::StoredClosure;
use crate::closures::forms::{ClosureForm, NewClosure};
use crate::closures::model::{ClosedDays, ClosureId};
use crate::database::{Transaction, code, new_id, on};
use crate::error::AppError;

/// Closes days. Answers the closure's part of the address.
pub async fn add_closure(actor: &Actor, closure: &NewClosure, seen: &str) -> Result<String, AppError> {
    const ADD: &str = "\
INSERT INTO closure (id, code, starts_on, ends_on, reason, version)
VALUES ($1, $2, $3, $4, $5, 1)
ON CONFLICT (starts_on, ends_on) DO NOTHING";

    let (id, code) = (ClosureId(new_id()), code());
    let mut transaction = actor.begin().await?;
    let added = on!(&mut transaction, connection => sqlx::query(ADD)
        .bind(id)
        .bind(&code)
        .bind(closure.days.first)
        .bind(closure.days.last)
        .bind(&closure.name)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if added == 0 {
        return Err(closed_already());
    }
    check_seen(&mut transaction, closure.days, actor.now(), seen).await?;
    audit(&mut transaction, actor, "add_closure", id).await?;
    transaction.commit().await?;
    Ok(code)
}

/// Changes a closure, if it is still the version that was shown.
pub async fn change_closure(actor: &Actor, form: &ClosureForm, closure: &NewClosure) -> Result<(), AppError> {
    const TAKE: &str = "UPDATE closure SET version = version + 1 WHERE code = $1 AND version = $2 RETURNING id";
    const CHANGE: &str = "\
UPDATE closure
SET starts_on = $2, ends_on = $3, reason = $4
WHERE id = $1
    AND NOT EXISTS (SELECT 1 FROM closure other WHERE other.id <> $1 AND other.starts_on = $2 AND other.ends_on = $3)";

    let mut transaction = actor.begin().await?;
    let taken: Option<ClosureId> = on!(&mut transaction, connection => sqlx::query_scalar(TAKE)
        .bind(&form.code)
        .bind(form.shown_version())
        .fetch_optional(connection).await)?;
    let Some(id) = taken else { return Err(overtaken(&mut transaction, &form.code).await?) };
    let changed = on!(&mut transaction, connection => sqlx::query(CHANGE)
        .bind(id)
        .bind(closure.days.first)
        .bind(closure.days.last)
        .bind(&closure.name)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if changed == 0 {
        return Err(closed_already());
    }
    check_seen(&mut transaction, closure.days, actor.now(), &form.seen).await?;
    audit(&mut transaction, actor, "change_closure", id).await?;
    transaction.commit().await
}

/// Removes a closure, if it is still the version that was shown.
pub async fn remove_closure(actor: &Actor, form: &ClosureForm) -> Result<(), AppError> {
    const REMOVE: &str = "DELETE FROM closure WHERE code = $1 AND version = $2 RETURNING id";

    let mut transaction = actor.begin().await?;
    let removed: Option<ClosureId> = on!(&mut transaction, connection => sqlx::query_scalar(REMOVE)
        .bind(&form.code)
        .bind(form.shown_version())
        .fetch_optional(connection).await)?;
    let Some(id) = removed else { return Err(overtaken(&mut transaction, &form.code).await?) };
    audit(&mut transaction, actor, "remove_closure", id).await?;
    transaction.commit().await
}

fn closed_already() -> AppError {
    AppError::invalid("first", "These days are closed already. Choose other days, or change the closure that is there.")
}

/// What somebody is told whose closure was changed or removed by somebody else, with the closure as it is now.
async fn overtaken(transaction: &mut Transaction, code: &str) -> Result<AppError, AppError> {
    let Some(StoredClosure { name, days, .. }) = stored_closure(transaction, code).await? else { return Ok(AppError::NotFound) };
    Ok(AppError::Conflict(format!(
        "Somebody else changed this closure while you had it open. It is now: {name}, {}. What you entered is kept below; save again to put it in place of theirs.",
        ClosedDays::words(days)
    )))
}

async fn audit(transaction: &mut Transaction, actor: &Actor, action: &'static str, id: ClosureId) -> Result<(), AppError> {
    record(transaction, actor, Entry { action, subject: "closure", subject_id: Some(id.0), detail: "" }).await
}
