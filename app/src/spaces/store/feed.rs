//! What is new to somebody, and what was there before.

use chrono::{DateTime, TimeDelta, Utc};

use super::apart::is_anothers;
use super::handling::{ToReview, review_columns};
use super::hiding::is_shown;
use super::holding::posting_in;
use super::open::{OpenedSpace, spaces, spaces_of, starters_since};
use super::opened::times_opened;
use super::readable::{author_columns, is_here, readable};
use super::row::{SpaceRow, ThreadRow, name_in_excerpts};
use crate::access::Actor;
use crate::database::on;
use crate::error::AppError;
use crate::people::PersonName;
use crate::people::store::NameRow;
use crate::spaces::answers::{Feed, SpaceLine, SpaceShown, ThreadLine};
use crate::spaces::model::{FRESH, Place};

/// How many threads with something new stand on one page, and how many others.
const PAGE: u8 = 20;

/// What a thread is to its reader: `$1` is who, `$2` since when people are new starters, `$3` before what everything counts as read anyway.
macro_rules! line {
    () => {
        concat!(
            "\
SELECT t.id, r.slug AS space_slug, r.name AS space_name, t.number, t.title AS thread_title, t.excerpt, t.last_at, t.posts,
    COALESCE(k.read_to, 0) AS read_to, t.pinned_at IS NOT NULL AS is_pinned, k.muted_at IS NOT NULL AS is_muted,
    (SELECT COUNT(*) FROM post np
    WHERE np.thread_id = t.id AND np.number > COALESCE(k.read_to, 0) AND np.written_at > COALESCE(v.all_read_at, $3)
        AND ",
            is_anothers!("np", "$1"),
            " AND ",
            is_shown!("np"),
            ") AS new,
    EXISTS (SELECT 1 FROM mention me WHERE me.person_id = $1 AND me.thread_id = t.id AND me.number > COALESCE(k.read_to, 0)) AS mentions_reader,
    ",
            author_columns!("t")
        )
    };
}

/// From where it is read.
macro_rules! joined {
    () => {
        concat!(
            "
LEFT JOIN thread_mark k ON k.thread_id = t.id AND k.person_id = $1
LEFT JOIN community_visit v ON v.person_id = $1
LEFT JOIN person w ON w.id = t.author_id AND ",
            is_here!("w", "r.id", "r.kind"),
            "
LEFT JOIN authority wa ON wa.id = w.authority_id"
        )
    };
}

/// Whether a thread `h` holds something that its reader has not seen and wants to see.
macro_rules! is_new {
    () => {
        "h.last_at > $3 AND (EXISTS (
        SELECT 1 FROM thread_mark m WHERE m.person_id = $1 AND m.thread_id = h.id AND (m.read_to >= h.posts OR m.muted_at IS NOT NULL))) IS NOT TRUE"
    };
}

// The threads are gone through by their activity until there are enough, and only for these everything else is looked up: a page costs the same
// however many there are. What is asked of each stands behind IS TRUE and IS NOT TRUE, since Postgres would make joins of it and go through all of them.
macro_rules! by_activity {
    ($condition:expr) => {
        concat!(
            "WITH r AS MATERIALIZED (",
            readable!("$1", "$2"),
            "), t AS MATERIALIZED (
    SELECT h.id, h.space_id, h.number, h.title, h.excerpt, h.author_id, h.last_at, h.posts, h.pinned_at
    FROM thread h
    WHERE (h.space_id IN (SELECT r.id FROM r)) IS TRUE
        AND ",
            $condition,
            "
        AND h.last_at <= $4 AND (h.last_at < $4 OR h.id < $5)
    ORDER BY h.last_at DESC, h.id DESC
    LIMIT $6
)\n",
            line!(),
            "\nFROM t CROSS JOIN r",
            joined!(),
            "\nWHERE r.id = t.space_id\nORDER BY t.last_at DESC, t.id DESC"
        )
    };
}

pub(super) const WITH_NEW: &str = by_activity!(is_new!());
pub(super) const WITHOUT_NEW: &str = by_activity!(concat!("NOT (", is_new!(), ")"));

/// Where every list begins: after every moment that there is.
fn beginning(actor: &Actor) -> Place {
    Place { at: actor.now() + TimeDelta::days(1), id: uuid::Uuid::max() }
}

