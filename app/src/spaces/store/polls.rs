//! Polls in threads.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::apart::{is_own, record};
use super::hiding::is_shown;
use super::holding::why_it_waits;
use super::open::OpenedThread;
use crate::access::Actor;
use crate::audit;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::spaces::model::ThreadId;
use crate::spaces::polling::{NewPoll, Poll, PollOption};
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
}

/// What a statement shows of a poll `l` and one of its answers `o`. `$person` is who looks.
macro_rules! poll_columns {
    ($person:literal) => {
        concat!(
            "\
l.thread_id, l.takes_several, l.closes_on, o.place, o.words,
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
pub async fn may_add_poll(actor: &Actor, thread: &OpenedThread) -> Result<bool, AppError> {
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

/// Adds a poll to a thread that the actor began.
pub async fn add_poll(actor: &Actor, thread: &OpenedThread, poll: &NewPoll) -> Result<(), AppError> {
    const ADD: &str = "\
INSERT INTO thread_poll (thread_id, takes_several, closes_on, asked_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (thread_id) DO NOTHING";
    const OPTION: &str = "INSERT INTO thread_poll_option (thread_id, place, words) VALUES ($1, $2, $3)";

    let is_unnamed = may_add_poll(actor, thread).await?;
    let mut transaction = actor.begin().await?;
    // What a poll says is looked at first wherever a post would be.
    let text = Written::of(&poll.options.join("\n\n"))?.bearing_name(!is_unnamed);
    if why_it_waits(&mut transaction, actor, (thread.space(), Some(thread.id())), &text).await?.is_some() {
        return Err(AppError::Conflict(
            "What is written here is looked at first, and a poll cannot be. Ask your question in a reply, with the answers in it."
                .to_owned(),
        ));
    }
    let added = on!(&mut transaction, connection => sqlx::query(ADD)
        .bind(thread.id())
        .bind(poll.takes_several)
        .bind(poll.closes_on)
        .bind(actor.now())
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

/// Answers a poll in place of what the actor answered before. Who chose what is told to nobody, not even to the log.
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
    on!(&mut transaction, connection => sqlx::query(FORGET)
        .bind(thread.id())
        .bind(actor.person())
        .execute(connection).await.map(|_| ()))?;
    for place in chosen {
        on!(&mut transaction, connection => sqlx::query(CHOOSE)
            .bind(thread.id())
            .bind(place)
            .bind(actor.person())
            .execute(connection).await.map(|_| ()))?;
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

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::access::Role;
    use crate::database::fixture::both_databases;
    use crate::people::fixture::person;
    use crate::spaces::SpaceKind;
    use crate::spaces::fixture::{opened, space, start};
    use crate::spaces::store::tests::at;
    use crate::spaces::store::withdraw_post;

    fn poll(takes_several: bool) -> NewPoll {
        NewPoll { options: vec!["Mornings".to_owned(), "Evenings".to_owned()], takes_several, closes_on: "2026-10-29".parse().unwrap() }
    }

    async fn counts(actor: &Actor) -> Vec<(i64, bool)> {
        let thread = opened(actor, "everyone", 1).await.unwrap();
        let poll = poll_of(actor, &mut actor.database().snapshot().await.unwrap(), &thread).await.unwrap().unwrap();
        poll.options.iter().map(|option| (option.chosen, option.is_own)).collect()
    }

    both_databases! {
        async fn whoever_began_a_thread_asks_and_each_reader_counts_once_until_it_closes(fixture: Fixture) {
            space(fixture, "everyone", SpaceKind::Centre, "").await;
            let amina = person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await;
            let tom = person(fixture, "Tom", "Bell", &[Role::Practitioner]).await;
            let (amina, tom_now) = (at(fixture, 0, amina, Role::Practitioner), at(fixture, 1, tom, Role::Practitioner));
            start(&amina, "everyone", "When do we meet?", "Mornings or evenings?").await.unwrap();
            let thread = opened(&amina, "everyone", 1).await.unwrap();
            assert_eq!(answer_poll(&tom_now, &thread, &[1]).await, Err(AppError::NotFound));
            assert_eq!(add_poll(&tom_now, &thread, &poll(false)).await, Err(AppError::NotFound), "it is not his thread");
            add_poll(&amina, &thread, &poll(false)).await.unwrap();
            assert_eq!(may_add_poll(&amina, &thread).await, Err(AppError::NotFound), "one is enough");

            answer_poll(&tom_now, &thread, &[1]).await.unwrap();
            answer_poll(&tom_now, &thread, &[2]).await.unwrap();
            answer_poll(&amina, &thread, &[2]).await.unwrap();
            assert!(matches!(answer_poll(&amina, &thread, &[1, 2]).await, Err(AppError::Invalid(_))), "one can be chosen");
            assert_eq!(counts(&tom_now).await, [(0, false), (2, true)]);
            let later = fixture.actor_at(fixture.now() + TimeDelta::days(8), tom, &[Role::Practitioner]);
            assert!(matches!(answer_poll(&later, &thread, &[1]).await, Err(AppError::Conflict(_))), "it has closed");
            assert_eq!(counts(&later).await, [(0, false), (2, true)]);

            withdraw_post(&amina, &thread, 1).await.unwrap();
            assert!(poll_of(&tom_now, &mut fixture.snapshot().await, &thread).await.unwrap().is_none(), "it goes with the post that it stands below");
            assert_eq!(answer_poll(&tom_now, &thread, &[1]).await, Err(AppError::NotFound));
        }
    }
}
