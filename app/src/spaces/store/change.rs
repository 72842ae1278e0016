//! Changing a post of one's own, and taking it back.

use super::apart::{is_own, record};
use super::attachments::files_of_posts;
use super::drafts::{Desk, draft_at, forget};
use super::hiding::{bring_back_title, forget_hidden};
use super::holding::{Holding, drop_changes, held_in, hold, posting_in, unnamed_posting_in, why_it_waits};
use super::open::OpenedThread;
use super::polls::forget_poll;
use super::reply::{NewPost, mention};
use crate::access::Actor;
use crate::audit::Entry;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::spaces::answers::PostToChange;
use crate::spaces::held::Because;
use crate::spaces::model::ThreadId;
use crate::spaces::written::Written;

/// A post of the actor's own.
#[derive(sqlx::FromRow)]
struct OwnPost {
    source: String,
    version: i64,
    is_hidden: bool,
    is_unnamed: bool,
}

async fn own_post(actor: &Actor, thread: &OpenedThread, number: i64) -> Result<OwnPost, AppError> {
    const OWN: &str = concat!(
        "\
SELECT COALESCE(h.source, p.source) AS source, p.version, p.hidden_as IS NOT NULL AS is_hidden, p.author_id IS NULL AS is_unnamed
FROM post p
LEFT JOIN hidden_post h ON h.thread_id = p.thread_id AND h.number = p.number
WHERE p.thread_id = $1
    AND p.number = $2
    AND p.withdrawn_at IS NULL
    AND (p.hidden_as IS NULL OR p.hidden_as = 'to_change')
    AND ",
        is_own!("p", "$3")
    );

    let database = actor.database();
    let row: Option<OwnPost> = on!(database, pool => sqlx::query_as(OWN)
        .bind(thread.id())
        .bind(number)
        .bind(actor.person())
        .fetch_optional(pool).await)?;
    row.ok_or(AppError::NotFound)
}

/// A post of the actor's own, as it was typed.
pub async fn post_to_change(actor: &Actor, thread: &OpenedThread, number: i64) -> Result<PostToChange, AppError> {
    let OwnPost { source, version, is_hidden, is_unnamed } = own_post(actor, thread, number).await?;
    let mut moment = actor.database().snapshot().await?;
    let mut posting = if is_unnamed {
        unnamed_posting_in(actor, &mut moment, thread.space(), Some(thread.id())).await?
    } else {
        posting_in(actor, &mut moment, thread.space(), Some(thread.id())).await?
    };
    let mut files = files_of_posts(actor, &mut moment, thread, (number, number)).await?;
    let waiting = held_in(actor, &mut moment, thread).await?.into_iter().find(|held| held.changes == Some(number));
    drop(moment);
    if is_hidden {
        posting.waits = Some(Because::AskedFor);
    }
    Ok(PostToChange {
        space: thread.space().line(),
        thread: (thread.number(), thread.title().to_owned()),
        number,
        source,
        version,
        draft: draft_at(actor, &Desk::Change(thread.id(), number)).await?,
        files: files.remove(&number).unwrap_or_default(),
        posting,
        waiting: waiting.map(|held| (held.code, held.is_sent_back)),
        now: ::series::local(actor.now()),
    })
}

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// The post says so.
    Shown,
    /// A moderator looks at it first.
    Waits,
    /// It says what the post says already.
    Nothing,
}

