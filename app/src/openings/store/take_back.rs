//! Taking back what one has asked for.

use super::see::own_request;
use crate::access::Actor;
use crate::audit::{self, Entry};
use crate::database::on;
use crate::error::AppError;

/// Takes back what the actor has asked for and nobody has answered. Of this and an answer that come at once, one counts.
pub async fn take_back(actor: &Actor, code: &str) -> Result<(), AppError> {
    const TAKE_BACK: &str = "\
UPDATE opening
SET ended_at = $3
WHERE id = $1
    AND asked_by = $2
    AND answered_at IS NULL
    AND ended_at IS NULL
    AND until > $3";

    let id = own_request(actor, code).await?;
    let mut transaction = actor.begin().await?;
    let taken = on!(&mut transaction, connection => sqlx::query(TAKE_BACK)
        .bind(id)
        .bind(actor.person())
        .bind(actor.now())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if taken == 0 {
        return Err(AppError::Conflict(
            "It cannot be taken back any more: it was answered a moment ago, or taken back, or its time is over.".to_owned(),
        ));
    }
    let entry = Entry { action: "take_back_opening", subject: "opening", subject_id: Some(id.0), detail: "" };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}
