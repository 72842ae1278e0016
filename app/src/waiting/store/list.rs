//! Everybody who waits.

use super::row::{EntryRow, entries};
use crate::access::Actor;
use crate::clinics::store::waited_sessions;
use crate::database::on;
use crate::error::AppError;
use crate::groups::store::places_taken;
use crate::groups::{GroupKind, page_number};
use crate::waiting::answers::{ENTRIES_ON_A_PAGE, FreePlaces, WaitingLine, WaitingList};
use crate::waiting::forms::WaitingFilter;

/// A page of those who wait, the most urgent first and among them those who have waited longest; and the groups with a place for somebody.
pub async fn waiting_list(actor: &Actor, filter: &WaitingFilter) -> Result<WaitingList, AppError> {
    let page = page_number(&filter.page);
    let rows = listed(actor, filter, Part { at_most: ENTRIES_ON_A_PAGE, after: (page - 1) * ENTRIES_ON_A_PAGE }).await?;
    let total = rows.first().map_or(0, |row| row.total);
    let lines = rows.into_iter().map(|row| row.entry.into()).collect();
    let (free, clinics) = (free_places(actor).await?, waited_sessions(actor).await?);
    Ok(WaitingList { filter: filter.clone(), lines, total, page, free, clinics, now: actor.now() })
}

/// The same, on whatever page.
pub async fn everybody_waiting(actor: &Actor, filter: &WaitingFilter) -> Result<Vec<WaitingLine>, AppError> {
    let rows = listed(actor, filter, Part { at_most: i64::MAX, after: 0 }).await?;
    Ok(rows.into_iter().map(|row| row.entry.into()).collect())
}

/// A part of a list.
#[derive(Clone, Copy)]
struct Part {
    at_most: i64,
    after: i64,
}

async fn listed(actor: &Actor, filter: &WaitingFilter, part: Part) -> Result<Vec<Row>, AppError> {
    const LIST: &str = entries!(
        "COUNT(*) OVER () AS total",
        "    AND ($1 = '' OR e.kind = $1)
    AND ($2 = 0 OR e.urgency = $2)
    AND ($3 = '' OR ($3 = 'yes') = (f.id IS NOT NULL))
ORDER BY e.urgency, e.asked_at, e.id
LIMIT $4 OFFSET $5"
    );

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
    #[sqlx(flatten)]
    entry: EntryRow,
    total: i64,
}

/// How many groups with a free place stand above the list. Nobody reads more of them there.
const GROUPS_SHOWN: i64 = 60;

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
