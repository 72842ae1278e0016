//! The end of an opening.

use crate::access::System;
use crate::audit::{self, Entry};
use crate::database::on;
use crate::error::AppError;
use crate::openings::model::OpeningId;

/// Ends whatever its time is over for, each once, and writes it down.
pub async fn end(system: &System) -> Result<u64, AppError> {
    const END: &str = "\
UPDATE opening
SET ended_at = $1
WHERE ended_at IS NULL
    AND until <= $1
RETURNING id, is_agreed";

    let mut transaction = system.begin().await?;
    let ended: Vec<(OpeningId, Option<bool>)> =
        on!(&mut transaction, connection => sqlx::query_as(END).bind(system.now()).fetch_all(connection).await)?;
    for (id, is_agreed) in &ended {
        let detail = if is_agreed.is_some() { "closed again" } else { "nobody answered" };
        audit::record_by_system(
            &mut transaction,
            system,
            Entry { action: "end_opening", subject: "opening", subject_id: Some(id.0), detail },
        )
        .await?;
    }
    transaction.commit().await?;
    Ok(u64::try_from(ended.len()).unwrap_or(u64::MAX))
}
