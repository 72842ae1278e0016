//! Posts that somebody has saved to find them again.

use chrono::{DateTime, Utc};

use super::hiding::is_shown;
use super::meant::meant_in;
use super::older::{Part, older};
use super::open::{OpenedThread, spaces_of, starters_since};
use super::page::with_names;
use super::readable::{author_columns, is_here, readable};
use super::row::AuthorRow;
use crate::access::Actor;
use crate::database::on;
use crate::error::AppError;
use crate::spaces::answers::{Saved, SavedPost};
use crate::spaces::model::ThreadId;

/// Saves a post for the actor.
pub async fn save_post(actor: &Actor, thread: &OpenedThread, number: i64) -> Result<(), AppError> {
    const SAVE: &str = concat!(
        "\
INSERT INTO saved_post (person_id, thread_id, number, saved_at)
SELECT $1, thread_id, number, $4
FROM post
WHERE thread_id = $2
    AND number = $3
    AND ",
        is_shown!("post"),
        "
ON CONFLICT (person_id, thread_id, number) DO NOTHING"
    );

    let mut transaction = actor.begin().await?;
    on!(&mut transaction, connection => sqlx::query(SAVE)
        .bind(actor.person())
        .bind(thread.id())
        .bind(number)
        .bind(actor.now())
        .execute(connection).await.map(|_| ()))?;
    transaction.commit().await
}

/// Forgets that the actor has saved a post.
pub async fn forget_post(actor: &Actor, thread: &OpenedThread, number: i64) -> Result<(), AppError> {
    const FORGET: &str = "DELETE FROM saved_post WHERE person_id = $1 AND thread_id = $2 AND number = $3";

    let mut transaction = actor.begin().await?;
    on!(&mut transaction, connection => sqlx::query(FORGET)
        .bind(actor.person())
        .bind(thread.id())
        .bind(number)
        .execute(connection).await.map(|_| ()))?;
    transaction.commit().await
}

/// What the actor has saved in spaces that they may still read, the one saved last first.
pub async fn saved(actor: &Actor, before: &str) -> Result<Saved, AppError> {
    const SAVED: &str = concat!(
        "WITH r AS MATERIALIZED (",
        readable!("$1", "$2"),
        ")
SELECT r.slug AS space_slug, r.name AS space_name, t.id AS thread_id, t.number AS thread_number, t.title AS thread_title,
    p.number, p.html, p.written_at, sv.saved_at,
    ",
        author_columns!("p"),
        "
FROM saved_post sv
JOIN post p ON p.thread_id = sv.thread_id AND p.number = sv.number
JOIN thread t ON t.id = sv.thread_id
JOIN r ON r.id = t.space_id
LEFT JOIN person w ON w.id = p.author_id AND ",
        is_here!("w", "r.id", "r.kind"),
        "
LEFT JOIN authority wa ON wa.id = w.authority_id
WHERE sv.person_id = $1
    AND ",
        is_shown!("p"),
        "
    AND ",
        older!("sv.saved_at", "sv", ["$3", "$4", "$5", "$6"])
    );

    #[derive(sqlx::FromRow)]
    struct Row {
        space_slug: String,
        space_name: String,
        thread_id: ThreadId,
        thread_number: i64,
        thread_title: String,
        number: i64,
        #[sqlx(flatten)]
        author: AuthorRow,
        html: String,
        written_at: DateTime<Utc>,
        saved_at: DateTime<Utc>,
    }

    let from = Part::of_key(actor, before);
    let database = actor.database();
    let mut rows: Vec<Row> = on!(database, pool => sqlx::query_as(SAVED)
        .bind(actor.person())
        .bind(starters_since(actor))
        .bind(from.at)
        .bind(from.thread)
        .bind(from.number)
        .bind(Part::at_most())
        .fetch_all(pool).await)?;
    let next = Part::cut(&mut rows, |row| Part { at: row.saved_at, thread: row.thread_id, number: row.number });
    let texts: Vec<_> = rows.iter().map(|row| ((row.thread_id, row.number), row.html.as_str())).collect();
    let meant = meant_in(database, &texts).await?;
    let post = |row: Row| SavedPost {
        space: (row.space_slug, row.space_name),
        thread: (row.thread_number, row.thread_title),
        number: row.number,
        html: with_names(&row.html, meant.get(&(row.thread_id, row.number))),
        author: row.author.writer(),
        written_at: ::series::local(row.written_at),
    };
    Ok(Saved { posts: rows.into_iter().map(post).collect(), next, spaces: spaces_of(actor).await?, now: ::series::local(actor.now()) })
}
