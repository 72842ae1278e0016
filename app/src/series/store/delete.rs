//! Deleting a draft.

use super::open::OpenedSeries;
use super::save::{audit, overtaken};
use crate::access::Actor;
use crate::database::on;
use crate::error::AppError;

/// Deletes a draft that nobody has changed or published since it was shown. Nobody was told of it, so nobody is told now.
pub async fn delete_draft(actor: &Actor, series: &OpenedSeries, shown: i64) -> Result<(), AppError> {
    const DELETE: &str = "\
UPDATE series
SET deleted_at = $3, version = version + 1
WHERE id = $1
    AND version = $2
    AND published_at IS NULL
    AND deleted_at IS NULL";

    if series.published_at().is_some() || series.version() != shown {
        return Err(overtaken(series));
    }
    let mut transaction = actor.begin().await?;
    let deleted = on!(&mut transaction, connection => sqlx::query(DELETE)
        .bind(series.id())
        .bind(shown)
        .bind(actor.now())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if deleted == 0 {
        return Err(AppError::Conflict(
            "Somebody else changed, published or deleted this series a moment ago. Look at the group as it is now.".to_owned(),
        ));
    }
    audit(&mut transaction, actor, "delete_draft", series.id()).await?;
    transaction.commit().await
}
