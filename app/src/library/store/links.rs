//! Which links are looked at next, by whichever process comes first.

use chrono::{DateTime, TimeDelta, Utc};

use crate::access::System;
use crate::database::on;
use crate::error::AppError;
use crate::library::model::{ItemId, LinkState};

/// How long a link rests once something has answered there. A process that dies while it looks has put it off as well.
const REST: TimeDelta = TimeDelta::days(7);
/// How soon it is tried again where nothing did.
const AGAIN: TimeDelta = TimeDelta::days(1);

/// A link that this process has taken.
#[derive(Clone, Debug)]
pub struct DueLink {
    item: ItemId,
    /// Where it leads.
    pub link: String,
}

/// Takes the link that has been due for longest, if any is, and puts it off.
pub async fn take_due_link(system: &System) -> Result<Option<DueLink>, AppError> {
    // A read first: most of the time nothing is due, and a write would take the lock of the SQLite file for nothing.
    const DUE: &str = "\
SELECT id, link_due_at
FROM library_item
WHERE link_due_at <= $1
    AND retired_at IS NULL
ORDER BY link_due_at, id
LIMIT 1";
    const TAKE: &str = "\
UPDATE library_item
SET link_due_at = $3
WHERE id = $1
    AND link_due_at = $2
RETURNING link";

    let (database, now) = (system.database(), system.now());
    loop {
        let due: Option<(ItemId, DateTime<Utc>)> = on!(database, pool => sqlx::query_as(DUE).bind(now).fetch_optional(pool).await)?;
        let Some((item, due_at)) = due else { return Ok(None) };
        let taken: Option<String> = on!(database, pool => sqlx::query_scalar(TAKE)
            .bind(item)
            .bind(due_at)
            .bind(now + REST)
            .fetch_optional(pool).await)?;
        // Another process may have been quicker; then the next one is looked for.
        if let Some(link) = taken {
            return Ok(Some(DueLink { item, link }));
        }
    }
}

/// Notes what was found at a link, unless the item has another one since.
pub async fn note_link(system: &System, due: &DueLink, found: LinkState) -> Result<(), AppError> {
    const NOTE: &str = "\
UPDATE library_item
SET link_state = $3, link_failures = CASE WHEN $4 THEN 0 ELSE link_failures + 1 END, link_checked_at = $5,
    link_due_at = CASE WHEN $4 THEN link_due_at ELSE $6 END
WHERE id = $1
    AND link = $2";

    on!(system.database(), pool => sqlx::query(NOTE)
        .bind(due.item)
        .bind(&due.link)
        .bind(found)
        .bind(found == LinkState::Answers)
        .bind(system.now())
        .bind(system.now() + AGAIN)
        .execute(pool).await.map(|_| ()))?;
    Ok(())
}
