//! What the program does for asked groups on its own.

use super::letters::sessions_to_look_at;
use super::model::{AskedGroupId, AskedId};
use crate::access::System;
use crate::audit::{Entry, record_by_system};
use crate::database::on;
use crate::error::AppError;
use crate::groups::GroupId;
use crate::hosts::store::add_to_group;
use crate::messages::queue;
use crate::people::PersonId;
use crate::series::store::publish_by_itself;
use crate::sessions::HostRole;

/// A group that a round has formed, whose people have all agreed, with the draft of its series.
#[derive(sqlx::FromRow)]
struct Agreed {
    id: AskedGroupId,
    group_id: GroupId,
    slug: String,
    asked_by: PersonId,
    /// The version of the draft.
    version: i64,
}

/// Publishes the series of groups that were made of a round as soon as everybody has agreed to the agreement, so that nobody waits for a
/// press. Says how many. What does not fit any more stays a draft, and so do sessions in which two would meet who may not by now:
/// whoever asked the people is told of it once, and it is tried again when the draft has changed. Whoever accepts to be beside a supervisor is added to
/// the sessions then.
pub async fn publish_agreed(system: &System) -> Result<u64, AppError> {
    const AGREED: &str = "\
SELECT a.id, a.group_id, g.slug, a.asked_by, s.version
FROM asked_group a
JOIN supervision_group g ON g.id = a.group_id
JOIN series s ON s.id = (
        SELECT d.id
        FROM series d
        WHERE d.group_id = a.group_id AND d.published_at IS NULL AND d.deleted_at IS NULL
        ORDER BY d.id
        LIMIT 1
    )
WHERE EXISTS (
        SELECT 1
        FROM agreement t
        WHERE t.group_id = a.group_id AND t.in_force_at IS NOT NULL AND t.ended_at IS NULL
    )
    AND NOT EXISTS (SELECT 1 FROM series p WHERE p.group_id = a.group_id AND p.published_at IS NOT NULL)
    AND (a.refused_version IS NULL OR a.refused_version <> s.version)
ORDER BY a.closed_at, a.id";

    let database = system.database();
    let agreed: Vec<Agreed> = on!(database, pool => sqlx::query_as(AGREED).fetch_all(pool).await)?;
    let mut published = 0_u64;
    for group in agreed {
        if publish_by_itself(system, group.group_id).await? {
            published = published.saturating_add(1);
        } else {
            leave_to_somebody(system, &group).await?;
        }
    }
    bring_beside(system).await?;
    Ok(published)
}

/// Adds those who accept to be beside the supervisor of a group to its sessions, once these are published, by whomever. One who cannot be added holds up
/// nobody else.
async fn bring_beside(system: &System) -> Result<(), AppError> {
    const ACCEPTED: &str = "\
SELECT w.id, w.person_id, w.beside, a.group_id
FROM asked_person w
JOIN asked_group a ON a.id = w.asked_group_id
JOIN supervision_group g ON g.id = a.group_id
WHERE w.beside IS NOT NULL
    AND w.answer = 'accepted'
    AND w.beside_settled_at IS NULL
    AND g.ended_at IS NULL
    AND EXISTS (SELECT 1 FROM series p WHERE p.group_id = a.group_id AND p.published_at IS NOT NULL)
ORDER BY w.beside, w.id";

    let database = system.database();
    let accepted: Vec<Accepted> = on!(database, pool => sqlx::query_as(ACCEPTED).fetch_all(pool).await)?;
    for one in accepted {
        // The others are no worse for it, and this one is tried again.
        if let Err(error) = bring_one_beside(system, &one).await {
            tracing::error!(asked.id = %one.id, %error, "Somebody could not be added to the sessions of a group.");
        }
    }
    Ok(())
}

/// Somebody who accepts to be beside the supervisor of a group.
#[derive(sqlx::FromRow)]
struct Accepted {
    id: AskedId,
    person_id: PersonId,
    beside: HostRole,
    group_id: GroupId,
}

async fn bring_one_beside(system: &System, one: &Accepted) -> Result<(), AppError> {
    const SETTLE: &str = "UPDATE asked_person SET beside_settled_at = $2 WHERE id = $1 AND beside_settled_at IS NULL";

    let mut transaction = system.begin().await?;
    let settled = on!(&mut transaction, connection => sqlx::query(SETTLE)
        .bind(one.id)
        .bind(system.now())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if settled == 0 {
        return Ok(());
    }
    add_to_group(&mut transaction, system, one.group_id, (one.person_id, one.beside)).await?;
    transaction.commit().await
}

/// Keeps which version of the draft did not fit, and writes to whoever asked the people.
async fn leave_to_somebody(system: &System, group: &Agreed) -> Result<(), AppError> {
    const KEEP: &str = "\
UPDATE asked_group
SET refused_version = $2
WHERE id = $1
    AND (refused_version IS NULL OR refused_version <> $2)";

    let mut transaction = system.begin().await?;
    let kept = on!(&mut transaction, connection => sqlx::query(KEEP)
        .bind(group.id)
        .bind(group.version)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if kept == 0 {
        return Ok(());
    }
    queue(&mut transaction, &sessions_to_look_at(group.asked_by, system.origin(), &group.slug), system.now()).await?;
    let entry = Entry { action: "leave_series_a_draft", subject: "asked_group", subject_id: Some(group.id.0), detail: "" };
    record_by_system(&mut transaction, system, entry).await?;
    transaction.commit().await
}
