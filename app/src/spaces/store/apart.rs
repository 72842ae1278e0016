//! Who wrote a post without their name.
//!
//! It stands in a table of its own, so that no statement finds it by joining people with posts. What reads it answers whether the one who asks wrote
//! it, sends them a letter, puts what they wrote into the file of what is held about them, or answers the two who have opened it together. A test
//! (`apart_tests.rs`) looks for any other.

use chrono::{DateTime, Utc};

use super::reply::NewPost;
use crate::access::Actor;
use crate::audit::{self, Entry};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::messages::{NewMessage, queue};
use crate::people::PersonId;
use crate::spaces::model::{SpaceId, ThreadId};

/// Whether somebody wrote a post, with their name or without: `$post` is a row of `post`, `$person` who.
macro_rules! is_own {
    ($post:literal, $person:literal) => {
        concat!(
            "(COALESCE(",
            $post,
            ".author_id = ",
            $person,
            ", FALSE) OR EXISTS (SELECT 1 FROM author_apart own WHERE own.thread_id = ",
            $post,
            ".thread_id AND own.number = ",
            $post,
            ".number AND own.person_id = ",
            $person,
            "))"
        )
    };
}
pub(super) use is_own;

/// The posts that somebody wrote, with their name or without, as a statement: each is found by key.
macro_rules! own_posts {
    ($person:literal) => {
        concat!(
            "\
SELECT named.thread_id, named.number FROM post named WHERE named.author_id = ",
            $person,
            "
UNION ALL
SELECT apart.thread_id, apart.number FROM author_apart apart WHERE apart.person_id = ",
            $person
        )
    };
}
pub(super) use own_posts;

/// Whether somebody else wrote a post: the same the other way round, which for a post with another's name is known at once.
macro_rules! is_anothers {
    ($post:literal, $person:literal) => {
        concat!(
            "(",
            $post,
            ".author_id <> ",
            $person,
            " OR (",
            $post,
            ".author_id IS NULL AND NOT EXISTS (SELECT 1 FROM author_apart own WHERE own.thread_id = ",
            $post,
            ".thread_id AND own.number = ",
            $post,
            ".number AND own.person_id = ",
            $person,
            ")))"
        )
    };
}
pub(crate) use is_anothers;

/// Keeps who writes a post without their name, if that is done in its space at this moment.
pub(super) async fn keep_apart(transaction: &mut Transaction, post: &NewPost<'_>) -> Result<(), AppError> {
    const KEEP: &str = "\
INSERT INTO author_apart (thread_id, number, person_id)
SELECT $1, $2, $3
FROM space
WHERE id = $4
    AND allows_unnamed";

    let kept = on!(&mut transaction, connection => sqlx::query(KEEP)
        .bind(post.thread)
        .bind(post.number)
        .bind(post.author)
        .bind(post.space)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if kept == 0 { Err(nobody_here()) } else { Ok(()) }
}

/// That people may post without their name in a space at this moment.
pub(super) async fn check_unnamed(transaction: &mut Transaction, space: SpaceId) -> Result<(), AppError> {
    const ALLOWS: &str = "SELECT COUNT(*) FROM space WHERE id = $1 AND allows_unnamed";

    let allows: i64 = on!(&mut *transaction, connection => sqlx::query_scalar(ALLOWS).bind(space).fetch_one(connection).await)?;
    if allows == 0 { Err(nobody_here()) } else { Ok(()) }
}

fn nobody_here() -> AppError {
    AppError::Conflict(
        "In this space nobody posts without their name. Nothing was posted, and what you wrote is still in the box.".to_owned(),
    )
}

/// Writes down what was done to a post: by whom, unless it bears no name.
pub(super) async fn record(transaction: &mut Transaction, actor: &Actor, is_unnamed: bool, entry: Entry<'_>) -> Result<(), AppError> {
    if is_unnamed {
        let detail = format!("{} without a name", entry.detail);
        audit::record_by_anyone(transaction, actor.now(), Entry { detail: detail.trim_start(), ..entry }).await
    } else {
        audit::record(transaction, actor, entry).await
    }
}

/// Writes a letter to whoever wrote a post without their name, which tells nobody who that is. Answers whether there was such a post.
pub async fn write_to_unnamed(
    transaction: &mut Transaction,
    post: (ThreadId, i64),
    letter: impl FnOnce(PersonId) -> NewMessage,
    now: DateTime<Utc>,
) -> Result<bool, AppError> {
    let who = who_wrote_unnamed(transaction, post).await?;
    let Some(who) = who else { return Ok(false) };
    queue(transaction, &letter(who), now).await?;
    Ok(true)
}

/// Who wrote a post without their name, for what concerns them alone: whoever decides about a report is never they, and they are told what was decided.
pub async fn who_wrote_unnamed(transaction: &mut Transaction, (thread, number): (ThreadId, i64)) -> Result<Option<PersonId>, AppError> {
    const WHO: &str = "SELECT person_id FROM author_apart WHERE thread_id = $1 AND number = $2";

    Ok(on!(&mut transaction, connection => sqlx::query_scalar(WHO)
        .bind(thread)
        .bind(number)
        .fetch_optional(connection).await)?)
}
