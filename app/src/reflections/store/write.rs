//! Writing, removing and putting back: everybody their own.

use chrono::TimeDelta;

use super::drafts::forget_begun;
use super::seal::sealed_for;
use crate::access::{Actor, System};
use crate::audit;
use crate::database::{Transaction, new_id, on};
use crate::error::AppError;
use crate::messages;
use crate::reflections::forms::NewEntry;
use crate::reflections::model::ReflectionId;
use crate::sealing::Sealed;

/// For how long what was removed can be put back.
const KEPT: TimeDelta = TimeDelta::hours(1);

/// The session of a code, where the actor was at it, belongs to its group or leads it; empty otherwise.
macro_rules! own_session {
    ($code:literal, $person:literal) => {
        concat!(
            "(
    SELECT s.id
    FROM session s
    WHERE s.code = ",
            $code,
            "
        AND (
            s.supervisor_id = ",
            $person,
            "
            OR s.group_id IN (SELECT m.group_id FROM membership m WHERE m.person_id = ",
            $person,
            ")
            OR s.id IN (SELECT a.session_id FROM attendance a WHERE a.person_id = ",
            $person,
            ")
        )
)"
        )
    };
}

/// Keeps an entry of the actor's: a new one, or a new version of the one that was shown. Saving the same form again makes no second one.
pub async fn write(actor: &Actor, entry: &NewEntry) -> Result<i64, AppError> {
    const FIND: &str = "SELECT id FROM reflection WHERE code = $1 AND person_id = $2 AND removed_at IS NULL";

    let mut transaction = actor.begin().await?;
    let found: Option<ReflectionId> = on!(&mut transaction, connection => sqlx::query_scalar(FIND)
        .bind(&entry.code)
        .bind(actor.person())
        .fetch_optional(connection).await)?;
    let id = found.unwrap_or_else(|| ReflectionId(new_id()));
    let sealed = sealed_for(actor.keyring(), (id, actor.person()), &entry.words)?;
    let version = match found {
        Some(id) => change(&mut transaction, actor, (id, entry), &sealed).await?,
        None => insert(&mut transaction, actor, (id, entry), &sealed).await?,
    };
    forget_begun(&mut transaction, actor, &entry.code).await?;
    log_is_kept(&mut transaction, actor).await?;
    transaction.commit().await?;
    Ok(version)
}

async fn insert(
    transaction: &mut Transaction,
    actor: &Actor,
    (id, entry): (ReflectionId, &NewEntry),
    sealed: &Sealed,
) -> Result<i64, AppError> {
    const INSERT: &str = concat!(
        "\
INSERT INTO reflection (id, code, person_id, session_id, written_at, changed_at, key_mark, sealed, version)
VALUES ($1, $2, $3, ",
        own_session!("$4", "$3"),
        ", $5, $5, $6, $7, 1)
ON CONFLICT (code) DO NOTHING"
    );

    if entry.version != 0 {
        // It was removed in the meantime.
        return Err(overtaken());
    }
    let done = on!(&mut transaction, connection => sqlx::query(INSERT)
        .bind(id)
        .bind(&entry.code)
        .bind(actor.person())
        .bind(&entry.session)
        .bind(actor.now())
        .bind(&sealed.mark)
        .bind(&sealed.bytes)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if done == 1 { Ok(1) } else { Err(overtaken()) }
}

async fn change(
    transaction: &mut Transaction,
    actor: &Actor,
    (id, entry): (ReflectionId, &NewEntry),
    sealed: &Sealed,
) -> Result<i64, AppError> {
    const CHANGE: &str = concat!(
        "\
UPDATE reflection
SET session_id = ",
        own_session!("$4", "$2"),
        ", changed_at = $5, key_mark = $6, sealed = $7, version = version + 1
WHERE id = $1
    AND person_id = $2
    AND version = $3
    AND removed_at IS NULL
RETURNING version"
    );

    let version: Option<i64> = on!(&mut transaction, connection => sqlx::query_scalar(CHANGE)
        .bind(id)
        .bind(actor.person())
        .bind(entry.version)
        .bind(&entry.session)
        .bind(actor.now())
        .bind(&sealed.mark)
        .bind(&sealed.bytes)
        .fetch_optional(connection).await)?;
    version.ok_or_else(overtaken)
}

fn overtaken() -> AppError {
    AppError::Conflict(
        "You have changed or removed this entry in the meantime, perhaps in another window. What you wrote is still here: look at it, then save again."
            .to_owned(),
    )
}

/// Removes an entry of the actor's, and takes it back from whoever it is shared with. A second press finds it done.
pub async fn remove(actor: &Actor, code: &str) -> Result<(), AppError> {
    const REMOVE: &str = "\
UPDATE reflection
SET removed_at = $3, version = version + 1, shared_with = NULL, shared_at = NULL, opened_at = NULL
WHERE code = $1
    AND person_id = $2
    AND removed_at IS NULL
RETURNING id";

    let mut transaction = actor.begin().await?;
    let removed: Option<ReflectionId> = on!(&mut transaction, connection => sqlx::query_scalar(REMOVE)
        .bind(code)
        .bind(actor.person())
        .bind(actor.now())
        .fetch_optional(connection).await)?;
    let id = removed.ok_or(AppError::NotFound)?;
    messages::take_back(&mut transaction, id.0).await?;
    forget_begun(&mut transaction, actor, code).await?;
    log_is_kept(&mut transaction, actor).await?;
    transaction.commit().await
}

/// Puts back what the actor removed within the past hour. It is shared with nobody.
pub async fn restore(actor: &Actor, code: &str) -> Result<(), AppError> {
    const RESTORE: &str = "\
UPDATE reflection
SET removed_at = NULL, version = version + 1
WHERE code = $1
    AND person_id = $2
    AND removed_at > $3
RETURNING id";

    let mut transaction = actor.begin().await?;
    let restored: Option<ReflectionId> = on!(&mut transaction, connection => sqlx::query_scalar(RESTORE)
        .bind(code)
        .bind(actor.person())
        .bind(actor.now() - KEPT)
        .fetch_optional(connection).await)?;
    if restored.is_none() {
        return Err(AppError::Conflict("This entry is back already, or was removed more than an hour ago and is deleted.".to_owned()));
    }
    log_is_kept(&mut transaction, actor).await?;
    transaction.commit().await
}

/// Deletes what can no longer be put back. Answers how many entries there were.
pub async fn forget_removed(system: &System) -> Result<u64, AppError> {
    const FORGET: &str = "DELETE FROM reflection WHERE removed_at <= $1";

    let before = system.now() - KEPT;
    Ok(on!(system.database(), pool => sqlx::query(FORGET).bind(before).execute(pool).await.map(|done| done.rows_affected()))?)
}

/// All that the audit log is told: not which entry, and not whether it was written, removed or shared.
pub(super) async fn log_is_kept(transaction: &mut Transaction, actor: &Actor) -> Result<(), AppError> {
    audit::record(transaction, actor, audit::Entry { action: "keep_log", subject: "reflection", subject_id: None, detail: "" }).await
}
