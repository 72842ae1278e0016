//! Starting a thread.

use chrono::{DateTime, Utc};

use super::apart::record;
use super::attachments::{check_files, files_of_draft, post_files};
use super::drafts::{Desk, draft_at, forget};
use super::held_files::hold_files;
use super::holding::{Holding, hold, posting_in, why_it_waits};
use super::open::{OpenedSpace, spaces_of};
use super::people::people_to_mean;
use super::reply::{NewPost, insert_post};
use crate::access::Actor;
use crate::audit::Entry;
use crate::database::{Transaction, new_id, on};
use crate::error::AppError;
use crate::people::PersonId;
use crate::spaces::answers::ThreadToStart;
use crate::spaces::model::{SpaceId, ThreadId};
use crate::spaces::written::Written;

/// What the form begins with.
pub async fn thread_to_start(actor: &Actor, space: &OpenedSpace) -> Result<ThreadToStart, AppError> {
    let posting = posting_in(actor, &mut actor.database().snapshot().await?, space, None).await?;
    Ok(ThreadToStart {
        space: space.line(),
        allows_unnamed: space.allows_unnamed(),
        people: people_to_mean(actor, space, None).await?,
        draft: draft_at(actor, &Desk::Thread(space.id())).await?,
        files: if space.takes_files() { Some(files_of_draft(actor, &Desk::Thread(space.id())).await?) } else { None },
        posting,
        spaces: spaces_of(actor).await?,
        now: ::series::local(actor.now()),
    })
}

/// Starts a thread. Answers its number in the space, or nothing where it waits for a moderator.
pub async fn start_thread(actor: &Actor, space: &OpenedSpace, title: &str, text: &Written) -> Result<Option<i64>, AppError> {
    let mut transaction = actor.begin().await?;
    forget(&mut transaction, actor, &Desk::Thread(space.id())).await?;
    let waits = why_it_waits(&mut transaction, actor, (space, None), text).await?;
    check_files(&mut transaction, actor, &Desk::Thread(space.id()), text.is_unnamed()).await?;
    if let Some(because) = waits {
        let holding = Holding { space: space.id(), thread: None, number: None, quoted: None, title, text, because };
        let case = hold(&mut transaction, actor, &holding).await?;
        hold_files(&mut transaction, actor, &Desk::Thread(space.id()), (space.id(), case)).await?;
        transaction.commit().await?;
        return Ok(None);
    }
    let author = actor.person();
    let (thread, number) = insert_thread(&mut transaction, actor.now(), &NewThread { space: space.id(), author, title, text }).await?;
    insert_post(&mut transaction, actor, &NewPost { space: space.id(), thread, number: 1, quoted: None, author, text }).await?;
    post_files(&mut transaction, actor, &Desk::Thread(space.id()), (space.id(), thread, 1)).await?;
    let entry = Entry { action: "start_thread", subject: "thread", subject_id: Some(thread.0), detail: "" };
    record(&mut transaction, actor, text.is_unnamed(), entry).await?;
    transaction.commit().await?;
    Ok(Some(number))
}

/// A thread on its way.
pub(super) struct NewThread<'a> {
    pub space: SpaceId,
    pub author: PersonId,
    pub title: &'a str,
    pub text: &'a Written,
}

/// Stores a thread, whose first post is still to come. Answers which it is, and its number.
pub(super) async fn insert_thread(
    transaction: &mut Transaction,
    now: DateTime<Utc>,
    thread: &NewThread<'_>,
) -> Result<(ThreadId, i64), AppError> {
    const INSERT: &str = "\
INSERT INTO thread (id, space_id, number, title, excerpt, author_id, started_at, posts, last_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $7)";

    let number = next_number(transaction, thread.space).await?;
    let id = ThreadId(new_id());
    on!(&mut transaction, connection => sqlx::query(INSERT)
        .bind(id)
        .bind(thread.space)
        .bind(number)
        .bind(thread.title)
        .bind(thread.text.excerpt())
        .bind((!thread.text.is_unnamed()).then_some(thread.author))
        .bind(now)
        .execute(connection).await.map(|_| ()))?;
    Ok((id, number))
}

/// The next number of a space: whoever takes it has it alone.
async fn next_number(transaction: &mut Transaction, space: SpaceId) -> Result<i64, AppError> {
    const NEXT: &str = "\
INSERT INTO space_count (space_id, threads)
VALUES ($1, 1)
ON CONFLICT (space_id) DO UPDATE
SET threads = space_count.threads + 1
RETURNING threads";

    Ok(on!(&mut transaction, connection => sqlx::query_scalar(NEXT).bind(space).fetch_one(connection).await)?)
}
