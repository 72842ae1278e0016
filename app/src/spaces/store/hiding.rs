//! Hiding a post, and showing it again. What a hidden post says is put aside: its readers find nothing in its place, however they read.

use super::apart::who_wrote_unnamed;
use super::change::take;
use super::reply::{NewPost, mention};
use crate::access::Actor;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::PersonId;
use crate::spaces::held::HiddenAs;
use crate::spaces::model::{SpaceId, ThreadId};
use crate::spaces::written::Written;

/// Whether a post says what it says: it was neither withdrawn nor hidden. `$post` is a row of `post`. Whatever counts, searches or shows posts asks it.
macro_rules! is_shown {
    ($post:literal) => {
        concat!($post, ".withdrawn_at IS NULL AND ", $post, ".hidden_as IS NULL")
    };
}
pub(crate) use is_shown;

/// Hides a post that was not withdrawn, and the title of the thread that begins with it.
pub async fn hide_post(transaction: &mut Transaction, (thread, number): (ThreadId, i64), hidden_as: HiddenAs) -> Result<(), AppError> {
    const PUT_ASIDE: &str = "\
INSERT INTO hidden_post (thread_id, number, source, html, title, excerpt)
SELECT p.thread_id, p.number, p.source, p.html, t.title, t.excerpt
FROM post p
JOIN thread t ON t.id = p.thread_id
WHERE p.thread_id = $1
    AND p.number = $2
    AND p.withdrawn_at IS NULL
    AND p.hidden_as IS NULL";
    const HIDE: &str = "\
UPDATE post
SET source = '', html = '', hidden_as = $3
WHERE thread_id = $1
    AND number = $2
    AND withdrawn_at IS NULL";
    const NOBODY_MEANT: &str = "DELETE FROM mention WHERE thread_id = $1 AND number = $2";
    const NO_TITLE: &str = "UPDATE thread SET title = 'Hidden by a moderator', excerpt = 'Hidden by a moderator.' WHERE id = $1";

    // Whoever changes or withdraws it at this moment comes before or after.
    take(transaction, thread).await?;
    on!(&mut transaction, connection => sqlx::query(PUT_ASIDE).bind(thread).bind(number).execute(connection).await.map(|_| ()))?;
    let hidden = on!(&mut transaction, connection => sqlx::query(HIDE)
        .bind(thread)
        .bind(number)
        .bind(hidden_as)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    on!(&mut transaction, connection => sqlx::query(NOBODY_MEANT).bind(thread).bind(number).execute(connection).await.map(|_| ()))?;
    if hidden > 0 && number == 1 {
        on!(&mut transaction, connection => sqlx::query(NO_TITLE).bind(thread).execute(connection).await.map(|_| ()))?;
    }
    Ok(())
}

/// Shows a hidden post as it was, and means again whom it meant.
pub async fn show_post_again(transaction: &mut Transaction, actor: &Actor, (thread, number): (ThreadId, i64)) -> Result<(), AppError> {
    const HIDDEN: &str = "\
SELECT h.source, h.html, p.author_id, t.space_id
FROM hidden_post h
JOIN post p ON p.thread_id = h.thread_id AND p.number = h.number
JOIN thread t ON t.id = h.thread_id
WHERE h.thread_id = $1
    AND h.number = $2
    AND p.withdrawn_at IS NULL";
    const SHOW: &str =
        "UPDATE post SET source = $3, html = $4, hidden_as = NULL WHERE thread_id = $1 AND number = $2 AND withdrawn_at IS NULL";

    take(transaction, thread).await?;
    let hidden: Option<(String, String, Option<PersonId>, SpaceId)> = on!(&mut transaction, connection => sqlx::query_as(HIDDEN)
        .bind(thread)
        .bind(number)
        .fetch_optional(connection).await)?;
    let Some((source, html, author, space)) = hidden else { return Ok(()) };
    on!(&mut transaction, connection => sqlx::query(SHOW)
        .bind(thread)
        .bind(number)
        .bind(&source)
        .bind(&html)
        .execute(connection).await.map(|_| ()))?;
    let author = match author {
        Some(author) => Some(author),
        None => who_wrote_unnamed(transaction, (thread, number)).await?,
    };
    let author = author.ok_or(AppError::NotFound)?;
    let text = Written::of_kept(source, html);
    mention(transaction, actor, &NewPost { space, thread, number, quoted: None, author, text: &text }).await?;
    bring_back_title(transaction, (thread, number)).await
}

/// Gives a thread back the title with which its first post was hidden, and forgets what was put aside.
pub(super) async fn bring_back_title(transaction: &mut Transaction, (thread, number): (ThreadId, i64)) -> Result<(), AppError> {
    const TITLE: &str = "\
UPDATE thread
SET title = (SELECT h.title FROM hidden_post h WHERE h.thread_id = $1 AND h.number = 1),
    excerpt = (SELECT h.excerpt FROM hidden_post h WHERE h.thread_id = $1 AND h.number = 1)
WHERE id = $1
    AND EXISTS (SELECT 1 FROM hidden_post h WHERE h.thread_id = $1 AND h.number = 1)";

    if number == 1 {
        on!(&mut transaction, connection => sqlx::query(TITLE).bind(thread).execute(connection).await.map(|_| ()))?;
    }
    forget_hidden(transaction, (thread, number)).await
}

/// Forgets what a hidden post said.
pub(super) async fn forget_hidden(transaction: &mut Transaction, (thread, number): (ThreadId, i64)) -> Result<(), AppError> {
    const FORGET: &str = "DELETE FROM hidden_post WHERE thread_id = $1 AND number = $2";

    on!(&mut transaction, connection => sqlx::query(FORGET).bind(thread).bind(number).execute(connection).await.map(|_| ()))?;
    Ok(())
}
