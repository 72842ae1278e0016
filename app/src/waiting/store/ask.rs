//! Asking for supervision, and changing what was asked for.

use sqlx::types::Json;

use crate::access::Actor;
use crate::audit::{Entry, record};
use crate::database::{Transaction, code, folded, new_id, on};
use crate::error::AppError;
use crate::groups::{GroupId, GroupKind};
use crate::waiting::answers::Asked;

/// Puts the actor on the list for a kind of supervision, once.
pub async fn ask_for_supervision(actor: &Actor, asked: &Asked) -> Result<(), AppError> {
    const ASK: &str = "\
INSERT INTO waiting_entry (id, code, person_id, kind, way, times, urgency, wanted_words, wanted_group_id, asked_at, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)
ON CONFLICT DO NOTHING";

    let mut transaction = actor.begin().await?;
    let wanted = group_called(&mut transaction, asked).await?;
    let id = new_id();
    let entered = on!(&mut transaction, connection => sqlx::query(ASK)
        .bind(id)
        .bind(code())
        .bind(actor.person())
        .bind(asked.kind)
        .bind(asked.way)
        .bind(Json(&asked.times))
        .bind(asked.urgency.rank())
        .bind(&asked.wanted)
        .bind(wanted)
        .bind(actor.now())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if entered == 0 {
        return Err(AppError::Conflict(
            "You are on this list already. Change what you asked for there, and you keep your place.".to_owned(),
        ));
    }
    let entry = Entry { action: "ask_for_supervision", subject: "waiting", subject_id: Some(id), detail: asked.kind.key() };
    record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}

/// Changes one of the actor's entries that nobody else has changed since it was shown. The day since when they wait stays.
pub async fn change_waiting(actor: &Actor, address: &str, shown: i64, asked: &Asked) -> Result<(), AppError> {
    const CHANGE: &str = "\
UPDATE waiting_entry
SET way = $4, times = $5, urgency = $6, wanted_words = $7, wanted_group_id = $8, version = version + 1
WHERE code = $1
    AND person_id = $2
    AND version = $3
    AND kind = $9
    AND ended_at IS NULL
RETURNING id";

    let mut transaction = actor.begin().await?;
    let wanted = group_called(&mut transaction, asked).await?;
    let changed: Option<uuid::Uuid> = on!(&mut transaction, connection => sqlx::query_scalar(CHANGE)
        .bind(address)
        .bind(actor.person())
        .bind(shown)
        .bind(asked.way)
        .bind(Json(&asked.times))
        .bind(asked.urgency.rank())
        .bind(&asked.wanted)
        .bind(wanted)
        .bind(asked.kind)
        .fetch_optional(connection).await)?;
    let Some(id) = changed else { return Err(why_not(&mut transaction, actor, address).await?) };
    record(&mut transaction, actor, Entry { action: "change_waiting", subject: "waiting", subject_id: Some(id), detail: "" }).await?;
    transaction.commit().await
}

async fn why_not(transaction: &mut Transaction, actor: &Actor, address: &str) -> Result<AppError, AppError> {
    const IS_OPEN: &str = "SELECT COUNT(*) FROM waiting_entry WHERE code = $1 AND person_id = $2 AND ended_at IS NULL";

    let open: i64 = on!(&mut transaction, connection => sqlx::query_scalar(IS_OPEN)
        .bind(address)
        .bind(actor.person())
        .fetch_one(connection).await)?;
    if open == 0 {
        return Ok(AppError::NotFound);
    }
    Ok(AppError::Conflict(
        "This was changed while you had it open, in another window. What you entered is kept below; look at the list, then save again."
            .to_owned(),
    ))
}

/// The group that somebody means, if one of that name and kind meets. They are not told whether there is one.
async fn group_called(transaction: &mut Transaction, asked: &Asked) -> Result<Option<GroupId>, AppError> {
    const CALLED: &str = "\
SELECT id
FROM supervision_group
WHERE kind = $1
    AND (name_key = $2 OR name_key = $3)
    AND ended_at IS NULL
ORDER BY id
LIMIT 1";

    // A name that may be that of people is not looked for: whoever guessed it would learn that it is there.
    if asked.wanted.is_empty() || asked.kind.is_named_by_kind() || asked.kind == GroupKind::Pair {
        return Ok(None);
    }
    let name = folded(&asked.wanted);
    Ok(on!(&mut transaction, connection => sqlx::query_scalar(CALLED)
        .bind(asked.kind)
        .bind(&name)
        .bind(format!("{name} group"))
        .fetch_optional(connection).await)?)
}
