//! Storing what is said in the community.

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;

use super::community::{Community, Poll, Post, Thread};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::PersonId;

/// Rows in one statement, as everywhere in the demonstration.
const ROWS: usize = 500;

/// Stores the spaces with all that was written in them.
pub async fn insert_community(transaction: &mut Transaction, now: DateTime<Utc>, community: &Community) -> Result<(), AppError> {
    const SPACE: &str = "INSERT INTO space (id, slug, name, about, kind, subject, created_at, allows_unnamed, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)";
    const MODERATOR: &str = "INSERT INTO space_moderator (space_id, person_id) VALUES ($1, $2)";
    const FILES: &str = "INSERT INTO space_with_files (space_id, allowed_by, allowed_at) VALUES ($1, $2, $3)";

    for space in &community.spaces {
        on!(&mut transaction, connection => sqlx::query(SPACE)
            .bind(space.id)
            .bind(space.slug)
            .bind(space.name)
            .bind(space.about)
            .bind(space.kind)
            .bind(space.subject)
            .bind(now)
            .bind(space.allows_unnamed)
            .execute(connection).await.map(|_| ()))?;
        for moderator in &space.moderators {
            on!(&mut transaction, connection => sqlx::query(MODERATOR)
                .bind(space.id)
                .bind(moderator)
                .execute(connection).await.map(|_| ()))?;
        }
        if let (true, Some(moderator)) = (space.takes_files, space.moderators.first()) {
            on!(&mut transaction, connection => sqlx::query(FILES)
                .bind(space.id)
                .bind(moderator)
                .bind(now)
                .execute(connection).await.map(|_| ()))?;
        }
    }
    insert_threads(transaction, &community.threads).await?;
    insert_posts(transaction, &community.threads).await?;
    keep_apart(transaction, &community.threads).await?;
    if let Some(poll) = &community.poll {
        insert_poll(transaction, now, poll).await?;
    }
    Ok(())
}

/// Keeps who wrote without their name, apart from what they wrote.
async fn keep_apart(transaction: &mut Transaction, threads: &[Thread]) -> Result<(), AppError> {
    const APART: &str = "INSERT INTO author_apart (thread_id, number, person_id) VALUES ($1, $2, $3)";

    for thread in threads {
        for (number, post) in (1_i64..).zip(&thread.posts).filter(|(_, post)| post.text.is_unnamed()) {
            on!(&mut transaction, connection => sqlx::query(APART)
                .bind(thread.id)
                .bind(number)
                .bind(post.author)
                .execute(connection).await.map(|_| ()))?;
        }
    }
    Ok(())
}

async fn insert_poll(transaction: &mut Transaction, now: DateTime<Utc>, poll: &Poll) -> Result<(), AppError> {
    const POLL: &str = "INSERT INTO thread_poll (thread_id, takes_several, closes_on, asked_at) VALUES ($1, FALSE, $2, $3)";
    const OPTION: &str = "INSERT INTO thread_poll_option (thread_id, place, words) VALUES ($1, $2, $3)";
    const ANSWER: &str = "INSERT INTO thread_poll_answer (thread_id, place, person_id) VALUES ($1, $2, $3)";

    on!(&mut transaction, connection => sqlx::query(POLL)
        .bind(poll.thread)
        .bind(poll.closes_on)
        .bind(now)
        .execute(connection).await.map(|_| ()))?;
    for (place, words) in (1_i64..).zip(poll.options) {
        on!(&mut transaction, connection => sqlx::query(OPTION)
            .bind(poll.thread)
            .bind(place)
            .bind(words)
            .execute(connection).await.map(|_| ()))?;
    }
    for (place, person) in &poll.answers {
        on!(&mut transaction, connection => sqlx::query(ANSWER)
            .bind(poll.thread)
            .bind(place)
            .bind(person)
            .execute(connection).await.map(|_| ()))?;
    }
    Ok(())
}

/// Whose name a post bears.
fn named(post: &Post) -> Option<PersonId> {
    (!post.text.is_unnamed()).then_some(post.author)
}

async fn insert_threads(transaction: &mut Transaction, threads: &[Thread]) -> Result<(), AppError> {
    const THREAD: &str = "INSERT INTO thread (id, space_id, number, title, excerpt, author_id, started_at, posts, last_at, pinned_at) ";
    const COUNT: &str = "\
INSERT INTO space_count (space_id, threads)
SELECT space_id, MAX(number)
FROM thread
GROUP BY space_id";

    // A thread without a post is none.
    let ends: Vec<(&Thread, &Post, &Post)> =
        threads.iter().filter_map(|thread| Some((thread, thread.posts.first()?, thread.posts.last()?))).collect();
    for rows in ends.chunks(ROWS) {
        on!(&mut transaction, connection => {
            let mut statement = QueryBuilder::new(THREAD);
            statement.push_values(rows, |mut values, (thread, first, last)| {
                values
                    .push_bind(thread.id)
                    .push_bind(thread.space)
                    .push_bind(thread.number)
                    .push_bind(&thread.title)
                    .push_bind(first.text.excerpt())
                    .push_bind(named(first))
                    .push_bind(first.at)
                    .push_bind(i64::try_from(thread.posts.len()).unwrap_or_default())
                    .push_bind(last.at)
                    .push_bind(thread.is_pinned.then_some(last.at));
            });
            statement.build().persistent(false).execute(connection).await.map(|_| ())
        })?;
    }
    on!(&mut transaction, connection => sqlx::query(COUNT).execute(connection).await.map(|_| ()))?;
    Ok(())
}

async fn insert_posts(transaction: &mut Transaction, threads: &[Thread]) -> Result<(), AppError> {
    const POST: &str = "INSERT INTO post (thread_id, number, author_id, source, html, written_at, version) ";

    let posts: Vec<(&Thread, i64, &Post)> =
        threads.iter().flat_map(|thread| (1_i64..).zip(&thread.posts).map(move |(number, post)| (thread, number, post))).collect();
    for rows in posts.chunks(ROWS) {
        on!(&mut transaction, connection => {
            let mut statement = QueryBuilder::new(POST);
            statement.push_values(rows, |mut values, (thread, number, post)| {
                values
                    .push_bind(thread.id)
                    .push_bind(*number)
                    .push_bind(named(post))
                    .push_bind(post.text.source())
                    .push_bind(post.text.html())
                    .push_bind(post.at)
                    .push_bind(1_i64);
            });
            statement.build().persistent(false).execute(connection).await.map(|_| ())
        })?;
    }
    Ok(())
}