/// Changes a post that was shown in a version, or keeps the change for a moderator. Whoever is second is told, and keeps what they typed.
pub async fn change_post(actor: &Actor, thread: &OpenedThread, (number, shown): (i64, i64), text: &Written) -> Result<Changed, AppError> {
    // Whether it is theirs at all is the same question for everybody who asks.
    let own = own_post(actor, thread, number).await?;
    let asked_for = own.is_hidden.then_some(Because::AskedFor);
    let text = &text.clone().bearing_name(!own.is_unnamed);
    let mut transaction = actor.begin().await?;
    // What waits is taken before the thread, as whoever shows it does.
    drop_changes(&mut transaction, actor, thread.id(), number).await?;
    // Whoever changes it takes the thread first, so that two who do so at once come one after the other.
    take(&mut transaction, thread.id()).await?;
    forget(&mut transaction, actor, &Desk::Change(thread.id(), number)).await?;
    let is_same = !own.is_hidden && own.version == shown && own.source == text.source();
    if is_same && is_in_version(&mut transaction, (thread.id(), number), shown).await? {
        transaction.commit().await?;
        return Ok(Changed::Nothing);
    }
    let space = thread.space().id();
    let waits = why_it_waits(&mut transaction, actor, (thread.space(), Some(thread.id())), text).await?;
    if let Some(because) = asked_for.or(waits) {
        if !is_in_version(&mut transaction, (thread.id(), number), shown).await? {
            return Err(overtaken());
        }
        let holding = Holding { space, thread: Some(thread.id()), number: Some(number), quoted: None, title: "", text, because };
        hold(&mut transaction, actor, &holding).await?;
        transaction.commit().await?;
        return Ok(Changed::Waits);
    }
    let post = NewPost { space, thread: thread.id(), number, quoted: None, author: actor.person(), text };
    let Some(is_unnamed) = apply_change(&mut transaction, actor, &Change { shown: Some(shown), post }).await? else {
        return Err(overtaken());
    };
    let entry = Entry { action: "change_post", subject: "thread", subject_id: Some(thread.id().0), detail: &format!("post {number}") };
    record(&mut transaction, actor, is_unnamed, entry).await?;
    transaction.commit().await?;
    Ok(Changed::Shown)
}

fn overtaken() -> AppError {
    AppError::Conflict(
        "You have changed this post elsewhere meanwhile, or taken it back. What you typed is still in the box: copy it, then open the post again.".to_owned(),
    )
}

/// Whether a post, which is taken, is still in the version that was shown.
async fn is_in_version(transaction: &mut Transaction, (thread, number): (ThreadId, i64), shown: i64) -> Result<bool, AppError> {
    const FIND: &str = "SELECT COUNT(*) FROM post WHERE thread_id = $1 AND number = $2 AND version = $3";

    let found: i64 = on!(&mut transaction, connection => sqlx::query_scalar(FIND)
        .bind(thread)
        .bind(number)
        .bind(shown)
        .fetch_one(connection).await)?;
    Ok(found > 0)
}

/// A change on its way, of a post that was shown in a version, or in whichever it is in.
pub(super) struct Change<'a> {
    pub shown: Option<i64>,
    pub post: NewPost<'a>,
}

/// Gives a post another text, and keeps what it said before. A post that was hidden until it is changed is shown. Answers whether it bears no name;
/// nothing where it could not be changed.
pub(super) async fn apply_change(transaction: &mut Transaction, actor: &Actor, change: &Change<'_>) -> Result<Option<bool>, AppError> {
    const BEFORE: &str = concat!(
        "\
INSERT INTO post_before (thread_id, number, version, html, until)
SELECT p.thread_id, p.number, p.version, COALESCE(h.html, p.html), $5
FROM post p
LEFT JOIN hidden_post h ON h.thread_id = p.thread_id AND h.number = p.number
WHERE p.thread_id = $1
    AND p.number = $2
    AND p.version = COALESCE($4, p.version)
    AND p.withdrawn_at IS NULL
    AND (p.hidden_as IS NULL OR (p.hidden_as = 'to_change' AND $4 IS NULL))
    AND ",
        is_own!("p", "$3")
    );
    const CHANGE: &str = concat!(
        "\
UPDATE post
SET source = $5, html = $6, edited_at = $7, version = version + 1, hidden_as = NULL
WHERE thread_id = $1
    AND number = $2
    AND version = COALESCE($4, version)
    AND withdrawn_at IS NULL
    AND (hidden_as IS NULL OR (hidden_as = 'to_change' AND $4 IS NULL))
    AND ",
        is_own!("post", "$3"),
        "
RETURNING author_id IS NULL AS is_unnamed"
    );

    let Change { shown, post } = change;
    take(transaction, post.thread).await?;
    on!(&mut transaction, connection => sqlx::query(BEFORE)
        .bind(post.thread)
        .bind(post.number)
        .bind(post.author)
        .bind(shown)
        .bind(actor.now())
        .execute(connection).await.map(|_| ()))?;
    let changed: Option<bool> = on!(&mut transaction, connection => sqlx::query_scalar(CHANGE)
        .bind(post.thread)
        .bind(post.number)
        .bind(post.author)
        .bind(shown)
        .bind(post.text.source())
        .bind(post.text.html())
        .bind(actor.now())
        .fetch_optional(connection).await)?;
    let Some(is_unnamed) = changed else { return Ok(None) };
    mention(transaction, actor, post).await?;
    bring_back_title(transaction, (post.thread, post.number)).await?;
    if post.number == 1 {
        say_first_words(transaction, post.thread, &post.text.excerpt()).await?;
    }
    Ok(Some(is_unnamed))
}

