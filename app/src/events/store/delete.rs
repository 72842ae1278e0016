//! Deleting a draft of an event.

use super::change::audit;
use super::open::{open_to_keep, take_version};
use crate::access::Actor;
use crate::database::on;
use crate::error::AppError;

/// Deletes a draft that nobody has changed or published since it was shown. Nobody was told of it, so nobody is told now.
pub async fn delete_event(actor: &Actor, (code, shown): (&str, i64)) -> Result<(), AppError> {
    const FORGET_READING: &str = "DELETE FROM event_reading WHERE event_id = $1";
    const DELETE: &str = "DELETE FROM event WHERE id = $1 AND published_at IS NULL";

    let opened = open_to_keep(actor, code).await?;
    let mut transaction = actor.begin().await?;
    let event = take_version(&mut transaction, opened.row.id, shown).await?;
    if event.published_at.is_some() {
        return Err(AppError::Conflict(
            "This event is published, so it is not deleted. Cancel it, and everybody who answered is told.".to_owned(),
        ));
    }
    for statement in [FORGET_READING, DELETE] {
        on!(&mut transaction, connection => sqlx::query(statement).bind(event.id).execute(connection).await.map(|_| ()))?;
    }
    audit(&mut transaction, actor, "delete_event", event.id).await?;
    transaction.commit().await
}
