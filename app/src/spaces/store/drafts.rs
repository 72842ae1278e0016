//! What somebody has begun to write: kept on the server, one for each place, found again on another device, and read by nobody else.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::attachments::drop_files;
use crate::access::Actor;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::spaces::answers::Draft;
use crate::spaces::held::CaseId;
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
    /// A post that waits for a moderator, or was sent back: what it says stands with its case, and only its files lie here.
    Held(CaseId),
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
            Self::Held(case) => (case.0, 0),
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
    const DRAFT: &str =
        "SELECT title, source, is_unnamed, saved_at, kept FROM post_draft WHERE person_id = $1 AND place_id = $2 AND number = $3";

    let (place, number) = desk.key();
    let database = actor.database();
    let row: Option<(String, String, bool, DateTime<Utc>, i64)> = on!(database, pool => sqlx::query_as(DRAFT)
        .bind(actor.person())
        .bind(place)
        .bind(number)
        .fetch_optional(pool).await)?;
    Ok(row.map(|(title, source, is_unnamed, saved_at, kept)| Draft {
        title,
        html: preview(&source),
        source,
        is_unnamed,
        saved_at: ::series::local(saved_at),
        kept,
    }))
}

/// Keeps what the actor has begun to write, in the place of whatever was kept before. Of a text that is too long its beginning is kept.
pub async fn keep_draft(actor: &Actor, desk: &Desk, begun: &Begun<'_>) -> Result<(), AppError> {
    const KEEP: &str = "\
INSERT INTO post_draft (person_id, place_id, number, title, source, is_unnamed, saved_at, kept)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8 + 1)
ON CONFLICT (person_id, place_id, number) DO UPDATE
SET title = excluded.title, source = excluded.source, is_unnamed = excluded.is_unnamed, saved_at = excluded.saved_at, kept = post_draft.kept + 1
RETURNING kept";

    keep_by(KEEP, actor, desk, begun, 0).await.map(|_| ())
}

/// The same for what is typed in a window that knows of a copy which was `kept` so often; 0 of none. What was written in another window since is not
/// written over. Answers how often it is kept now.
pub async fn keep_typed(actor: &Actor, desk: &Desk, begun: &Begun<'_>, kept: i64) -> Result<i64, AppError> {
    const FIRST: &str = "\
INSERT INTO post_draft (person_id, place_id, number, title, source, is_unnamed, saved_at, kept)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8 + 1)
ON CONFLICT (person_id, place_id, number) DO NOTHING
RETURNING kept";
    const AGAIN: &str = "\
UPDATE post_draft
SET title = $4, source = $5, is_unnamed = $6, saved_at = $7, kept = $8 + 1
WHERE person_id = $1
    AND place_id = $2
    AND number = $3
    AND kept = $8
RETURNING kept";

    keep_by(if kept == 0 { FIRST } else { AGAIN }, actor, desk, begun, kept).await
}

async fn keep_by(statement: &'static str, actor: &Actor, desk: &Desk, begun: &Begun<'_>, kept: i64) -> Result<i64, AppError> {
    let (place, number) = desk.key();
    let title: String = plain_line(begun.title).chars().take(2 * LONGEST_TITLE).collect();
    let source: String = plain_text(begun.text).chars().take(2 * LONGEST_POST).collect();
    let mut transaction = actor.begin().await?;
    let kept: Option<i64> = if title.is_empty() && source.is_empty() {
        forget(&mut transaction, actor, desk).await?;
        Some(0)
    } else {
        on!(&mut transaction, connection => sqlx::query_scalar(statement)
            .bind(actor.person())
            .bind(place)
            .bind(number)
            .bind(&title)
            .bind(&source)
            .bind(begun.is_unnamed)
            .bind(actor.now())
            .bind(kept)
            .fetch_optional(connection).await)?
    };
    transaction.commit().await?;
    kept.ok_or_else(|| AppError::Conflict(WRITTEN_ELSEWHERE.to_owned()))
}

/// Said where a window is open that does not know of the latest copy.
pub const WRITTEN_ELSEWHERE: &str = "You have written or posted this in another window since. What you type here is not kept by itself: send it from here, or copy it before you leave.";

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
