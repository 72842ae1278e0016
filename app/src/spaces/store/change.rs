//! Changing a post of one's own, and taking it back.

use super::apart::{is_own, record};
use super::attachments::files_of_posts;
use super::drafts::{Desk, draft_at, forget};
use super::open::OpenedThread;
use super::reply::mention;
use crate::access::Actor;
use crate::audit::Entry;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::spaces::answers::PostToChange;
use crate::spaces::written::Written;

/// A post of the actor's own, as it was typed.
pub async fn post_to_change(actor: &Actor, thread: &OpenedThread, number: i64) -> Result<PostToChange, AppError> {
    const OWN: &str = concat!(
        "\
SELECT source, version
FROM post
WHERE thread_id = $1
    AND number = $2
    AND withdrawn_at IS NULL
    AND ",
        is_own!("post", "$3")
    );

    let database = actor.database();
    let row: Option<(String, i64)> = on!(database, pool => sqlx::query_as(OWN)
        .bind(thread.id())
        .bind(number)
        .bind(actor.person())
        .fetch_optional(pool).await)?;
    let (source, version) = row.ok_or(AppError::NotFound)?;
    Ok(PostToChange {
        space: thread.space().line(),
        thread: (thread.number(), thread.title().to_owned()),
        number,
        source,
        version,
        draft: draft_at(actor, &Desk::Change(thread.id(), number)).await?,
        files: files_of_posts(actor, thread, (number, number)).await?.remove(&number).unwrap_or_default(),
        now: ::series::local(actor.now()),
    })
}

/// Changes a post that was shown in a version. Whoever is second is told, and keeps what they typed.
pub async fn change_post(actor: &Actor, thread: &OpenedThread, (number, shown): (i64, i64), text: &Written) -> Result<(), AppError> {
    const BEFORE: &str = concat!(
        "\
INSERT INTO post_before (thread_id, number, version, html, until)
SELECT thread_id, number, version, html, $5
FROM post
WHERE thread_id = $1
    AND number = $2
    AND version = $4
    AND withdrawn_at IS NULL
    AND ",
        is_own!("post", "$3")
    );
    const CHANGE: &str = concat!(
        "\
UPDATE post
SET source = $5, html = $6, edited_at = $7, version = version + 1
WHERE thread_id = $1
    AND number = $2
    AND version = $4
    AND withdrawn_at IS NULL
    AND ",
        is_own!("post", "$3"),
        "
RETURNING author_id IS NULL AS is_unnamed"
    );

    // Whether it is theirs at all is the same question for everybody who asks.
    post_to_change(actor, thread, number).await?;
    let mut transaction = actor.begin().await?;
    // Whoever changes it takes the thread first, so that two who do so at once come one after the other.
    take(&mut transaction, thread).await?;
    on!(&mut transaction, connection => sqlx::query(BEFORE)
        .bind(thread.id())
        .bind(number)
        .bind(actor.person())
        .bind(shown)
        .bind(actor.now())
        .execute(connection).await.map(|_| ()))?;
    let changed: Option<bool> = on!(&mut transaction, connection => sqlx::query_scalar(CHANGE)
        .bind(thread.id())
        .bind(number)
        .bind(actor.person())
        .bind(shown)
        .bind(text.source())
        .bind(text.html())
        .bind(actor.now())
        .fetch_optional(connection).await)?;
    let Some(is_unnamed) = changed else {
        return Err(AppError::Conflict(
            "You have changed this post elsewhere meanwhile, or taken it back. What you typed is still in the box: copy it, then open the post again.".to_owned(),
        ));
    };
    mention(&mut transaction, actor, thread.space().id(), (thread.id(), number), text).await?;
    if number == 1 {
        say_first_words(&mut transaction, thread, &text.excerpt()).await?;
    }
    forget(&mut transaction, actor, &Desk::Change(thread.id(), number)).await?;
    let entry = Entry { action: "change_post", subject: "thread", subject_id: Some(thread.id().0), detail: &format!("post {number}") };
    record(&mut transaction, actor, is_unnamed, entry).await?;
    transaction.commit().await
}

/// Takes back a post of the actor's own: what it says is gone, and what it said before. That it was there stays, so that replies make sense.
pub async fn withdraw_post(actor: &Actor, thread: &OpenedThread, number: i64) -> Result<(), AppError> {
    const WITHDRAW: &str = concat!(
        "\
UPDATE post
SET source = '', html = '', withdrawn_at = $4, version = version + 1
WHERE thread_id = $1
    AND number = $2
    AND withdrawn_at IS NULL
    AND ",
        is_own!("post", "$3"),
        "
RETURNING author_id IS NULL AS is_unnamed"
    );
    const FORGET: [&str; 4] = [
        "DELETE FROM attachment WHERE thread_id = $1 AND number = $2",
        "DELETE FROM post_before WHERE thread_id = $1 AND number = $2",
        "DELETE FROM mention WHERE thread_id = $1 AND number = $2",
        "DELETE FROM saved_post WHERE thread_id = $1 AND number = $2",
    ];

    let mut transaction = actor.begin().await?;
    take(&mut transaction, thread).await?;
    let withdrawn: Option<bool> = on!(&mut transaction, connection => sqlx::query_scalar(WITHDRAW)
        .bind(thread.id())
        .bind(number)
        .bind(actor.person())
        .bind(actor.now())
        .fetch_optional(connection).await)?;
    let is_unnamed = withdrawn.ok_or(AppError::NotFound)?;
    for forget in FORGET {
        on!(&mut transaction, connection => sqlx::query(forget)
            .bind(thread.id())
            .bind(number)
            .execute(connection).await.map(|_| ()))?;
    }
    if number == 1 {
        take_title_back(&mut transaction, thread).await?;
    }
    forget(&mut transaction, actor, &Desk::Change(thread.id(), number)).await?;
    let entry = Entry { action: "withdraw_post", subject: "thread", subject_id: Some(thread.id().0), detail: &format!("post {number}") };
    record(&mut transaction, actor, is_unnamed, entry).await?;
    transaction.commit().await
}

/// Takes the row of a thread, for a change of something in it.
async fn take(transaction: &mut Transaction, thread: &OpenedThread) -> Result<(), AppError> {
    const TAKE: &str = "UPDATE thread SET posts = posts WHERE id = $1";

    on!(&mut transaction, connection => sqlx::query(TAKE).bind(thread.id()).execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// With what a thread begins with, its title is gone too.
async fn take_title_back(transaction: &mut Transaction, thread: &OpenedThread) -> Result<(), AppError> {
    const TAKE: &str = "UPDATE thread SET title = 'Withdrawn by its author', excerpt = '' WHERE id = $1";

    on!(&mut transaction, connection => sqlx::query(TAKE).bind(thread.id()).execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// What a list shows of a thread.
async fn say_first_words(transaction: &mut Transaction, thread: &OpenedThread, words: &str) -> Result<(), AppError> {
    const SAY: &str = "UPDATE thread SET excerpt = $2 WHERE id = $1";

    on!(&mut transaction, connection => sqlx::query(SAY).bind(thread.id()).bind(words).execute(connection).await.map(|_| ()))?;
    Ok(())
}
