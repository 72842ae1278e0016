//! Showing what waited. It becomes a post at the moment at which somebody lets it through, with the next number of its thread: whoever has read to the
//! end finds it under what is new, and nobody can tell that it waited.

use super::change::{Change, apply_change};
use super::handling::handles;
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
}

/// Shows what a case holds, if the actor may decide about it. The caller has taken the case.
pub async fn show_held(transaction: &mut Transaction, actor: &Actor, case: CaseId) -> Result<(), AppError> {
    const HELD: &str = concat!(
        "\
SELECT c.space_id, h.author_id, h.thread_id, h.number, h.quoted, h.title, h.source, h.html
FROM held_post h
JOIN moderation_case c ON c.id = h.case_id
WHERE h.case_id = $1
    AND h.state = 'waiting'
    AND ",
        handles!("$2")
    );
    const SHOWN: &str = "\
UPDATE held_post
SET title = '', source = '', html = '', state = 'shown', thread_id = $2, number = $3
WHERE case_id = $1";

    let row: Option<Row> = on!(&mut transaction, connection => sqlx::query_as(HELD)
        .bind(case)
        .bind(actor.person())
        .fetch_optional(connection).await)?;
    let Row { space_id: space, author_id: author, thread_id, number, quoted, title, source, html } = row.ok_or(AppError::NotFound)?;
    let text = Written::of_kept(source, html);
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
    on!(&mut transaction, connection => sqlx::query(SHOWN)
        .bind(case)
        .bind(thread)
        .bind(number)
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

fn locked() -> AppError {
    AppError::Conflict("The thread was locked meanwhile, so nobody can reply. Unlock it first, or send the post back.".to_owned())
}
