//! When two people at the Centre have opened something, for those whom it concerns and who have been told.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use uuid::Uuid;

use super::open::{OpenedSpace, OpenedThread};
use crate::access::{Actor, Role};
use crate::access_log::{Further, read_since};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::short_name;
use crate::spaces::opened::{Ground, TimeOpened};

/// As many as a page shows.
const SHOWN: i64 = 5;

/// What a statement shows of an opening `o` that was agreed to.
macro_rules! opened_columns {
    () => {
        "\
o.answered_at, o.until, o.ground, o.asked_as, ask.title AS asked_title, ask.given_name AS asked_given, ask.family_name AS asked_family,
    o.answered_as, agree.title AS agreed_title, agree.given_name AS agreed_given, agree.family_name AS agreed_family"
    };
}

#[derive(sqlx::FromRow)]
struct Row {
    answered_at: DateTime<Utc>,
    until: DateTime<Utc>,
    ground: Ground,
    asked_as: Role,
    asked_title: String,
    asked_given: String,
    asked_family: String,
    answered_as: Role,
    agreed_title: String,
    agreed_given: String,
    agreed_family: String,
}

impl From<Row> for TimeOpened {
    fn from(row: Row) -> Self {
        let who = |(title, given, family): (&str, &str, &str), role: Role| {
            format!("{} ({})", short_name(title, given, family), role.name().to_lowercase())
        };
        let asked = who((&row.asked_title, &row.asked_given, &row.asked_family), row.asked_as);
        let agreed = who((&row.agreed_title, &row.agreed_given, &row.agreed_family), row.answered_as);
        Self {
            from: ::series::local(row.answered_at),
            until: ::series::local(row.until),
            by: format!("{asked} and {agreed}"),
            ground: row.ground,
        }
    }
}

/// When the closed space of a group was opened, the last time first. Other spaces are never opened.
pub(super) async fn times_opened(actor: &Actor, space: &OpenedSpace) -> Result<Vec<TimeOpened>, AppError> {
    const TIMES: &str = concat!(
        "SELECT ",
        opened_columns!(),
        "
FROM opening o
JOIN person ask ON ask.id = o.asked_by
JOIN person agree ON agree.id = o.answered_by
WHERE o.group_id = $1
    AND o.is_agreed
    AND o.told_at IS NOT NULL
ORDER BY o.answered_at DESC, o.id
LIMIT $2"
    );

    if !space.kind().is_closed() {
        return Ok(Vec::new());
    }
    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(TIMES).bind(space.id()).bind(SHOWN).fetch_all(pool).await)?;
    Ok(rows.into_iter().map(TimeOpened::from).collect())
}

/// When it was seen that the actor wrote posts of a thread without their name, by the number of each.
pub(super) async fn author_seen(
    actor: &Actor,
    moment: &mut Transaction,
    thread: &OpenedThread,
) -> Result<BTreeMap<i64, Vec<TimeOpened>>, AppError> {
    const SEEN: &str = concat!(
        "SELECT o.number, ",
        opened_columns!(),
        "
FROM opening o
JOIN author_apart own ON own.thread_id = o.thread_id AND own.number = o.number AND own.person_id = $2
JOIN person ask ON ask.id = o.asked_by
JOIN person agree ON agree.id = o.answered_by
WHERE o.thread_id = $1
    AND o.is_agreed
    AND o.told_at IS NOT NULL
ORDER BY o.answered_at DESC, o.id"
    );

    #[derive(sqlx::FromRow)]
    struct Seen {
        number: i64,
        #[sqlx(flatten)]
        row: Row,
    }

    let rows: Vec<Seen> =
        on!(&mut moment, connection => sqlx::query_as(SEEN).bind(thread.id()).bind(actor.person()).fetch_all(connection).await)?;
    let mut seen: BTreeMap<i64, Vec<TimeOpened>> = BTreeMap::new();
    for Seen { number, row } in rows {
        seen.entry(number).or_default().push(row.into());
    }
    Ok(seen)
}

