//! Replying to a thread.

use chrono::{DateTime, Utc};

use super::apart::{keep_apart, record};
use super::attachments::{check_files, post_files};
use super::drafts::{Desk, forget};
use super::held_files::hold_files;
use super::holding::{Holding, hold, why_it_waits};
use super::open::OpenedThread;
use super::people::readers_among;
use crate::access::Actor;
use crate::audit::Entry;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::PersonId;
use crate::spaces::model::{SpaceId, ThreadId};
use crate::spaces::written::Written;

/// A post on its way.
pub(super) struct NewPost<'a> {
    pub space: SpaceId,
    pub thread: ThreadId,
    pub number: i64,
    pub quoted: Option<i64>,
    pub author: PersonId,
    pub text: &'a Written,
}

/// Replies to a thread, or to one of its posts. Answers the number of the reply, or nothing where it waits for a moderator.
pub async fn reply(actor: &Actor, thread: &OpenedThread, quoted: Option<i64>, text: &Written) -> Result<Option<i64>, AppError> {
    let locked = || {
        AppError::Conflict(
            "This thread was locked, so nobody can reply any more. What you wrote is still in the box: copy it if you need it.".to_owned(),
        )
    };
    let (space, author) = (thread.space().id(), actor.person());
    let mut transaction = actor.begin().await?;
    forget(&mut transaction, actor, &Desk::Reply(thread.id())).await?;
    let waits = why_it_waits(&mut transaction, actor, (thread.space(), Some(thread.id())), text).await?;
    check_files(&mut transaction, actor, &Desk::Reply(thread.id()), text.is_unnamed()).await?;
    if let Some(because) = waits {
        if !is_open(&mut transaction, thread.id()).await? {
            return Err(locked());
        }
        let holding = Holding { space, thread: Some(thread.id()), number: None, quoted, title: "", text, because };
        let case = hold(&mut transaction, actor, &holding).await?;
        hold_files(&mut transaction, actor, &Desk::Reply(thread.id()), (space, case)).await?;
        transaction.commit().await?;
        return Ok(None);
    }
    let number = next_reply(&mut transaction, actor.now(), thread.id()).await?.ok_or_else(locked)?;
    insert_post(&mut transaction, actor, &NewPost { space, thread: thread.id(), number, quoted, author, text }).await?;
    post_files(&mut transaction, actor, &Desk::Reply(thread.id()), (space, thread.id(), number)).await?;
    let entry = Entry { action: "reply_to_thread", subject: "thread", subject_id: Some(thread.id().0), detail: "" };
    record(&mut transaction, actor, text.is_unnamed(), entry).await?;
    transaction.commit().await?;
    Ok(Some(number))
}

/// Takes the next number of a thread. Whoever has it is the only one who does so until they have posted; nobody has where the thread was locked.
pub(super) async fn next_reply(transaction: &mut Transaction, now: DateTime<Utc>, thread: ThreadId) -> Result<Option<i64>, AppError> {
    const NEXT: &str = "\
UPDATE thread
SET posts = posts + 1, last_at = $2
WHERE id = $1
    AND locked_at IS NULL
RETURNING posts";

    Ok(on!(&mut transaction, connection => sqlx::query_scalar(NEXT).bind(thread).bind(now).fetch_optional(connection).await)?)
}

async fn is_open(transaction: &mut Transaction, thread: ThreadId) -> Result<bool, AppError> {
    const OPEN: &str = "SELECT locked_at IS NULL FROM thread WHERE id = $1";

    Ok(on!(&mut transaction, connection => sqlx::query_scalar(OPEN).bind(thread).fetch_one(connection).await)?)
}

/// Keeps a post with those who are meant in it. Its author has read it.
pub(super) async fn insert_post(transaction: &mut Transaction, actor: &Actor, post: &NewPost<'_>) -> Result<(), AppError> {
    const INSERT: &str = "\
INSERT INTO post (thread_id, number, author_id, quoted, source, html, written_at, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, 1)";
    // What stands between the last that they read and their own reply they have not read.
    const READ: &str = "\
INSERT INTO thread_mark (person_id, thread_id, read_to)
VALUES ($1, $2, $3)
ON CONFLICT (person_id, thread_id) DO UPDATE
SET read_to = excluded.read_to
WHERE thread_mark.read_to = excluded.read_to - 1";

    on!(&mut transaction, connection => sqlx::query(INSERT)
        .bind(post.thread)
        .bind(post.number)
        .bind((!post.text.is_unnamed()).then_some(post.author))
        .bind(post.quoted.filter(|quoted| (1..post.number).contains(quoted)))
        .bind(post.text.source())
        .bind(post.text.html())
        .bind(actor.now())
        .execute(connection).await.map(|_| ()))?;
    if post.text.is_unnamed() {
        keep_apart(transaction, post).await?;
    }
    mention(transaction, actor, post).await?;
    on!(&mut transaction, connection => sqlx::query(READ)
        .bind(post.author)
        .bind(post.thread)
        .bind(post.number)
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// Notes who is meant in a text, of those who can read it.
pub(super) async fn mention(transaction: &mut Transaction, actor: &Actor, post: &NewPost<'_>) -> Result<(), AppError> {
    const FORGET: &str = "DELETE FROM mention WHERE thread_id = $1 AND number = $2";
    const MENTION: &str = "INSERT INTO mention (thread_id, number, person_id) VALUES ($1, $2, $3)";

    on!(&mut transaction, connection => sqlx::query(FORGET).bind(post.thread).bind(post.number).execute(connection).await.map(|_| ()))?;
    for person in readers_among(transaction, actor, (post.space, post.author), &post.text.codes()).await? {
        on!(&mut transaction, connection => sqlx::query(MENTION)
            .bind(post.thread)
            .bind(post.number)
            .bind(person)
            .execute(connection).await.map(|_| ()))?;
    }
    Ok(())
}
