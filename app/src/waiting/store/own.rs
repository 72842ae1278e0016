//! One's own waiting: what was asked for, where one stands, and the places that are held.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::row::AskedRow;
use crate::access::Actor;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::{Band, GroupKind, MeetingMode};
use crate::people::store::NameRow;
use crate::waiting::answers::{Asked, MyWaiting, OwnEntry, OwnOffer};
use crate::waiting::forms::kinds_for;

/// One's own page of the waiting list, as it was at one moment.
pub async fn my_waiting(actor: &Actor) -> Result<MyWaiting, AppError> {
    let moment = &mut actor.database().snapshot().await?;
    let entries = own_entries(actor, moment, "").await?;
    let mut kinds = kinds_for(actor.roles());
    kinds.retain(|kind| entries.iter().all(|entry| entry.asked.kind != *kind));
    Ok(MyWaiting { offers: offers_to(actor, moment).await?, entries, kinds, last: last_asked(actor, moment).await? })
}

/// One of one's own entries that has not ended.
pub async fn own_entry(actor: &Actor, code: &str) -> Result<OwnEntry, AppError> {
    let moment = &mut actor.database().snapshot().await?;
    let entry = if code.is_empty() { None } else { own_entries(actor, moment, code).await?.into_iter().next() };
    entry.ok_or(AppError::NotFound)
}

/// The actor's open entries, or the one of a code, each with its place among all who wait for that kind and may come in.
async fn own_entries(actor: &Actor, moment: &mut Transaction, code: &str) -> Result<Vec<OwnEntry>, AppError> {
    const ENTRIES: &str = "\
SELECT e.code, e.kind, e.way, e.times, e.urgency, e.wanted_words, e.asked_at, e.version,
    (
        SELECT COUNT(*)
        FROM waiting_entry o
        JOIN person q ON q.id = o.person_id
        WHERE o.kind = e.kind
            AND o.ended_at IS NULL
            AND q.standing <> 'suspended'
            AND (o.urgency < e.urgency
                OR (o.urgency = e.urgency AND (o.asked_at < e.asked_at OR (o.asked_at = e.asked_at AND o.id <= e.id))))
    ) AS place
FROM waiting_entry e
WHERE e.person_id = $1
    AND e.ended_at IS NULL
    AND ($2 = '' OR e.code = $2)
ORDER BY e.asked_at, e.id";

    #[derive(sqlx::FromRow)]
    struct Row {
        code: String,
        #[sqlx(flatten)]
        asked: AskedRow,
        asked_at: DateTime<Utc>,
        version: i64,
        place: i64,
    }

    let rows: Vec<Row> =
        on!(&mut moment, connection => sqlx::query_as(ENTRIES).bind(actor.person()).bind(code).fetch_all(connection).await)?;
    let entries = rows.into_iter().map(|row| OwnEntry {
        code: row.code,
        asked: row.asked.into(),
        since: row.asked_at,
        band: Band::of(row.place),
        version: row.version,
    });
    Ok(entries.collect())
}

/// The places that are held for the actor, the first to be answered first.
async fn offers_to(actor: &Actor, moment: &mut Transaction) -> Result<Vec<OwnOffer>, AppError> {
    const OFFERS: &str = "\
SELECT f.code AS offer_code, f.holds_until, g.name AS group_name, g.kind, g.mode, p.code, p.title, p.given_name, p.family_name,
    (SELECT COUNT(*) FROM membership m WHERE m.group_id = g.id AND m.left_on IS NULL) AS members,
    (SELECT MIN(s.starts_local) FROM session s WHERE s.group_id = g.id AND s.starts_at > $2 AND s.cancelled_at IS NULL) AS next_local
FROM place_offer f
JOIN supervision_group g ON g.id = f.group_id
JOIN person p ON p.id = g.supervisor_id
WHERE f.person_id = $1
    AND f.ended_at IS NULL
    AND f.holds_until > $2
ORDER BY f.holds_until, f.id";

    #[derive(sqlx::FromRow)]
    struct Row {
        offer_code: String,
        holds_until: DateTime<Utc>,
        group_name: String,
        kind: GroupKind,
        mode: MeetingMode,
        #[sqlx(flatten)]
        supervisor: NameRow,
        members: i64,
        next_local: Option<NaiveDateTime>,
    }

    let rows: Vec<Row> =
        on!(&mut moment, connection => sqlx::query_as(OFFERS).bind(actor.person()).bind(actor.now()).fetch_all(connection).await)?;
    let offers = rows.into_iter().map(|row| OwnOffer {
        code: row.offer_code,
        group_name: row.group_name,
        kind: row.kind,
        mode: row.mode,
        supervisor: row.supervisor.into(),
        members: row.members,
        next: row.next_local,
        until: row.holds_until,
    });
    Ok(offers.collect())
}

/// The groups in which a place is held for the actor, and the day until which it is.
pub async fn places_held_for(actor: &Actor, moment: &mut Transaction) -> Result<Vec<(String, NaiveDate)>, AppError> {
    let offers = offers_to(actor, moment).await?.into_iter();
    Ok(offers.map(|offer| (offer.group_name, ::series::local(offer.until).date())).collect())
}

/// What the actor asked for last and waits for no more, so that nobody enters it twice.
async fn last_asked(actor: &Actor, moment: &mut Transaction) -> Result<Option<Asked>, AppError> {
    const LAST: &str = "\
SELECT kind, way, times, urgency, wanted_words
FROM waiting_entry
WHERE person_id = $1
    AND ended_at IS NOT NULL
ORDER BY ended_at DESC, id
LIMIT 1";

    let row: Option<AskedRow> = on!(&mut moment, connection => sqlx::query_as(LAST).bind(actor.person()).fetch_optional(connection).await)?;
    Ok(row.map(Asked::from))
}
