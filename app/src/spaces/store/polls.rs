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
pub fn may_ask_for_topics(actor: &Actor, thread: &OpenedThread) -> bool {
    actor.may(Permission::GatherThemes) && thread.space().line().kind == SpaceKind::Centre
}

/// The last polls that asked what the community takes up next, of those that the actor may read.
pub async fn topic_votes(actor: &Actor) -> Result<Vec<TopicVote>, AppError> {
    const VOTES: &str = concat!(
        "\
SELECT ",
        poll_columns!("$1"),
        ", r.slug, t.number, t.title
FROM (SELECT thread_id FROM thread_poll WHERE is_about_topics ORDER BY closes_on DESC, asked_at DESC LIMIT 5) v
JOIN thread_poll l ON l.thread_id = v.thread_id
JOIN thread_poll_option o ON o.thread_id = l.thread_id
JOIN thread t ON t.id = l.thread_id
JOIN (",
        readable!("$1", "$2"),
        ") r ON r.id = t.space_id
JOIN post p ON p.thread_id = l.thread_id AND p.number = 1
WHERE ",
        is_shown!("p"),
        "
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

/// What would become of a poll that the actor adds to a thread that they began.
pub async fn what_becomes_of_poll(actor: &Actor, thread: &OpenedThread) -> Result<Posting, AppError> {
    let is_unnamed = may_add_poll(actor, thread).await?;
    let mut moment = actor.database().snapshot().await?;
    if is_unnamed {
        unnamed_posting_in(actor, &mut moment, thread.space(), Some(thread.id())).await
    } else {
        posting_in(actor, &mut moment, thread.space(), Some(thread.id())).await
    }
}

/// Adds a poll to a thread that the actor began.
pub async fn add_poll(actor: &Actor, thread: &OpenedThread, poll: &NewPoll) -> Result<(), AppError> {
    const ADD: &str = "\
INSERT INTO thread_poll (thread_id, takes_several, closes_on, asked_at, is_about_topics)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (thread_id) DO NOTHING";
    const OPTION: &str = "INSERT INTO thread_poll_option (thread_id, place, words) VALUES ($1, $2, $3)";

    if poll.is_about_topics && !may_ask_for_topics(actor, thread) {
        return Err(AppError::NotAllowed);
    }
    let is_unnamed = may_add_poll(actor, thread).await?;
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
        let field = if takes_several { "several" } else { "one" };
        return Err(AppError::invalid(field, "Choose one of the answers."));
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
    use crate::spaces::fixture::{opened, space, start};
    use crate::spaces::held::Because;
    use crate::spaces::store::tests::at;
    use crate::spaces::store::withdraw_post;

    fn poll(takes_several: bool) -> NewPoll {
        NewPoll {
            options: vec!["Mornings".to_owned(), "Evenings".to_owned()],
            takes_several,
            closes_on: "2026-10-29".parse().unwrap(),
            is_about_topics: false,
        }
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
            assert!(matches!(answer_poll(&amina, &thread, &[9]).await, Err(AppError::Invalid(_))), "of those that there are");
            assert_eq!(counts(&tom_now).await, [(0, false), (2, true)]);
            let later = fixture.actor_at(fixture.now() + TimeDelta::days(8), tom, &[Role::Practitioner]);
            assert!(matches!(answer_poll(&later, &thread, &[1]).await, Err(AppError::Conflict(_))), "it has closed");
            assert_eq!(counts(&later).await, [(0, false), (2, true)]);

            withdraw_post(&amina, &thread, 1).await.unwrap();
            assert!(poll_of(&tom_now, &mut fixture.snapshot().await, &thread).await.unwrap().is_none(), "it goes with the post that it stands below");
            assert_eq!(answer_poll(&tom_now, &thread, &[1]).await, Err(AppError::NotFound));
        }

        async fn where_several_can_be_chosen_an_answer_is_taken_back_by_choosing_none_and_none_is_no_answer(fixture: Fixture) {
            space(fixture, "everyone", SpaceKind::Centre, "").await;
            let amina = at(fixture, 0, person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await, Role::Practitioner);
            start(&amina, "everyone", "When do we meet?", "Mornings or evenings?").await.unwrap();
            let thread = opened(&amina, "everyone", 1).await.unwrap();
            add_poll(&amina, &thread, &poll(true)).await.unwrap();
            let Err(AppError::Invalid(problems)) = answer_poll(&amina, &thread, &[]).await else { panic!("nothing was chosen") };
            assert_eq!(problems[0].field, "several");
            answer_poll(&amina, &thread, &[1, 2]).await.unwrap();
            assert!(matches!(answer_poll(&amina, &thread, &[9]).await, Err(AppError::Invalid(_))));
            assert_eq!(counts(&amina).await, [(1, true), (1, true)], "what was answered before stays");
            answer_poll(&amina, &thread, &[]).await.unwrap();
            assert_eq!(counts(&amina).await, [(0, false), (0, false)]);
        }

        async fn whoever_would_add_a_poll_where_what_is_written_is_looked_at_first_is_told_before_they_write(fixture: Fixture) {
            const SLOW: &str = "UPDATE thread SET slowed_at = started_at";

            space(fixture, "everyone", SpaceKind::Centre, "").await;
            let amina = at(fixture, 0, person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await, Role::Practitioner);
            start(&amina, "everyone", "When do we meet?", "Mornings or evenings?").await.unwrap();
            let thread = opened(&amina, "everyone", 1).await.unwrap();
            assert_eq!(what_becomes_of_poll(&amina, &thread).await.unwrap().waits, None);
            let database = &fixture.database;
            on!(database, pool => sqlx::query(SLOW).execute(pool).await.map(|_| ())).unwrap();
            assert_eq!(what_becomes_of_poll(&amina, &thread).await.unwrap().waits, Some(Because::Slowed));
            assert!(matches!(add_poll(&amina, &thread, &poll(false)).await, Err(AppError::Conflict(_))));
        }

        async fn whoever_gathers_what_is_heard_asks_where_everybody_reads_it_what_is_taken_up_next_and_that_stays_in_sight(fixture: Fixture) {
            space(fixture, "everyone", SpaceKind::Centre, "").await;
            space(fixture, "supervisors", SpaceKind::Supervisors, "").await;
            let amina = at(fixture, 0, person(fixture, "Amina", "Rahman", &[Role::Practitioner]).await, Role::Practitioner);
            let sian = person(fixture, "Sian", "Llewellyn", &[Role::Coordinator]).await;
            let sian = at(fixture, 1, sian, Role::Coordinator);
            start(&amina, "everyone", "What next?", "Of these").await.unwrap();
            start(&sian, "everyone", "Which topics next year?", "Please choose").await.unwrap();
            let about_topics = NewPoll { is_about_topics: true, ..poll(true) };
            let hers = opened(&amina, "everyone", 1).await.unwrap();
            assert_eq!(add_poll(&amina, &hers, &about_topics).await, Err(AppError::NotAllowed));
            add_poll(&amina, &hers, &poll(true)).await.unwrap();
            let thread = opened(&sian, "everyone", 2).await.unwrap();
            add_poll(&sian, &thread, &about_topics).await.unwrap();
            answer_poll(&amina, &thread, &[1]).await.unwrap();

            let votes = topic_votes(&amina).await.unwrap();
            let said: Vec<_> = votes.iter().map(|vote| (vote.title.as_str(), vote.address.as_str(), vote.poll.people)).collect();
            assert_eq!(said, [("Which topics next year?", "/community/everyone/2", 1)]);
            assert_eq!(votes[0].poll.options.iter().map(|option| option.chosen).collect::<Vec<_>>(), [1, 0]);
            withdraw_post(&sian, &thread, 1).await.unwrap();
            assert_eq!(topic_votes(&amina).await.unwrap(), []);

            let ruth = person(fixture, "Ruth", "Adeyemi", &[Role::Supervisor, Role::Coordinator]).await;
            let ruth = fixture.actor_at(fixture.now(), ruth, &[Role::Supervisor, Role::Coordinator]);
            start(&ruth, "supervisors", "And we?", "Please choose").await.unwrap();
            assert!(!may_ask_for_topics(&ruth, &opened(&ruth, "supervisors", 1).await.unwrap()), "not everybody reads it there");
        }
    }
}
