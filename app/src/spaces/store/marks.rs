//! What somebody has read, and what they want to hear nothing of. It is theirs alone, so the log is told nothing of it.

use super::open::OpenedThread;
use crate::access::Actor;
use crate::database::on;
use crate::error::AppError;

/// Notes that the actor has read a thread so far. Nothing is written where they had.
pub(super) async fn mark_read(actor: &Actor, thread: &OpenedThread, number: i64) -> Result<(), AppError> {
    const MARK: &str = "\
INSERT INTO thread_mark (person_id, thread_id, read_to)
VALUES ($1, $2, $3)
ON CONFLICT (person_id, thread_id) DO UPDATE
SET read_to = excluded.read_to
WHERE thread_mark.read_to < excluded.read_to";

    if number <= thread.read_to() {
        return Ok(());
    }
    let mut transaction = actor.begin().await?;
    on!(&mut transaction, connection => sqlx::query(MARK)
        .bind(actor.person())
        .bind(thread.id())
        .bind(number)
        .execute(connection).await.map(|_| ()))?;
    transaction.commit().await
}

/// Everything that was written until now counts as read.
pub async fn mark_all_read(actor: &Actor) -> Result<(), AppError> {
    const ALL: &str = "\
INSERT INTO community_visit (person_id, here_at, before_at, all_read_at)
VALUES ($1, $2, NULL, $2)
ON CONFLICT (person_id) DO UPDATE
SET all_read_at = excluded.all_read_at, here_at = excluded.here_at";

    let mut transaction = actor.begin().await?;
    on!(&mut transaction, connection => sqlx::query(ALL)
        .bind(actor.person())
        .bind(actor.now())
        .execute(connection).await.map(|_| ()))?;
    transaction.commit().await
}

/// The actor wants to hear nothing more of a thread.
pub async fn mute_thread(actor: &Actor, thread: &OpenedThread) -> Result<(), AppError> {
    const MUTE: &str = "\
INSERT INTO thread_mark (person_id, thread_id, read_to, muted_at)
VALUES ($1, $2, 0, $3)
ON CONFLICT (person_id, thread_id) DO UPDATE
SET muted_at = excluded.muted_at";

    let mut transaction = actor.begin().await?;
    on!(&mut transaction, connection => sqlx::query(MUTE)
        .bind(actor.person())
        .bind(thread.id())
        .bind(actor.now())
        .execute(connection).await.map(|_| ()))?;
    transaction.commit().await
}

/// The actor wants to hear of a thread again.
pub async fn hear_of_thread(actor: &Actor, thread: &OpenedThread) -> Result<(), AppError> {
    const HEAR: &str = "UPDATE thread_mark SET muted_at = NULL WHERE person_id = $1 AND thread_id = $2";

    let mut transaction = actor.begin().await?;
    on!(&mut transaction, connection => sqlx::query(HEAR)
        .bind(actor.person())
        .bind(thread.id())
        .execute(connection).await.map(|_| ()))?;
    transaction.commit().await
}