/// What of the actor's own was opened as long ago as they are shown it, and has been told to them, the last time first: who wrote posts of theirs
/// without their name, and the spaces of groups in which they were when it was told, or which they lead, or where something of theirs stood then.
pub async fn told_of(actor: &Actor) -> Result<Vec<Further>, AppError> {
    const AUTHOR: &str = concat!(
        "SELECT ",
        opened_columns!(),
        "
FROM author_apart own
JOIN opening o ON o.thread_id = own.thread_id AND o.number = own.number
JOIN person ask ON ask.id = o.asked_by
JOIN person agree ON agree.id = o.answered_by
WHERE own.person_id = $1
    AND o.is_agreed
    AND o.told_at IS NOT NULL
    AND o.answered_at >= $2"
    );
    const SPACES: &str = concat!(
        "SELECT o.id, g.name AS group_name, o.told_at, part.joined_on, part.left_on, ",
        opened_columns!(),
        "
FROM (
    SELECT m.group_id, m.joined_on, m.left_on, 1 = 0 AS has_written
    FROM membership m
    WHERE m.person_id = $1
    UNION ALL
    SELECT led.id, CAST(NULL AS DATE), CAST(NULL AS DATE), 1 = 0
    FROM supervision_group led
    WHERE led.supervisor_id = $1
    UNION ALL
    SELECT DISTINCT t.space_id, CAST(NULL AS DATE), CAST(NULL AS DATE), 1 = 1
    FROM post wrote
    JOIN thread t ON t.id = wrote.thread_id
    WHERE wrote.author_id = $1
) part
JOIN opening o ON o.group_id = part.group_id
JOIN supervision_group g ON g.id = o.group_id
JOIN person ask ON ask.id = o.asked_by
JOIN person agree ON agree.id = o.answered_by
WHERE o.is_agreed
    AND o.told_at IS NOT NULL
    AND o.answered_at >= $2
    AND (NOT part.has_written OR EXISTS (
        SELECT 1
        FROM thread t
        JOIN post wrote ON wrote.thread_id = t.id
        WHERE t.space_id = o.group_id
            AND wrote.author_id = $1
            AND wrote.written_at <= o.told_at
            AND (wrote.withdrawn_at IS NULL OR wrote.withdrawn_at > o.told_at)))"
    );

    #[derive(sqlx::FromRow)]
    struct OfSpace {
        id: Uuid,
        group_name: String,
        told_at: DateTime<Utc>,
        joined_on: Option<NaiveDate>,
        left_on: Option<NaiveDate>,
        #[sqlx(flatten)]
        row: Row,
    }

    impl OfSpace {
        /// Whoever leaves is told nothing more from that day on, but for what they wrote there.
        fn was_told(&self) -> bool {
            let day = ::series::local(self.told_at).date();
            self.joined_on.is_none_or(|joined| joined <= day) && self.left_on.is_none_or(|left| left > day)
        }
    }

    let since = ::series::instant(read_since(actor).and_time(NaiveTime::MIN));
    let database = actor.database();
    let of_posts: Vec<Row> = on!(database, pool => sqlx::query_as(AUTHOR).bind(actor.person()).bind(since).fetch_all(pool).await)?;
    let of_spaces: Vec<OfSpace> = on!(database, pool => sqlx::query_as(SPACES).bind(actor.person()).bind(since).fetch_all(pool).await)?;
    let posts = of_posts.into_iter().map(|row| ("Who wrote a post of yours that bears no name".to_owned(), row));
    let mut seen = BTreeSet::new();
    let spaces = of_spaces
        .into_iter()
        .filter(OfSpace::was_told)
        .filter(|of| seen.insert(of.id))
        .map(|of| (format!("The closed space of {}", of.group_name), of.row));
    let mut further: Vec<Further> = posts
        .chain(spaces)
        .map(|(what, row)| {
            let TimeOpened { from, until, by, .. } = row.into();
            Further { who: by, what, from, until }
        })
        .collect();
    further.sort_by_key(|one| std::cmp::Reverse(one.from));
    Ok(further)
}
