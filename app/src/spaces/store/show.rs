//! Showing what waited. It becomes a post at the moment at which somebody lets it through, with the next number of its thread: whoever has read to the
//! end finds it under what is new, and nobody can tell that it waited.

use super::change::{Change, apply_change};
use super::handling::handles;
use super::held_files::show_files;
use super::open::starters_since;
use super::readable::may_still_post;
use super::reply::{NewPost, insert_post, next_reply};
use super::start::{NewThread, insert_thread};
use crate::access::Actor;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::PersonId;
use crate::spaces::held::CaseId;
use crate::spaces::model::{SpaceId, ThreadId};
use crate::spaces::written::Written;

#[derive(sqlx::FromRow)]
struct Row {
    space_id: SpaceId,
    author_id: PersonId,
    thread_id: Option<ThreadId>,
    number: Option<i64>,
    quoted: Option<i64>,
    title: String,
    source: String,
    html: String,
    is_unnamed: bool,
}

/// Shows what a case holds, if the actor may decide about it and whoever wrote it may still post there. Of what bears no name that is not asked: that it
/// could not be shown would tell whose it is. The caller has taken the case.
pub async fn show_held(transaction: &mut Transaction, actor: &Actor, case: CaseId) -> Result<(), AppError> {
    const SHOW: &str = concat!(
        "\
UPDATE held_post
SET state = 'shown'
WHERE case_id = $1
    AND state = 'waiting'
    AND EXISTS (
        SELECT 1
        FROM moderation_case c
        WHERE c.id = held_post.case_id
            AND (held_post.is_unnamed OR ",
        may_still_post!("held_post.author_id", "c.space_id", "$3"),
        ")
            AND (NOT held_post.is_unnamed OR held_post.number IS NOT NULL
                OR EXISTS (SELECT 1 FROM space s WHERE s.id = c.space_id AND s.allows_unnamed))
            AND ",
        handles!("$2"),
        ")
RETURNING (SELECT c.space_id FROM moderation_case c WHERE c.id = held_post.case_id) AS space_id, author_id, thread_id, number, quoted, title, source, html,
    is_unnamed"
    );
    const EMPTY: &str = "UPDATE held_post SET title = '', source = '', html = '', thread_id = $2, number = $3 WHERE case_id = $1";

    let row: Option<Row> = on!(&mut transaction, connection => sqlx::query_as(SHOW)
        .bind(case)
        .bind(actor.person())
        .bind(starters_since(actor))
        .fetch_optional(connection).await)?;
    let Some(row) = row else { return Err(why_not(transaction, case).await?) };
    let Row { space_id: space, author_id: author, thread_id, number, quoted, title, source, html, is_unnamed } = row;
    let text = Written::of_kept(source, html).bearing_name(!is_unnamed);
    let (thread, number) = match (thread_id, number) {
        (None, _) => {
            let thread = insert_thread(transaction, actor.now(), &NewThread { space, author, title: &title, text: &text }).await?.0;
            insert_post(transaction, actor, &NewPost { space, thread, number: 1, quoted: None, author, text: &text }).await?;
            (thread, 1)
        }
        (Some(thread), None) => {
            let number = next_reply(transaction, actor.now(), thread).await?.ok_or_else(locked)?;
            insert_post(transaction, actor, &NewPost { space, thread, number, quoted, author, text: &text }).await?;
            (thread, number)
        }
        (Some(thread), Some(number)) => {
            let change = Change { shown: None, post: NewPost { space, thread, number, quoted: None, author, text: &text } };
            if apply_change(transaction, actor, &change).await?.is_none() {
                return Err(AppError::Conflict(
                    "The post that this would change was hidden or withdrawn meanwhile. Send it back.".to_owned(),
                ));
            }
            (thread, number)
        }
    };
    on!(&mut transaction, connection => sqlx::query(EMPTY)
        .bind(case)
        .bind(thread)
        .bind(number)
        .execute(connection).await.map(|_| ()))?;
    show_files(transaction, (case, author), (thread, number)).await
}

/// Why something was not shown: it waits no more, or whoever wrote it has gone, or nobody posts there without their name. Then it waits on as it is.
async fn why_not(transaction: &mut Transaction, case: CaseId) -> Result<AppError, AppError> {
    const WAITS: &str = "SELECT is_unnamed FROM held_post WHERE case_id = $1 AND state = 'waiting'";

    let waits: Option<bool> = on!(&mut transaction, connection => sqlx::query_scalar(WAITS).bind(case).fetch_optional(connection).await)?;
    let Some(is_unnamed) = waits else { return Ok(AppError::NotFound) };
    Ok(AppError::Conflict(if is_unnamed { NO_NAME } else { GONE }.to_owned()))
}

/// What a moderator is told who would show what somebody wrote who has gone since.
const GONE: &str = "Whoever wrote this can no longer post here: they have left the space, or their account is suspended. It was not shown, and nothing of it is lost. It waits as it is: show it once they are back, or send it back to them.";

/// What they are told where posts without a name are no longer taken.
const NO_NAME: &str = "In this space nobody posts without their name any more, so it was not shown. It waits as it is, and nothing of it is lost: send it back, or have a coordinator allow posts without a name again.";

fn locked() -> AppError {
    AppError::Conflict("The thread was locked meanwhile, so nobody can reply. Unlock it first, or send the post back.".to_owned())
}
