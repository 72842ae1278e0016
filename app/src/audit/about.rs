//! What the log tells of one thing.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::access::Actor;
use crate::database::on;
use crate::error::AppError;
use crate::people::PersonId;

/// An entry about a thing, without its place in the chain.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Told {
    /// What was done: `give_cover`.
    pub action: String,
    /// What about it.
    pub detail: String,
    /// When.
    #[sqlx(rename = "written_at")]
    pub at: DateTime<Utc>,
    /// By whom; nobody where the program itself did it.
    #[sqlx(rename = "actor_id")]
    pub by: Option<PersonId>,
}

/// Every entry about a thing, the latest first. The caller has opened that thing for the actor, and shows no more of this than its reader may know.
pub async fn told_about(actor: &Actor, subject: &str, id: Uuid) -> Result<Vec<Told>, AppError> {
    const ABOUT: &str = "\
SELECT action, detail, written_at, actor_id
FROM audit_entry
WHERE subject_id = $1
    AND subject = $2
ORDER BY sequence DESC";

    let database = actor.database();
    Ok(on!(database, pool => sqlx::query_as(ABOUT).bind(id).bind(subject).fetch_all(pool).await)?)
}
