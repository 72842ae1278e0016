//! What was reported in the community, what waits to be seen, and what was decided: a handful, of every state one.

use chrono::{DateTime, TimeDelta, Utc};

use super::cast::Cast;
use super::community::{Community, Post, Thread, by_day, hours_ago};
use super::draw::Draw;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::moderation::Outcome;
use crate::people::PersonId;
use crate::spaces::{Because, CaseId, Reason, SpaceId, Written};

/// A report: in which space, how many hours ago, by Amina or by somebody else, why, in which words, and what was decided about it.
type Reported = (&'static str, i64, bool, Reason, &'static str, Option<(Outcome, Option<Reason>, &'static str)>);

const REPORTED: [Reported; 4] = [
    ("endings", 17, false, Reason::Unkind, "It reads as if one of us had not tried.", None),
    ("ask-anything", 43, false, Reason::Unsafe, "Somebody might do this with a baby who is ill.", None),
    ("fathers", 200, true, Reason::Identifies, "", Some((Outcome::Leave, None, ""))),
    (
        "endings",
        420,
        false,
        Reason::Unkind,
        "",
        Some((Outcome::Warn, Some(Reason::Unkind), "It stays. Please remember that those who read it have said goodbye as well.")),
    ),
];

/// A post that waits: in which space, how many hours ago, by Amina or by somebody else, its title, why, and its words.
type Held = (&'static str, i64, bool, &'static str, Because, &'static str);

const HELD: [Held; 2] = [
    ("ask-anything", 1, false, "Has the drop-in moved?", Because::Marked, "Ours is at M14 5RT since the summer. Who else has moved?"),
    ("fathers", 15, true, "Evenings", Because::Marked, "Fathers meet on Tuesdays now, ring me on 0161 496 0123 to join."),
];

/// Invents and stores all of it.
pub async fn insert_moderation(
    transaction: &mut Transaction,
    now: DateTime<Utc>,
    seed: u64,
    people: &Cast,
    community: &Community,
) -> Result<(), AppError> {
    let mut draw = Draw::of(seed, "moderation");
    let mut used = Vec::new();
    for (place, (slug, hours, by_amina, reason, words, decided)) in (0..).zip(REPORTED) {
        let Some((space, moderator)) = space_of(community, slug) else { continue };
        let Some((thread, number, post)) = post_in(people, community, (space, moderator), &used) else { continue };
        let Some(reporter) = reporter(people, by_amina, post.author) else { continue };
        used.push((thread.id, number));
        let case = Case {
            id: CaseId(draw.id()),
            code: draw.code(),
            space,
            author: post.author,
            at: by_day(hours_ago(now, hours, place)),
            decided,
        };
        insert_case(transaction, &case, Some((thread, number)), moderator).await?;
        insert_report(transaction, (&case, draw.code()), (thread, number), (reporter, reason, words)).await?;
        if let Some(decision) = decided {
            insert_decision(transaction, (&case, draw.code()), (moderator, decision)).await?;
        }
    }
    for (place, (slug, hours, by_amina, title, because, words)) in (0..).zip(HELD) {
        let Some((space, moderator)) = space_of(community, slug) else { continue };
        let Some(author) = reporter(people, by_amina, moderator) else { continue };
        let at = by_day(hours_ago(now, hours, place));
        let case = Case { id: CaseId(draw.id()), code: draw.code(), space, author, at, decided: None };
        insert_case(transaction, &case, None, moderator).await?;
        insert_held(transaction, &case, (title, because), &Written::for_a_moderator(words)?).await?;
    }
    Ok(())
}

struct Case {
    id: CaseId,
    code: String,
    space: SpaceId,
    author: PersonId,
    at: DateTime<Utc>,
    decided: Option<(Outcome, Option<Reason>, &'static str)>,
}

/// A space and who looks after it.
fn space_of(community: &Community, slug: &str) -> Option<(SpaceId, PersonId)> {
    let space = community.spaces.iter().find(|space| space.slug == slug)?;
    Some((space.id, *space.moderators.first()?))
}

/// A reply in a space by somebody who is neither Amina nor looks after it, and of which nothing is reported yet.
fn post_in<'a>(
    cast: &Cast,
    community: &'a Community,
    (space, moderator): (SpaceId, PersonId),
    used: &[(crate::spaces::ThreadId, i64)],
) -> Option<(&'a Thread, i64, &'a Post)> {
    let threads = community.threads.iter().filter(|thread| thread.space == space);
    let posts = threads.flat_map(|thread| (1_i64..).zip(&thread.posts).map(move |(number, post)| (thread, number, post)));
    let mut free = posts.filter(|(thread, number, post)| {
        *number > 1 && post.author != moderator && post.author != cast.amina && !used.contains(&(thread.id, *number))
    });
    free.next()
}

/// Amina, or a practitioner who is neither she nor another.
fn reporter(cast: &Cast, is_amina: bool, other: PersonId) -> Option<PersonId> {
    if is_amina { Some(cast.amina) } else { cast.practitioners.iter().copied().find(|person| *person != cast.amina && *person != other) }
}

async fn insert_case(
    transaction: &mut Transaction,
    case: &Case,
    post: Option<(&Thread, i64)>,
    moderator: PersonId,
) -> Result<(), AppError> {
    const CASE: &str = "\
INSERT INTO moderation_case (id, code, kind, space_id, author_id, thread_id, number, opened_at, state, closed_at, assignee_id, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)";

    let is_closed = case.decided.is_some();
    on!(&mut transaction, connection => sqlx::query(CASE)
        .bind(case.id)
        .bind(&case.code)
        .bind(if post.is_some() { "report" } else { "waiting" })
        .bind(case.space)
        .bind(case.author)
        .bind(post.map(|(thread, _)| thread.id))
        .bind(post.map(|(_, number)| number))
        .bind(case.at)
        .bind(if is_closed { "closed" } else { "open" })
        .bind(is_closed.then(|| case.at + DECIDED_AFTER))
        .bind(is_closed.then_some(moderator))
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// How long a decision took.
const DECIDED_AFTER: TimeDelta = TimeDelta::hours(20);

async fn insert_report(
    transaction: &mut Transaction,
    (case, code): (&Case, String),
    (thread, number): (&Thread, i64),
    (reporter, reason, words): (PersonId, Reason, &str),
) -> Result<(), AppError> {
    const REPORT: &str = "\
INSERT INTO post_report (code, case_id, reporter_id, thread_id, number, reason, words, version, reported_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8)";

    on!(&mut transaction, connection => sqlx::query(REPORT)
        .bind(code)
        .bind(case.id)
        .bind(reporter)
        .bind(thread.id)
        .bind(number)
        .bind(reason)
        .bind(words)
        .bind(case.at)
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

async fn insert_decision(
    transaction: &mut Transaction,
    (case, code): (&Case, String),
    (moderator, (outcome, reason, words)): (PersonId, (Outcome, Option<Reason>, &str)),
) -> Result<(), AppError> {
    const DECISION: &str = "\
INSERT INTO moderation_decision (code, case_id, decided_by, asked_at, decided_at, outcome, reason, words)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

    on!(&mut transaction, connection => sqlx::query(DECISION)
        .bind(code)
        .bind(case.id)
        .bind(moderator)
        .bind(case.at)
        .bind(case.at + DECIDED_AFTER)
        .bind(outcome)
        .bind(reason)
        .bind(words)
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

async fn insert_held(
    transaction: &mut Transaction,
    case: &Case,
    (title, because): (&str, Because),
    text: &Written,
) -> Result<(), AppError> {
    const HELD: &str = "\
INSERT INTO held_post (case_id, author_id, title, source, html, because, state, written_at)
VALUES ($1, $2, $3, $4, $5, $6, 'waiting', $7)";

    on!(&mut transaction, connection => sqlx::query(HELD)
        .bind(case.id)
        .bind(case.author)
        .bind(title)
        .bind(text.source())
        .bind(text.html())
        .bind(because)
        .bind(case.at)
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}
