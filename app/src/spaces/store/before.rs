//! What posts said before they were changed, for the few who may read that. It is gone with the post.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, Utc};
use uuid::Uuid;

use super::meant::people_of_codes;
use super::open::OpenedThread;
use super::page::with_names;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::spaces::model::{SpaceId, ThreadId};

/// What a post said, and until when, the last of it first.
pub type EarlierVersions = Vec<(NaiveDateTime, String)>;

#[derive(sqlx::FromRow)]
struct Row {
    thread_id: ThreadId,
    number: i64,
    until: DateTime<Utc>,
    html: String,
}

/// The earlier versions of what a thread begins with and of the replies between two numbers, for whoever looks after its space; of what is hidden, none.
pub(super) async fn said_before(
    moment: &mut Transaction,
    thread: &OpenedThread,
    (first, last): (i64, i64),
) -> Result<BTreeMap<(ThreadId, i64), EarlierVersions>, AppError> {
    const BEFORE: &str = "\
SELECT b.thread_id, b.number, b.until, b.html
FROM post_before b
JOIN post p ON p.thread_id = b.thread_id AND p.number = b.number
WHERE b.thread_id = $1
    AND (b.number = 1 OR b.number BETWEEN $2 AND $3)
    AND p.hidden_as IS NULL
ORDER BY b.number, b.version DESC";

    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(BEFORE)
        .bind(thread.id())
        .bind(first)
        .bind(last)
        .fetch_all(connection).await)?;
    with_people(moment, thread.space().id(), rows).await
}

/// The earlier versions of every post of a space, or of one thread, hidden or not, for whom something has opened it that is settled elsewhere.
pub async fn said_before_in(transaction: &mut Transaction, place: Uuid) -> Result<BTreeMap<(ThreadId, i64), EarlierVersions>, AppError> {
    const SPACE: &str = "SELECT t.space_id FROM thread t WHERE t.id = $1 OR t.space_id = $1 LIMIT 1";
    const BEFORE: &str = "\
SELECT b.thread_id, b.number, b.until, b.html
FROM thread t
JOIN post_before b ON b.thread_id = t.id
WHERE t.id = $1
    OR t.space_id = $1
ORDER BY b.thread_id, b.number, b.version DESC";

    let space: Option<SpaceId> =
        on!(&mut transaction, connection => sqlx::query_scalar(SPACE).bind(place).fetch_optional(connection).await)?;
    let Some(space) = space else { return Ok(BTreeMap::new()) };
    let rows: Vec<Row> = on!(&mut transaction, connection => sqlx::query_as(BEFORE).bind(place).fetch_all(connection).await)?;
    with_people(transaction, space, rows).await
}

async fn with_people(
    transaction: &mut Transaction,
    space: SpaceId,
    rows: Vec<Row>,
) -> Result<BTreeMap<(ThreadId, i64), EarlierVersions>, AppError> {
    let texts: Vec<&str> = rows.iter().map(|row| row.html.as_str()).collect();
    let meant = people_of_codes(transaction, space, &texts).await?;
    let mut before: BTreeMap<(ThreadId, i64), EarlierVersions> = BTreeMap::new();
    for Row { thread_id, number, until, html } in rows {
        before.entry((thread_id, number)).or_default().push((::series::local(until), with_names(&html, Some(&meant))));
    }
    Ok(before)
}
