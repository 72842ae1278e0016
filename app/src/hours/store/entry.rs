//! Logging, changing, removing and putting back hours had elsewhere: everybody their own.

use chrono::{NaiveDate, TimeDelta};

use crate::access::Actor;
use crate::audit;
use crate::database::{Transaction, code, new_id, on};
use crate::error::AppError;
use crate::groups::GroupKind;
use crate::hours::answers::{Entry, EntryToLog};
use crate::hours::forms::NewEntry;
use crate::hours::intervention::Intervention;
use crate::hours::model::EntryId;

/// For how long what was removed can be put back.
const KEPT: TimeDelta = TimeDelta::days(1);

/// Keeps an entry of the actor's.
pub async fn log_hours(actor: &Actor, entry: &NewEntry) -> Result<(), AppError> {
    const LOG: &str = "\
INSERT INTO hours_elsewhere (id, code, person_id, held_on, minutes, format, intervention, supervised_by, logged_at, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)";

    let id = EntryId(new_id());
    let mut transaction = actor.begin().await?;
    on!(&mut transaction, connection => sqlx::query(LOG)
        .bind(id)
        .bind(code())
        .bind(actor.person())
        .bind(entry.held_on)
        .bind(entry.minutes)
        .bind(entry.format)
        .bind(entry.intervention.key())
        .bind(&entry.supervised_by)
        .bind(actor.now())
        .execute(connection).await.map(|_| ()))?;
    forget_removed(&mut transaction, actor).await?;
    audit(&mut transaction, actor, "log_hours", id).await?;
    transaction.commit().await
}

/// An entry of the actor's; somebody else's is as one that never was.
pub async fn entry_of(actor: &Actor, code: &str) -> Result<Entry, AppError> {
    const ENTRY: &str = "\
SELECT code, held_on, minutes, format, intervention, supervised_by, version
FROM hours_elsewhere
WHERE code = $1
    AND person_id = $2
    AND removed_at IS NULL";

    let database = actor.database();
    let row: Option<Row> = on!(database, pool => sqlx::query_as(ENTRY).bind(code).bind(actor.person()).fetch_optional(pool).await)?;
    row.map(Entry::from).ok_or(AppError::NotFound)
}

/// What the form of a new entry begins with: the present day, and what the actor logged last.
pub async fn entry_to_log(actor: &Actor) -> Result<EntryToLog, AppError> {
    const LAST: &str = "\
SELECT code, held_on, minutes, format, intervention, supervised_by, version
FROM hours_elsewhere
WHERE person_id = $1
    AND removed_at IS NULL
ORDER BY logged_at DESC, id DESC
LIMIT 1";

    let database = actor.database();
    let last: Option<Row> = on!(database, pool => sqlx::query_as(LAST).bind(actor.person()).fetch_optional(pool).await)?;
    Ok(EntryToLog { today: ::series::local(actor.now()).date(), last: last.map(Entry::from) })
}

#[derive(sqlx::FromRow)]
struct Row {
    code: String,
    held_on: NaiveDate,
    minutes: i64,
    format: GroupKind,
    #[sqlx(try_from = "String")]
    intervention: Intervention,
    supervised_by: String,
    version: i64,
}

impl From<Row> for Entry {
    fn from(row: Row) -> Self {
        let Row { code, held_on, minutes, format, intervention, supervised_by, version } = row;
        Self { code, held_on, minutes, format, intervention, supervised_by, version }
    }
}

/// Changes an entry of the actor's, if it is still the version that was shown.
pub async fn change_hours(actor: &Actor, (code, version): (&str, i64), entry: &NewEntry) -> Result<(), AppError> {
    const CHANGE: &str = "\
UPDATE hours_elsewhere
SET held_on = $4, minutes = $5, format = $6, intervention = $7, supervised_by = $8, version = version + 1
WHERE code = $1
    AND person_id = $2
    AND version = $3
    AND removed_at IS NULL
RETURNING id";

    let mut transaction = actor.begin().await?;
    let changed: Option<EntryId> = on!(&mut transaction, connection => sqlx::query_scalar(CHANGE)
        .bind(code)
        .bind(actor.person())
        .bind(version)
        .bind(entry.held_on)
        .bind(entry.minutes)
        .bind(entry.format)
        .bind(entry.intervention.key())
        .bind(&entry.supervised_by)
        .fetch_optional(connection).await)?;
    let id = changed.ok_or_else(overtaken)?;
    audit(&mut transaction, actor, "change_hours", id).await?;
    transaction.commit().await
}

fn overtaken() -> AppError {
    AppError::Conflict(
        "You have changed or removed these hours in the meantime, perhaps in another window. What you entered is still here: check it, then save again."
            .to_owned(),
    )
}

/// Removes an entry of the actor's. A second press finds it done.
pub async fn remove_hours(actor: &Actor, code: &str) -> Result<(), AppError> {
    const REMOVE: &str = "\
UPDATE hours_elsewhere
SET removed_at = $3, version = version + 1
WHERE code = $1
    AND person_id = $2
    AND removed_at IS NULL
RETURNING id";

    let mut transaction = actor.begin().await?;
    let removed: Option<EntryId> = on!(&mut transaction, connection => sqlx::query_scalar(REMOVE)
        .bind(code)
        .bind(actor.person())
        .bind(actor.now())
        .fetch_optional(connection).await)?;
    let id = removed.ok_or(AppError::NotFound)?;
    forget_removed(&mut transaction, actor).await?;
    audit(&mut transaction, actor, "remove_hours", id).await?;
    transaction.commit().await
}

/// Puts back what the actor removed within the past day.
pub async fn restore_hours(actor: &Actor, code: &str) -> Result<(), AppError> {
    const RESTORE: &str = "\
UPDATE hours_elsewhere
SET removed_at = NULL, version = version + 1
WHERE code = $1
    AND person_id = $2
    AND removed_at > $3
RETURNING id";

    let mut transaction = actor.begin().await?;
    let restored: Option<EntryId> = on!(&mut transaction, connection => sqlx::query_scalar(RESTORE)
        .bind(code)
        .bind(actor.person())
        .bind(actor.now() - KEPT)
        .fetch_optional(connection).await)?;
    let id = restored.ok_or_else(|| {
        AppError::Conflict("These hours are back already, or were removed more than a day ago. Look at the list as it is now.".to_owned())
    })?;
    audit(&mut transaction, actor, "restore_hours", id).await?;
    transaction.commit().await
}

/// What can no longer be put back is of no use to anybody.
async fn forget_removed(transaction: &mut Transaction, actor: &Actor) -> Result<(), AppError> {
    const FORGET: &str = "DELETE FROM hours_elsewhere WHERE person_id = $1 AND removed_at <= $2";

    on!(&mut transaction, connection => sqlx::query(FORGET)
        .bind(actor.person())
        .bind(actor.now() - KEPT)
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

async fn audit(transaction: &mut Transaction, actor: &Actor, action: &'static str, id: EntryId) -> Result<(), AppError> {
    audit::record(transaction, actor, audit::Entry { action, subject: "hours_elsewhere", subject_id: Some(id.0), detail: "" }).await
}
