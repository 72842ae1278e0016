//! Pinning, locking and slowing down, by whoever looks after the space.

use super::open::OpenedThread;
use crate::access::Actor;
use crate::audit;
use crate::database::on;
use crate::error::AppError;
use crate::spaces::forms::Steer;

/// Does something with a thread that only whoever looks after its space can do; to everybody else that possibility is not there.
pub async fn steer_thread(actor: &Actor, thread: &OpenedThread, steer: Steer) -> Result<(), AppError> {
    const PIN: &str = "UPDATE thread SET pinned_at = $2 WHERE id = $1";
    const LOCK: &str = "UPDATE thread SET locked_at = $2 WHERE id = $1";
    const SLOW: &str = "UPDATE thread SET slowed_at = $2 WHERE id = $1";

    if !thread.space().is_moderator() {
        return Err(AppError::NotFound);
    }
    let (statement, at) = match steer {
        Steer::Pin => (PIN, Some(actor.now())),
        Steer::Unpin => (PIN, None),
        Steer::Lock => (LOCK, Some(actor.now())),
        Steer::Unlock => (LOCK, None),
        Steer::Slow => (SLOW, Some(actor.now())),
        Steer::LetRun => (SLOW, None),
    };
    let mut transaction = actor.begin().await?;
    on!(&mut transaction, connection => sqlx::query(statement).bind(thread.id()).bind(at).execute(connection).await.map(|_| ()))?;
    let entry = audit::Entry { action: steer.key(), subject: "thread", subject_id: Some(thread.id().0), detail: "" };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}
