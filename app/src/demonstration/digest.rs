//! Amina wants a digest every day: of what everybody reads and of the closed space of a group of hers. One is due when the demonstration begins.

use chrono::{DateTime, TimeDelta, Utc};

use super::groups::{AIRE, Group};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::PersonId;

/// Stores what she has chosen, as if a fortnight ago.
pub(super) async fn insert_digest(
    transaction: &mut Transaction,
    now: DateTime<Utc>,
    amina: PersonId,
    groups: &[Group],
) -> Result<(), AppError> {
    const SPACES: &str = "\
INSERT INTO digest_choice (person_id, space_id, rhythm, told_to, due_at)
SELECT $1, s.id, 'daily', $2, $3
FROM space s
WHERE s.kind = 'centre'";
    const CLOSED: &str = "INSERT INTO digest_choice (person_id, space_id, rhythm, told_to, due_at) VALUES ($1, $4, 'daily', $2, $3)";

    let told_to = now - TimeDelta::days(14);
    on!(&mut transaction, connection => sqlx::query(SPACES)
        .bind(amina)
        .bind(told_to)
        .bind(now)
        .execute(connection).await.map(|_| ()))?;
    let of_hers = groups.iter().find(|group| group.slug == AIRE);
    if let Some(group) = of_hers {
        on!(&mut transaction, connection => sqlx::query(CLOSED)
            .bind(amina)
            .bind(told_to)
            .bind(now)
            .bind(group.id)
            .execute(connection).await.map(|_| ()))?;
    }
    Ok(())
}