/// Takes back a post of the actor's own: what it says is gone, and what it said before. That it was there stays, so that replies make sense.
pub async fn withdraw_post(actor: &Actor, thread: &OpenedThread, number: i64) -> Result<(), AppError> {
    withdraw_own(actor, thread.id(), number).await
}

/// The same wherever it stands, also where the actor reads no more: whose it is alone is asked.
pub async fn withdraw_own(actor: &Actor, thread: ThreadId, number: i64) -> Result<(), AppError> {
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
    drop_changes(&mut transaction, actor, thread, number).await?;
    take(&mut transaction, thread).await?;
    let withdrawn: Option<bool> = on!(&mut transaction, connection => sqlx::query_scalar(WITHDRAW)
        .bind(thread)
        .bind(number)
        .bind(actor.person())
        .bind(actor.now())
        .fetch_optional(connection).await)?;
    let is_unnamed = withdrawn.ok_or(AppError::NotFound)?;
    for forget in FORGET {
        on!(&mut transaction, connection => sqlx::query(forget)
            .bind(thread)
            .bind(number)
            .execute(connection).await.map(|_| ()))?;
    }
    forget_hidden(&mut transaction, (thread, number)).await?;
    if number == 1 {
        take_title_back(&mut transaction, thread).await?;
        forget_poll(&mut transaction, thread).await?;
    }
    forget(&mut transaction, actor, &Desk::Change(thread, number)).await?;
    let entry = Entry { action: "withdraw_post", subject: "thread", subject_id: Some(thread.0), detail: &format!("post {number}") };
    record(&mut transaction, actor, is_unnamed, entry).await?;
    transaction.commit().await
}

/// Takes the row of a thread, for a change of something in it.
pub(super) async fn take(transaction: &mut Transaction, thread: ThreadId) -> Result<(), AppError> {
    const TAKE: &str = "UPDATE thread SET posts = posts WHERE id = $1";

    on!(&mut transaction, connection => sqlx::query(TAKE).bind(thread).execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// With what a thread begins with, its title is gone too.
async fn take_title_back(transaction: &mut Transaction, thread: ThreadId) -> Result<(), AppError> {
    const TAKE: &str = "UPDATE thread SET title = 'Withdrawn by its author', excerpt = '' WHERE id = $1";

    on!(&mut transaction, connection => sqlx::query(TAKE).bind(thread).execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// What a list shows of a thread.
async fn say_first_words(transaction: &mut Transaction, thread: ThreadId, words: &str) -> Result<(), AppError> {
    const SAY: &str = "UPDATE thread SET excerpt = $2 WHERE id = $1";

    on!(&mut transaction, connection => sqlx::query(SAY).bind(thread).bind(words).execute(connection).await.map(|_| ()))?;
    Ok(())
}
