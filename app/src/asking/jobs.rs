//! What the program does for asked groups on its own.

use crate::access::System;
use crate::database::on;
use crate::error::AppError;
use crate::groups::GroupId;
use crate::series::store::publish_by_itself;

/// Publishes the series of groups that were made of a round as soon as everybody has agreed to the agreement, so that nobody waits for a
/// press. Says how many. What does not fit any more stays a draft, for somebody who plans.
pub async fn publish_agreed(system: &System) -> Result<u64, AppError> {
    const AGREED: &str = "\
SELECT g.group_id
FROM asked_group g
WHERE EXISTS (
        SELECT 1
        FROM agreement a
        WHERE a.group_id = g.group_id AND a.in_force_at IS NOT NULL AND a.ended_at IS NULL
    )
    AND EXISTS (
        SELECT 1
        FROM series s
        WHERE s.group_id = g.group_id AND s.published_at IS NULL AND s.deleted_at IS NULL
    )
    AND NOT EXISTS (SELECT 1 FROM series s WHERE s.group_id = g.group_id AND s.published_at IS NOT NULL)
ORDER BY g.closed_at, g.id";

    let database = system.database();
    let agreed: Vec<GroupId> = on!(database, pool => sqlx::query_scalar(AGREED).fetch_all(pool).await)?;
    let mut published = 0_u64;
    for group in agreed {
        if publish_by_itself(system, group).await? {
            published = published.saturating_add(1);
        }
    }
    Ok(published)
}
