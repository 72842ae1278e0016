//! Places of people who belong no more to those whom an event is for: who left, is suspended, or lost what made them one of the readers of its home space.

use calendar_files::Method;
use chrono::{DateTime, Utc};

use super::open::{TakenEvent, starters_at, take_to_settle};
use super::places::{Posting, move_up};
use super::row::{belongs, stands};
use crate::access::{Actor, System};
use crate::audit;
use crate::belonging::STARTING;
use crate::database::{Database, Transaction, on};
use crate::error::AppError;
use crate::events::answers::Lapse;
use crate::events::letters::your_place_lapsed;
use crate::events::model::EventId;
use crate::messages::queue_with_calendars;
use crate::people::PersonId;

/// The events of whose answers something is to be written: somebody has a place, or waits for one, who belongs no more, or the event has begun and they
/// do not stand yet.
pub async fn events_to_follow(system: &System) -> Result<Vec<EventId>, AppError> {
    // SQLite takes the tables of a `CROSS JOIN` in the order in which they stand: from the answers to one event, not from everybody.
    const TO_FOLLOW: &str = concat!(
        "\
SELECT e.id
FROM event e
WHERE e.settled_at IS NULL
    AND e.published_at IS NOT NULL
    AND e.cancelled_at IS NULL
    AND (e.starts_at <= $1 OR EXISTS (
        SELECT 1
        FROM event_answer a
        CROSS JOIN person p
        WHERE a.event_id = e.id
            AND a.answer IN ('yes', 'waiting')
            AND p.id = a.person_id
            AND (p.standing <> 'registered' OR NOT ",
        belongs!("e.space_id", "a.person_id", "$2"),
        ")))
ORDER BY e.id"
    );

    Ok(on!(system.database(), pool => sqlx::query_scalar(TO_FOLLOW)
        .bind(system.now())
        .bind(system.now() - STARTING)
        .fetch_all(pool).await)?)
}

/// Writes down what has lapsed at one event, for the program, and has its answers stand from its beginning on. Answers how many people there were.
pub async fn let_places_lapse(system: &System, event: EventId) -> Result<u64, AppError> {
    let mut transaction = system.begin().await?;
    let Some(event) = take_to_settle(&mut transaction, event).await? else { return Ok(0) };
    let lapsed = let_lapse(&mut transaction, &event, Posting { now: system.now(), origin: system.origin() }).await?;
    if lapsed > 0 {
        let detail = how_many(lapsed);
        audit::record_by_system(&mut transaction, system, entry(&event, &detail)).await?;
    }
    settle(&mut transaction, &event, system.now()).await?;
    transaction.commit().await?;
    Ok(lapsed)
}

/// The same before somebody answers or changes an event, or writes down who came, which is taken: nobody is kept from a place that somebody has no more. It
/// is nobody's doing, least of all theirs.
pub(super) async fn let_lapse_before(transaction: &mut Transaction, actor: &Actor, event: &TakenEvent) -> Result<(), AppError> {
    let lapsed = let_lapse(transaction, event, Posting { now: actor.now(), origin: actor.origin() }).await?;
    if lapsed > 0 {
        audit::record_by_anyone(transaction, actor.now(), entry(event, &how_many(lapsed))).await?;
    }
    settle(transaction, event, actor.now()).await
}

/// Has the answers to an event that has begun stand as they are from now on: whoever belongs no more after that was there, or was to be, all the same.
async fn settle(transaction: &mut Transaction, event: &TakenEvent, now: DateTime<Utc>) -> Result<(), AppError> {
    const SETTLE: &str = "UPDATE event SET settled_at = $2 WHERE id = $1 AND starts_at <= $2 AND settled_at IS NULL";

    if event.published_at.is_some() && event.starts_at <= now {
        on!(&mut transaction, connection => sqlx::query(SETTLE).bind(event.id).bind(now).execute(connection).await.map(|_| ()))?;
    }
    Ok(())
}

// Whose places they were is in no log either: it would say who was suspended, or left.
fn entry<'a>(event: &TakenEvent, detail: &'a str) -> audit::Entry<'a> {
    audit::Entry { action: "let_places_lapse", subject: "event", subject_id: Some(event.id.0), detail }
}

fn how_many(people: u64) -> String {
    if people == 1 { "1 person".to_owned() } else { format!("{people} people") }
}

/// Takes their places at an event whose answers do not stand yet, and their places in the order, from those who belong no more, and gives the places to
/// whoever has waited longest. Answers how many there were.
async fn let_lapse(transaction: &mut Transaction, event: &TakenEvent, posting: Posting<'_>) -> Result<u64, AppError> {
    if event.published_at.is_none() || event.settled_at.is_some() {
        return Ok(0);
    }
    let lapsed = take_from_those_who_left(transaction, event, posting).await?;
    if lapsed.is_empty() {
        return Ok(0);
    }
    // A letter about what is over would be of use to nobody.
    for (person, had_place) in lapsed.iter().filter(|_| !event.is_over(posting.now)) {
        let letter = your_place_lapsed(*person, event.about(), *had_place);
        let file = had_place.then(|| event.file(Method::Cancel, posting));
        queue_with_calendars(transaction, &letter, file.as_slice(), posting.now).await?;
    }
    let passed_on = move_up(transaction, event, posting).await?;
    write_down(transaction, (event, posting.now), (&lapsed, passed_on)).await?;
    Ok(u64::try_from(lapsed.len()).unwrap_or(u64::MAX))
}

/// Whoever belongs no more, and whether they had a place. What somebody has said no to is no place.
async fn take_from_those_who_left(
    transaction: &mut Transaction,
    event: &TakenEvent,
    posting: Posting<'_>,
) -> Result<Vec<(PersonId, bool)>, AppError> {
    const TAKE: &str = concat!(
        "\
DELETE FROM event_answer
WHERE event_id = $1
    AND answer IN ('yes', 'waiting')
    AND person_id NOT IN (
        SELECT b.person_id
        FROM event_answer b
        JOIN person p ON p.id = b.person_id
        JOIN event e ON e.id = b.event_id
        WHERE b.event_id = $1
            AND ",
        stands!("b", "b.person_id", "p", "e.space_id", "$2"),
        "
    )
RETURNING person_id, answer = 'yes'"
    );

    let mut lapsed: Vec<(PersonId, bool)> = on!(&mut transaction, connection => sqlx::query_as(TAKE)
        .bind(event.id)
        .bind(starters_at(event.starts_at, posting.now))
        .fetch_all(connection).await)?;
    lapsed.sort_unstable();
    Ok(lapsed)
}

async fn write_down(
    transaction: &mut Transaction,
    (event, now): (&TakenEvent, DateTime<Utc>),
    (lapsed, passed_on): (&[(PersonId, bool)], usize),
) -> Result<(), AppError> {
    const WRITE: &str = "\
INSERT INTO event_lapse (event_id, lapsed_at, places, waiting, passed_on)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (event_id, lapsed_at) DO UPDATE
SET places = event_lapse.places + excluded.places, waiting = event_lapse.waiting + excluded.waiting,
    passed_on = event_lapse.passed_on + excluded.passed_on";

    let whole = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let places = lapsed.iter().filter(|(_, had_place)| *had_place).count();
    on!(&mut transaction, connection => sqlx::query(WRITE)
        .bind(event.id)
        .bind(now)
        .bind(whole(places))
        .bind(whole(lapsed.len() - places))
        .bind(whole(passed_on))
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// What became of the places of those who belong no more, the latest first.
pub(super) async fn lapses_of(database: &Database, event: EventId) -> Result<Vec<Lapse>, AppError> {
    const LAPSES: &str =
        "SELECT lapsed_at, places, waiting, passed_on FROM event_lapse WHERE event_id = $1 ORDER BY lapsed_at DESC LIMIT 20";

    let rows: Vec<(DateTime<Utc>, i64, i64, i64)> = on!(database, pool => sqlx::query_as(LAPSES).bind(event).fetch_all(pool).await)?;
    let lapse = |(at, places, waiting, passed_on): (DateTime<Utc>, i64, i64, i64)| Lapse {
        on: ::series::local(at).date(),
        places,
        waiting,
        passed_on,
    };
    Ok(rows.into_iter().map(lapse).collect())
}
