//! Starting a thread.

use super::apart::record;
use super::attachments::{files_of_draft, post_files};
use super::drafts::{Desk, draft_at, forget};
use super::open::{OpenedSpace, spaces_of};
use super::people::people_to_mean;
use super::reply::{NewPost, insert_post};
use crate::access::Actor;
use crate::audit::Entry;
use crate::database::{Transaction, new_id, on};
use crate::error::AppError;
use crate::spaces::answers::ThreadToStart;
use crate::spaces::model::{SpaceId, ThreadId};
use crate::spaces::written::Written;

/// What the form begins with.
pub async fn thread_to_start(actor: &Actor, space: &OpenedSpace) -> Result<ThreadToStart, AppError> {
    Ok(ThreadToStart {
        space: space.line(),
        allows_unnamed: space.allows_unnamed(),
        people: people_to_mean(actor, space, None).await?,
        draft: draft_at(actor, &Desk::Thread(space.id())).await?,
        files: if space.takes_files() { Some(files_of_draft(actor, &Desk::Thread(space.id())).await?) } else { None },
        spaces: spaces_of(actor).await?,
        now: ::series::local(actor.now()),
    })
}

/// Starts a thread. Answers its number in the space.
pub async fn start_thread(actor: &Actor, space: &OpenedSpace, title: &str, text: &Written) -> Result<i64, AppError> {
    const INSERT: &str = "\
INSERT INTO thread (id, space_id, number, title, excerpt, author_id, started_at, posts, last_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $7)";

    let mut transaction = actor.begin().await?;
    let number = next_number(&mut transaction, space.id()).await?;
    let thread = ThreadId(new_id());
    on!(&mut transaction, connection => sqlx::query(INSERT)
        .bind(thread)
        .bind(space.id())
        .bind(number)
        .bind(title)
        .bind(text.excerpt())
        .bind((!text.is_unnamed()).then(|| actor.person()))
        .bind(actor.now())
        .execute(connection).await.map(|_| ()))?;
    insert_post(&mut transaction, actor, &NewPost { space: space.id(), thread, number: 1, quoted: None, text }).await?;
    post_files(&mut transaction, actor, &Desk::Thread(space.id()), (space.id(), thread, 1)).await?;
    forget(&mut transaction, actor, &Desk::Thread(space.id())).await?;
    let entry = Entry { action: "start_thread", subject: "thread", subject_id: Some(thread.0), detail: "" };
    record(&mut transaction, actor, text.is_unnamed(), entry).await?;
    transaction.commit().await?;
    Ok(number)
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
