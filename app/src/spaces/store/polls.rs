//! Polls in threads.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::apart::{is_own, record};
use super::hiding::is_shown;
use super::holding::{posting_in, unnamed_posting_in, why_it_waits};
use super::open::{OpenedThread, starters_since};
use super::readable::readable;
use crate::access::{Actor, Permission};
use crate::audit;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::spaces::held::Posting;
use crate::spaces::model::{SpaceKind, ThreadId};
use crate::spaces::polling::{NewPoll, POLLS_CANNOT_WAIT, Poll, PollOption, TopicVote};
use crate::spaces::written::Written;

#[derive(sqlx::FromRow)]
struct Row {
    thread_id: ThreadId,
    takes_several: bool,
    closes_on: NaiveDate,
    place: i64,
    words: String,
    chosen: i64,
    is_own: bool,
    people: i64,
    is_about_topics: bool,
}

/// What a statement shows of a poll `l` and one of its answers `o`. `$person` is who looks.
macro_rules! poll_columns {
    ($person:literal) => {
        concat!(
            "\
l.thread_id, l.takes_several, l.closes_on, l.is_about_topics, o.place, o.words,
    (SELECT COUNT(*) FROM thread_poll_answer a WHERE a.thread_id = o.thread_id AND a.place = o.place) AS chosen,
    EXISTS (SELECT 1 FROM thread_poll_answer a WHERE a.thread_id = o.thread_id AND a.place = o.place AND a.person_id = ",
            $person,
            ") AS is_own,
    (SELECT COUNT(DISTINCT a.person_id) FROM thread_poll_answer a WHERE a.thread_id = o.thread_id) AS people"
        )
    };
}

/// The poll of a thread, if it has one.
pub(super) async fn poll_of(actor: &Actor, moment: &mut Transaction, thread: &OpenedThread) -> Result<Option<Poll>, AppError> {
    const POLL: &str = concat!(
        "SELECT ",
        poll_columns!("$2"),
        "
FROM thread_poll l
JOIN thread_poll_option o ON o.thread_id = l.thread_id
JOIN post p ON p.thread_id = l.thread_id AND p.number = 1
WHERE l.thread_id = $1
    AND ",
        is_shown!("p"),
        "
ORDER BY o.place"
    );

    let rows: Vec<Row> =
        on!(&mut moment, connection => sqlx::query_as(POLL).bind(thread.id()).bind(actor.person()).fetch_all(connection).await)?;
    Ok(polls(actor, rows).remove(&thread.id()))
}

/// The polls of a space, or of one thread, for whom something has opened it that is settled elsewhere.
pub async fn polls_in(transaction: &mut Transaction, actor: &Actor, place: Uuid) -> Result<BTreeMap<ThreadId, Poll>, AppError> {
    const POLLS: &str = concat!(
        "SELECT ",
        poll_columns!("$2"),
        "
FROM thread t
JOIN thread_poll l ON l.thread_id = t.id
JOIN thread_poll_option o ON o.thread_id = l.thread_id
WHERE t.id = $1
    OR t.space_id = $1
ORDER BY l.thread_id, o.place"
    );

    let rows: Vec<Row> =
        on!(&mut *transaction, connection => sqlx::query_as(POLLS).bind(place).bind(actor.person()).fetch_all(connection).await)?;
    Ok(polls(actor, rows))
}

/// Polls from their answers, which come in the order of the form.
fn polls(actor: &Actor, rows: Vec<Row>) -> BTreeMap<ThreadId, Poll> {
    let mut polls: BTreeMap<ThreadId, Poll> = BTreeMap::new();
    for row in rows {
        let poll = polls.entry(row.thread_id).or_insert_with(|| Poll {
            options: Vec::new(),
            takes_several: row.takes_several,
            closes_on: row.closes_on,
            is_closed: row.closes_on < today(actor),
            people: row.people,
            is_about_topics: row.is_about_topics,
        });
        poll.options.push(PollOption { place: row.place, words: row.words, chosen: row.chosen, is_own: row.is_own });
    }
    polls
}

fn today(actor: &Actor) -> NaiveDate {
    ::series::local(actor.now()).date()
}

/// That the actor may add a poll: to a thread that they began, where there is none and people can still reply. To everybody else that is not there.
/// Answers whether they began it without their name.
async fn may_add_poll(actor: &Actor, thread: &OpenedThread) -> Result<bool, AppError> {
    const MAY: &str = concat!(
        "\
SELECT p.author_id IS NULL
FROM post p
WHERE p.thread_id = $1
    AND p.number = 1
    AND ",
        is_shown!("p"),
        "
    AND NOT EXISTS (SELECT 1 FROM thread_poll l WHERE l.thread_id = p.thread_id)
    AND ",
        is_own!("p", "$2")
    );

    let database = actor.database();
    let is_unnamed: Option<bool> =
        on!(database, pool => sqlx::query_scalar(MAY).bind(thread.id()).bind(actor.person()).fetch_optional(pool).await)?;
    is_unnamed.filter(|_| !thread.is_locked()).ok_or(AppError::NotFound)
}

/// Whether the actor may ask there what the community takes up next: whoever gathers what is heard, where everybody reads it.
fn may_ask_for_topics(actor: &Actor, thread: &OpenedThread) -> bool {
    actor.may(Permission::GatherThemes) && thread.space().line().kind == SpaceKind::Centre
}

/// The last polls that asked what the community takes up next, of those that the actor may read.
pub async fn topic_votes(actor: &Actor) -> Result<Vec<TopicVote>, AppError> {
    const VOTES: &str = concat!(
        "\
SELECT ",
        poll_columns!("$1"),
        ", r.slug, t.number, t.title
FROM (
    SELECT asked.thread_id
    FROM thread_poll asked
    JOIN post p ON p.thread_id = asked.thread_id AND p.number = 1
    WHERE asked.is_about_topics
        AND ",
        is_shown!("p"),
        "
    ORDER BY asked.closes_on DESC, asked.asked_at DESC
    LIMIT 5
) v
JOIN thread_poll l ON l.thread_id = v.thread_id
JOIN thread_poll_option o ON o.thread_id = l.thread_id
JOIN thread t ON t.id = l.thread_id
JOIN (",
        readable!("$1", "$2"),
        ") r ON r.id = t.space_id
ORDER BY l.closes_on DESC, l.asked_at DESC, l.thread_id, o.place"
    );

    #[derive(sqlx::FromRow)]
    struct OfThread {
        #[sqlx(flatten)]
        row: Row,
        slug: String,
        number: i64,
        title: String,
    }

    let database = actor.database();
    let rows: Vec<OfThread> = on!(database, pool => sqlx::query_as(VOTES)
        .bind(actor.person())
        .bind(starters_since(actor))
        .fetch_all(pool).await)?;
    let mut threads: Vec<(ThreadId, String, String)> = Vec::new();
    let mut options = Vec::new();
    for OfThread { row, slug, number, title } in rows {
        if threads.last().is_none_or(|(thread, ..)| *thread != row.thread_id) {
            threads.push((row.thread_id, crate::paths::thread(&slug, number), title));
        }
        options.push(row);
    }
    let mut polls = polls(actor, options);
    let vote = |(thread, address, title): (ThreadId, String, String)| Some(TopicVote { title, address, poll: polls.remove(&thread)? });
    Ok(threads.into_iter().filter_map(vote).collect())
}

/// The last day on which a poll that can be read asked, or asks, what the community takes up next.
pub async fn topics_last_asked_on(transaction: &mut Transaction) -> Result<Option<NaiveDate>, AppError> {
    const LAST: &str = concat!(
        "\
SELECT l.closes_on
FROM thread_poll l
JOIN post p ON p.thread_id = l.thread_id AND p.number = 1
WHERE l.is_about_topics
    AND ",
        is_shown!("p"),
        "
ORDER BY l.closes_on DESC
LIMIT 1"
    );

    Ok(on!(&mut *transaction, connection => sqlx::query_scalar(LAST).fetch_optional(connection).await)?)
}

/// What would become of a poll that the actor adds to a thread that they began, and whether it can ask what the community takes up next: that tells what its
/// author is, and so nobody asks it without their name.
pub async fn what_becomes_of_poll(actor: &Actor, thread: &OpenedThread) -> Result<(Posting, bool), AppError> {
    let is_unnamed = may_add_poll(actor, thread).await?;
    let mut moment = actor.database().snapshot().await?;
    let posting = if is_unnamed {
        unnamed_posting_in(actor, &mut moment, thread.space(), Some(thread.id())).await?
    } else {
        posting_in(actor, &mut moment, thread.space(), Some(thread.id())).await?
    };
    Ok((posting, !is_unnamed && may_ask_for_topics(actor, thread)))
}

/// Adds a poll to a thread that the actor began.
pub async fn add_poll(actor: &Actor, thread: &OpenedThread, poll: &NewPoll) -> Result<(), AppError> {
    const ADD: &str = "\
INSERT INTO thread_poll (thread_id, takes_several, closes_on, asked_at, is_about_topics)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (thread_id) DO NOTHING";
    const OPTION: &str = "INSERT INTO thread_poll_option (thread_id, place, words) VALUES ($1, $2, $3)";

    let is_unnamed = may_add_poll(actor, thread).await?;
    if poll.is_about_topics && (is_unnamed || !may_ask_for_topics(actor, thread)) {
        return Err(AppError::NotAllowed);
    }
    let mut transaction = actor.begin().await?;
    // What a poll says is looked at first wherever a post would be.
    let text = Written::of(&poll.options.join("\n\n"))?.bearing_name(!is_unnamed);
    if why_it_waits(&mut transaction, actor, (thread.space(), Some(thread.id())), &text).await?.is_some() {
        return Err(AppError::Conflict(POLLS_CANNOT_WAIT.to_owned()));
    }
    let added = on!(&mut transaction, connection => sqlx::query(ADD)
        .bind(thread.id())
        .bind(poll.takes_several)
        .bind(poll.closes_on)
        .bind(actor.now())
        .bind(poll.is_about_topics)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if added == 0 {
        return Err(AppError::Conflict("This thread has a poll already: you have added it in another window.".to_owned()));
    }
    for (place, words) in (1_i64..).zip(&poll.options) {
        on!(&mut transaction, connection => sqlx::query(OPTION)
            .bind(thread.id())
            .bind(place)
            .bind(words)
            .execute(connection).await.map(|_| ()))?;
    }
    let entry = audit::Entry { action: "add_poll", subject: "thread", subject_id: Some(thread.id().0), detail: "" };
    record(&mut transaction, actor, is_unnamed, entry).await?;
    transaction.commit().await
}

/// Answers a poll in place of what the actor answered before; where several answers can be chosen, with none of them that is taken back. Who chose what is told
/// to nobody, not even to the log.
pub async fn answer_poll(actor: &Actor, thread: &OpenedThread, chosen: &[i64]) -> Result<(), AppError> {
    // Whoever answers takes the poll first, so that two answers of one person come one after the other.
    const TAKE: &str = concat!(
        "\
UPDATE thread_poll
SET asked_at = asked_at
WHERE thread_id = $1
    AND EXISTS (SELECT 1 FROM post p WHERE p.thread_id = $1 AND p.number = 1 AND ",
        is_shown!("p"),
        ")
RETURNING takes_several, closes_on"
    );
    const FORGET: &str = "DELETE FROM thread_poll_answer WHERE thread_id = $1 AND person_id = $2";
    const CHOOSE: &str = "\
INSERT INTO thread_poll_answer (thread_id, place, person_id)
SELECT thread_id, place, $3
FROM thread_poll_option
WHERE thread_id = $1
    AND place = $2
ON CONFLICT (thread_id, place, person_id) DO NOTHING";

    let mut transaction = actor.begin().await?;
    let poll: Option<(bool, NaiveDate)> =
        on!(&mut transaction, connection => sqlx::query_as(TAKE).bind(thread.id()).fetch_optional(connection).await)?;
    let (takes_several, closes_on) = poll.ok_or(AppError::NotFound)?;
    if closes_on < today(actor) {
        return Err(AppError::Conflict("This poll has closed. What was answered until then stands below.".to_owned()));
    }
    if !takes_several && chosen.len() != 1 {
        return Err(AppError::invalid("one", "Choose one of the answers."));
    }
    let taken_back = on!(&mut transaction, connection => sqlx::query(FORGET)
        .bind(thread.id())
        .bind(actor.person())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    let mut kept = 0;
    for place in chosen {
        kept += on!(&mut transaction, connection => sqlx::query(CHOOSE)
            .bind(thread.id())
            .bind(place)
            .bind(actor.person())
            .execute(connection).await.map(|done| done.rows_affected()))?;
    }
    // What was answered before stays, unless something stands in its place or it was taken back.
    if kept == 0 && (taken_back == 0 || !chosen.is_empty()) {
        return Err(if takes_several {
            AppError::invalid("several", "Choose at least one of the answers.")
        } else {
            AppError::invalid("one", "Choose one of the answers.")
        });
    }
    transaction.commit().await
}

/// Forgets the poll of a thread whose first post its author takes back.
pub(super) async fn forget_poll(transaction: &mut Transaction, thread: ThreadId) -> Result<(), AppError> {
    const FORGET: [&str; 3] = [
        "DELETE FROM thread_poll_answer WHERE thread_id = $1",
        "DELETE FROM thread_poll_option WHERE thread_id = $1",
        "DELETE FROM thread_poll WHERE thread_id = $1",
    ];

    for forget in FORGET {
        on!(&mut transaction, connection => sqlx::query(forget).bind(thread).execute(connection).await.map(|_| ()))?;
    }
    Ok(())
}