/// A part of the feed: of what is new until that is all shown, and then of the rest. With the first part the actor has been here.
pub async fn feed(actor: &Actor, before: &str, is_again: bool) -> Result<Feed, AppError> {
    let Arrival { spaces, last, to_review } = arrival(actor).await?;
    // What was marked as read all together is not gone through again.
    let fresh = last.and_then(|last| last.all_read_at).map_or(actor.now() - FRESH, |moment| moment.max(actor.now() - FRESH));
    let (is_earlier, from) = match before.strip_prefix("e-") {
        Some(key) => (true, Place::of_key(key)),
        None => (false, Place::of_key(before)),
    };
    let from = from.unwrap_or_else(|| beginning(actor));
    let mut next = None;
    let mut new = Vec::new();
    if !is_earlier {
        new = threads(actor, WITH_NEW, fresh, from).await?;
        next = rest_of(&mut new).map(|place| place.key());
    }
    let mut earlier = Vec::new();
    if next.is_none() {
        earlier = threads(actor, WITHOUT_NEW, fresh, if is_earlier { from } else { beginning(actor) }).await?;
        next = rest_of(&mut earlier).map(|place| format!("e-{}", place.key()));
    }
    for rows in [&mut new, &mut earlier] {
        name_in_excerpts(actor.database(), rows).await?;
    }
    let since_opened = last.map_or(0, |last| new.iter().filter(|row| row.last_at > last.here_at).count());
    let before = if is_again { None } else { visit(actor, last, since_opened > 0).await? };
    Ok(Feed {
        spaces,
        new: new.into_iter().map(ThreadLine::from).collect(),
        earlier: earlier.into_iter().map(ThreadLine::from).collect(),
        next,
        before: before.map(::series::local),
        to_review,
        since_opened: if is_again { i64::try_from(since_opened).unwrap_or_default() } else { 0 },
        now: ::series::local(actor.now()),
    })
}

async fn threads(actor: &Actor, statement: &'static str, fresh: DateTime<Utc>, from: Place) -> Result<Vec<ThreadRow>, AppError> {
    let database = actor.database();
    Ok(on!(database, pool => sqlx::query_as(statement)
        .bind(actor.person())
        .bind(starters_since(actor))
        .bind(fresh)
        .bind(from.at)
        .bind(from.id)
        .bind(i64::from(PAGE) + 1)
        .fetch_all(pool).await)?)
}

/// Takes away what is one too many; the place of the last that stays, where there was one.
fn rest_of(rows: &mut Vec<ThreadRow>) -> Option<Place> {
    let has_more = rows.len() > usize::from(PAGE);
    rows.truncate(usize::from(PAGE));
    rows.last().filter(|_| has_more).map(|row| Place { at: row.last_at, id: row.id.0 })
}

/// When somebody was here last and the time before, and the moment up to which everything counts as read.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_field_names, reason = "they are called as the columns are")]
struct Visit {
    here_at: DateTime<Utc>,
    before_at: Option<DateTime<Utc>>,
    all_read_at: Option<DateTime<Utc>>,
}

