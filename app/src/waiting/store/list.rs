//! Everybody who waits.

use chrono::{DateTime, Utc};

use super::row::{AskedRow, PersonRow};
use crate::access::Actor;
use crate::database::on;
use crate::error::AppError;
use crate::groups::store::places_taken;
use crate::groups::{GroupKind, page_number};
use crate::waiting::answers::{ENTRIES_ON_A_PAGE, FreePlaces, HeldPlace, WaitingLine, WaitingList};
use crate::waiting::forms::WaitingFilter;

/// A page of those who wait, the most urgent first and among them those who have waited longest; and the groups with a place for somebody.
pub async fn waiting_list(actor: &Actor, filter: &WaitingFilter) -> Result<WaitingList, AppError> {
    let page = page_number(&filter.page);
    let rows = listed(actor, filter, Part { at_most: ENTRIES_ON_A_PAGE, after: (page - 1) * ENTRIES_ON_A_PAGE }).await?;
    let total = rows.first().map_or(0, |row| row.total);
    let lines = rows.into_iter().map(WaitingLine::from).collect();
    Ok(WaitingList { filter: filter.clone(), lines, total, page, free: free_places(actor).await?, now: actor.now() })
}

/// The same, on whatever page.
pub async fn everybody_waiting(actor: &Actor, filter: &WaitingFilter) -> Result<Vec<WaitingLine>, AppError> {
    let rows = listed(actor, filter, Part { at_most: i64::MAX, after: 0 }).await?;
    Ok(rows.into_iter().map(WaitingLine::from).collect())
}

/// A part of a list.
#[derive(Clone, Copy)]
struct Part {
    at_most: i64,
    after: i64,
}

async fn listed(actor: &Actor, filter: &WaitingFilter, part: Part) -> Result<Vec<Row>, AppError> {
    const LIST: &str = "\
SELECT e.code AS entry_code, e.kind, e.way, e.times, e.urgency, e.wanted_words, e.asked_at, p.code, p.title, p.given_name, p.family_name, p.profession,
    COALESCE(a.name, '') AS authority, f.code AS offer_code, f.holds_until, g.slug AS group_slug, g.name AS group_name,
    COUNT(*) OVER () AS total
FROM waiting_entry e
JOIN person p ON p.id = e.person_id
LEFT JOIN authority a ON a.id = p.authority_id
LEFT JOIN place_offer f ON f.entry_id = e.id AND f.ended_at IS NULL
LEFT JOIN supervision_group g ON g.id = f.group_id
WHERE e.ended_at IS NULL
    AND p.standing <> 'suspended'
    AND ($1 = '' OR e.kind = $1)
    AND ($2 = 0 OR e.urgency = $2)
    AND ($3 = '' OR ($3 = 'yes') = (f.id IS NOT NULL))
ORDER BY e.urgency, e.asked_at, e.id
LIMIT $4 OFFSET $5";

    let database = actor.database();
    Ok(on!(database, pool => sqlx::query_as(LIST)
        .bind(filter.kind_key())
        .bind(filter.rank())
        .bind(filter.offer_key())
        .bind(part.at_most)
        .bind(part.after)
        .fetch_all(pool).await)?)
}

#[derive(sqlx::FromRow)]
struct Row {
    entry_code: String,
    #[sqlx(flatten)]
    asked: AskedRow,
    asked_at: DateTime<Utc>,
    #[sqlx(flatten)]
    person: PersonRow,
    offer_code: Option<String>,
    holds_until: Option<DateTime<Utc>>,
    group_slug: Option<String>,
    group_name: Option<String>,
    total: i64,
}

impl From<Row> for WaitingLine {
    fn from(row: Row) -> Self {
        let Row { entry_code, asked, asked_at, person, offer_code, holds_until, group_slug, group_name, .. } = row;
        let (person, about) = person.told();
        let offer = offer_code
            .zip(holds_until)
            .zip(group_slug.zip(group_name))
            .map(|((code, until), (group_slug, group_name))| HeldPlace { code, person: person.clone(), group_slug, group_name, until });
        Self { entry: entry_code, person, about, asked: asked.into(), since: asked_at, offer }
    }
}

/// How many groups with a free place are shown beside the list.
const GROUPS_SHOWN: i64 = 12;

/// Groups that meet and have a place that is neither taken nor held, those first for whose kind most people wait.
async fn free_places(actor: &Actor) -> Result<Vec<FreePlaces>, AppError> {
    const FREE: &str = concat!(
        "\
WITH open_group AS (
    SELECT g.slug, g.name, g.name_key, g.kind, g.capacity - ",
        places_taken!("g.id"),
        " AS free,
        (
            SELECT COUNT(*)
            FROM waiting_entry e
            JOIN person p ON p.id = e.person_id
            WHERE e.kind = g.kind
                AND e.ended_at IS NULL
                AND p.standing <> 'suspended'
                AND NOT EXISTS (SELECT 1 FROM place_offer h WHERE h.entry_id = e.id AND h.ended_at IS NULL)
        ) AS waiting
    FROM supervision_group g
    WHERE g.ended_at IS NULL
)
SELECT slug, name, kind, free, waiting
FROM open_group
WHERE free > 0
    AND waiting > 0
ORDER BY waiting DESC, name_key, slug
LIMIT $1"
    );

    #[derive(sqlx::FromRow)]
    struct Row {
        slug: String,
        name: String,
        kind: GroupKind,
        free: i64,
        waiting: i64,
    }

    let database = actor.database();
    let rows: Vec<Row> = on!(database, pool => sqlx::query_as(FREE).bind(GROUPS_SHOWN).fetch_all(pool).await)?;
    let free =
        rows.into_iter().map(|row| FreePlaces { slug: row.slug, name: row.name, kind: row.kind, free: row.free, waiting: row.waiting });
    Ok(free.collect())
}
