//! What somebody has begun to write: kept on the server, one for each place, found again on another device, and read by nobody else.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::attachments::drop_files;
use crate::access::Actor;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::spaces::answers::Draft;
use crate::spaces::model::{LONGEST_POST, LONGEST_TITLE, SpaceId, ThreadId};
use crate::spaces::plain::{plain_line, plain_text};
use crate::spaces::written::preview;

/// The place for which something is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Desk {
    /// A new thread in a space.
    Thread(SpaceId),
    /// A reply to a thread.
    Reply(ThreadId),
    /// A change of a post of a thread.
    Change(ThreadId, i64),
}

impl Desk {
    /// The space or the thread.
    pub(super) const fn place(self) -> Uuid {
        self.key().0
    }

    const fn key(self) -> (Uuid, i64) {
        match self {
            Self::Thread(space) => (space.0, 0),
            Self::Reply(thread) => (thread.0, 0),
            Self::Change(thread, number) => (thread.0, number),
        }
    }
}

/// What is kept of something that was begun.
#[derive(Clone, Copy, Debug)]
pub struct Begun<'a> {
    /// The title, of a new thread.
    pub title: &'a str,
    /// The text.
    pub text: &'a str,
    /// Whether it is not to bear the writer's name: whoever looks at it once more before posting it must not post it with theirs by that.
    pub is_unnamed: bool,
}

/// What the actor has begun to write somewhere.
pub async fn draft_at(actor: &Actor, desk: &Desk) -> Result<Option<Draft>, AppError> {
    const DRAFT: &str = "SELECT title, source, is_unnamed, saved_at FROM post_draft WHERE person_id = $1 AND place_id = $2 AND number = $3";

    let (place, number) = desk.key();
    let database = actor.database();
    let row: Option<(String, String, bool, DateTime<Utc>)> = on!(database, pool => sqlx::query_as(DRAFT)
        .bind(actor.person())
        .bind(place)
        .bind(number)
        .fetch_optional(pool).await)?;
    Ok(row.map(|(title, source, is_unnamed, saved_at)| Draft {
        title,
        html: preview(&source),
        source,
        is_unnamed,
        saved_at: ::series::local(saved_at),
    }))
}

/// Keeps what the actor has begun to write, in the place of what was kept before. Of a text that is too long its beginning is kept.
pub async fn keep_draft(actor: &Actor, desk: &Desk, begun: &Begun<'_>) -> Result<(), AppError> {
    const KEEP: &str = "\
INSERT INTO post_draft (person_id, place_id, number, title, source, is_unnamed, saved_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (person_id, place_id, number) DO UPDATE
SET title = excluded.title, source = excluded.source, is_unnamed = excluded.is_unnamed, saved_at = excluded.saved_at";

    let (place, number) = desk.key();
    let title: String = plain_line(begun.title).chars().take(2 * LONGEST_TITLE).collect();
    let source: String = plain_text(begun.text).chars().take(2 * LONGEST_POST).collect();
    let mut transaction = actor.begin().await?;
    if title.is_empty() && source.is_empty() {
        forget(&mut transaction, actor, desk).await?;
    } else {
        on!(&mut transaction, connection => sqlx::query(KEEP)
            .bind(actor.person())
            .bind(place)
            .bind(number)
            .bind(&title)
            .bind(&source)
            .bind(begun.is_unnamed)
            .bind(actor.now())
            .execute(connection).await.map(|_| ()))?;
    }
    transaction.commit().await
}

/// Forgets what the actor has begun to write somewhere, with what is attached to it.
pub async fn drop_draft(actor: &Actor, desk: &Desk) -> Result<(), AppError> {
    let mut transaction = actor.begin().await?;
    forget(&mut transaction, actor, desk).await?;
    if !matches!(desk, Desk::Change(..)) {
        drop_files(&mut transaction, actor, desk).await?;
    }
    transaction.commit().await
}

/// The same within a unit of work: what was posted is a draft no more.
pub(super) async fn forget(transaction: &mut Transaction, actor: &Actor, desk: &Desk) -> Result<(), AppError> {
    const FORGET: &str = "DELETE FROM post_draft WHERE person_id = $1 AND place_id = $2 AND number = $3";

    let (place, number) = desk.key();
    on!(&mut transaction, connection => sqlx::query(FORGET)
        .bind(actor.person())
        .bind(place)
        .bind(number)
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}