/// What somebody comes to: the spaces that they may read, their visit before, and how much waits for them to decide.
#[derive(Default)]
struct Arrival {
    spaces: Vec<SpaceLine>,
    last: Option<Visit>,
    to_review: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct ArrivalRow {
    #[sqlx(flatten)]
    space: SpaceRow,
    here_at: Option<DateTime<Utc>>,
    before_at: Option<DateTime<Utc>>,
    all_read_at: Option<DateTime<Utc>>,
    #[sqlx(flatten)]
    to_review: ToReview,
}

/// One statement for all three, since each costs its way to the database and back. Whoever may read no space comes to nothing.
async fn arrival(actor: &Actor) -> Result<Arrival, AppError> {
    const ARRIVAL: &str = spaces!(
        concat!(", v.here_at, v.before_at, v.all_read_at,\n    ", review_columns!()),
        "\nLEFT JOIN community_visit v ON v.person_id = $1"
    );

    let database = actor.database();
    let rows: Vec<ArrivalRow> = on!(database, pool => sqlx::query_as(ARRIVAL)
        .bind(actor.person())
        .bind(starters_since(actor))
        .fetch_all(pool).await)?;
    let Some(first) = rows.first() else { return Ok(Arrival::default()) };
    let last = first.here_at.map(|here_at| Visit { here_at, before_at: first.before_at, all_read_at: first.all_read_at });
    let to_review = first.to_review.count();
    Ok(Arrival { spaces: rows.into_iter().map(|row| row.space.into()).collect(), last, to_review })
}

/// Notes that the actor is here. Answers when they were here the time before; what lies within half an hour is one visit.
async fn visit(actor: &Actor, last: Option<Visit>, has_moved: bool) -> Result<Option<DateTime<Utc>>, AppError> {
    const HERE: &str = "\
INSERT INTO community_visit (person_id, here_at, before_at, all_read_at)
VALUES ($1, $2, $3, NULL)
ON CONFLICT (person_id) DO UPDATE
SET here_at = excluded.here_at, before_at = excluded.before_at";

    let age = last.map(|last| actor.now() - last.here_at);
    let before =
        last.and_then(|last| if actor.now() - last.here_at > TimeDelta::minutes(30) { Some(last.here_at) } else { last.before_at });
    // Whoever looks again and again at what has not changed makes the database write nothing.
    if has_moved || age.is_none_or(|age| age > TimeDelta::minutes(10)) {
        let mut transaction = actor.begin().await?;
        on!(&mut transaction, connection => sqlx::query(HERE)
            .bind(actor.person())
            .bind(actor.now())
            .bind(before)
            .execute(connection).await.map(|_| ()))?;
        transaction.commit().await?;
    }
    Ok(before)
}

macro_rules! of_space {
    ($condition:literal) => {
        concat!(
            "WITH r AS MATERIALIZED (SELECT q.id, q.slug, q.name, q.about, q.kind FROM (",
            readable!("$1", "$2"),
            ") q WHERE q.id = $7)\n",
            line!(),
            "\nFROM thread t CROSS JOIN r",
            joined!(),
            "\nWHERE r.id = t.space_id
    AND t.space_id = $7
    AND ",
            $condition,
            "
    AND t.last_at <= $4 AND (t.last_at < $4 OR t.id < $5)
ORDER BY t.last_at DESC, t.id DESC
LIMIT $6"
        )
    };
}

const PINNED: &str = of_space!("t.pinned_at IS NOT NULL");
pub(super) const UNPINNED: &str = of_space!("t.pinned_at IS NULL");

async fn threads_of(actor: &Actor, space: &OpenedSpace, statement: &'static str, from: Place) -> Result<Vec<ThreadRow>, AppError> {
    let database = actor.database();
    Ok(on!(database, pool => sqlx::query_as(statement)
        .bind(actor.person())
        .bind(starters_since(actor))
        .bind(actor.now() - FRESH)
        .bind(from.at)
        .bind(from.id)
        .bind(i64::from(PAGE) + 1)
        .bind(space.id())
        .fetch_all(pool).await)?)
}

/// A space with its threads: the pinned ones before the first part, the others by their last post.
pub async fn space_shown(actor: &Actor, space: &OpenedSpace, before: &str) -> Result<SpaceShown, AppError> {
    let from = Place::of_key(before);
    let mut pinned = Vec::new();
    if from.is_none() {
        pinned = threads_of(actor, space, PINNED, beginning(actor)).await?;
        pinned.truncate(usize::from(PAGE));
    }
    let mut rest = threads_of(actor, space, UNPINNED, from.unwrap_or_else(|| beginning(actor))).await?;
    let next = rest_of(&mut rest).map(|place| place.key());
    let mut threads: Vec<ThreadRow> = pinned.into_iter().chain(rest).collect();
    name_in_excerpts(actor.database(), &mut threads).await?;
    let posting = posting_in(actor, &mut actor.database().snapshot().await?, space, None).await?;
    Ok(SpaceShown {
        space: space.line(),
        moderators: moderators(actor, space).await?,
        is_moderator: space.is_moderator(),
        takes_files: space.takes_files(),
        opened: times_opened(actor, space).await?,
        approval: posting.approval,
        threads: threads.into_iter().map(ThreadLine::from).collect(),
        next,
        spaces: spaces_of(actor).await?,
        now: ::series::local(actor.now()),
    })
}

/// Who looks after a space.
pub(super) async fn moderators(actor: &Actor, space: &OpenedSpace) -> Result<Vec<PersonName>, AppError> {
    const MODERATORS: &str = "\
SELECT w.code, w.title, w.given_name, w.family_name
FROM person w
WHERE w.standing = 'registered'
    AND (w.id IN (SELECT o.person_id FROM space_moderator o WHERE o.space_id = $1)
        OR w.id IN (SELECT g.supervisor_id FROM supervision_group g WHERE g.id = $1))
ORDER BY w.given_key, w.family_key, w.id";

    let database = actor.database();
    let rows: Vec<NameRow> = on!(database, pool => sqlx::query_as(MODERATORS).bind(space.id()).fetch_all(pool).await)?;
    Ok(rows.into_iter().map(PersonName::from).collect())
}
