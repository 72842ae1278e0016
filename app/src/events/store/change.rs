//! Making, changing and publishing events.

use calendar_files::Method;
use chrono::{DateTime, TimeDelta, Utc};

use super::fit::{refuse_moved, refuse_new, refuse_published};
use super::host::hosts_for;
use super::lapse::let_lapse_before;
use super::open::{OpenedEvent, TakenEvent, open_to_keep, take_version};
use super::places::{Posting, answered, coming_to, move_up};
use crate::access::{Actor, Permission};
use crate::audit;
use crate::availability::KeepReason;
use crate::availability::store::keep_beside_event;
use crate::belonging::{STARTING, reads_space};
use crate::database::{Transaction, code as new_code, new_id, on};
use crate::error::AppError;
use crate::events::answers::{EventFields, EventToChange, InTheWay};
use crate::events::check::NewEvent;
use crate::events::letters::event_changed;
use crate::events::model::EventId;
use crate::groups::MeetingMode;
use crate::messages::queue_with_calendars;
use crate::spaces::SpaceId;
use crate::ui::{clock_time, day_month_year, hours_and_minutes};

/// An event to be changed, with what its form offers; without a code, what a new one is made from.
pub async fn event_to_change(actor: &Actor, code: &str) -> Result<EventToChange, AppError> {
    const SOURCE: &str = "SELECT source FROM event WHERE id = $1";
    const READING: &str =
        "SELECT i.slug FROM event_reading r JOIN library_item i ON i.id = r.item_id WHERE r.event_id = $1 ORDER BY i.slug";
    const LIBRARY: &str = "SELECT slug, title FROM library_item WHERE retired_at IS NULL ORDER BY search_key, slug";
    const SPACES: &str =
        concat!("SELECT sp.slug, sp.name FROM space sp WHERE $3 OR ", reads_space!("sp", "$1", "$2"), " ORDER BY sp.name, sp.slug");

    let opened = if code.is_empty() { None } else { Some(open_to_keep(actor, code).await?) };
    let hosts = match &opened {
        None => Vec::new(),
        Some(OpenedEvent { row, .. }) => hosts_for(actor, row).await?,
    };
    let database = actor.database();
    let event = match opened {
        None => None,
        Some(OpenedEvent { row, .. }) => {
            let source: String = on!(database, pool => sqlx::query_scalar(SOURCE).bind(row.id).fetch_one(pool).await)?;
            let reading: Vec<String> = on!(database, pool => sqlx::query_scalar(READING).bind(row.id).fetch_all(pool).await)?;
            let line = row.line(actor.now());
            let (speaker, room_url, closes_hours, version) = (row.speaker, row.room_url, row.closes_hours, row.version);
            Some(EventFields { line, speaker, source, room_url, closes_hours, reading, version })
        }
    };
    Ok(EventToChange {
        event,
        hosts,
        spaces: on!(database, pool => sqlx::query_as(SPACES)
            .bind(actor.person())
            .bind(actor.now() - STARTING)
            .bind(actor.may(Permission::ManageEvents))
            .fetch_all(pool).await)?,
        library: on!(database, pool => sqlx::query_as(LIBRARY).fetch_all(pool).await)?,
        now: ::series::local(actor.now()),
        in_the_way: InTheWay::default(),
    })
}

/// A space in which the actor may hold events, read on the connection of the transaction: whoever holds one asks for no second.
async fn home_space(transaction: &mut Transaction, actor: &Actor, slug: &str) -> Result<SpaceId, AppError> {
    const SPACE: &str = concat!("SELECT sp.id FROM space sp WHERE sp.slug = $4 AND ($3 OR ", reads_space!("sp", "$1", "$2"), ")");

    let space: Option<SpaceId> = on!(&mut transaction, connection => sqlx::query_scalar(SPACE)
        .bind(actor.person())
        .bind(actor.now() - STARTING)
        .bind(actor.may(Permission::ManageEvents))
        .bind(slug)
        .fetch_optional(connection).await)?;
    space.ok_or_else(|| AppError::invalid("space", "Choose one of the spaces."))
}

/// Makes a draft, which the actor hosts, at a time at which something can be planned for them. Answers its part of the address.
pub async fn make_event(actor: &Actor, event: &NewEvent) -> Result<String, AppError> {
    const MAKE: &str = "\
INSERT INTO event (id, code, kind, title, speaker, source, html, space_id, host_id, mode, room_url, place, starts_local, zone, length_minutes, starts_at,
    ends_at, capacity, closes_hours, minutes, made_at, cancelled_reason, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'Europe/London', $14, $15, $16, $17, $18, $19, $20, '', 1)";

    let (id, code) = (EventId(new_id()), new_code());
    let (starts_at, ends_at) = moments(event);
    let mut transaction = actor.begin().await?;
    let space = home_space(&mut transaction, actor, &event.space).await?;
    refuse_new(&mut transaction, actor, event).await?;
    on!(&mut transaction, connection => sqlx::query(MAKE)
        .bind(id)
        .bind(&code)
        .bind(event.kind)
        .bind(&event.title)
        .bind(&event.speaker)
        .bind(event.text.source())
        .bind(event.text.html())
        .bind(space)
        .bind(actor.person())
        .bind(event.mode)
        .bind(&event.room_url)
        .bind(&event.place)
        .bind(event.starts)
        .bind(event.length_minutes)
        .bind(starts_at)
        .bind(ends_at)
        .bind(event.capacity)
        .bind(event.closes_hours)
        .bind(event.minutes)
        .bind(actor.now())
        .execute(connection).await.map(|_| ()))?;
    set_reading(&mut transaction, id, &event.reading).await?;
    audit(&mut transaction, actor, "make_event", id).await?;
    transaction.commit().await?;
    Ok(code)
}

pub(super) async fn audit(transaction: &mut Transaction, actor: &Actor, action: &'static str, id: EventId) -> Result<(), AppError> {
    audit_with(transaction, actor, (action, ""), id).await
}

pub(super) async fn audit_with(
    transaction: &mut Transaction,
    actor: &Actor,
    (action, detail): (&'static str, &str),
    id: EventId,
) -> Result<(), AppError> {
    audit::record(transaction, actor, audit::Entry { action, subject: "event", subject_id: Some(id.0), detail }).await
}

pub(super) fn moments(event: &NewEvent) -> (DateTime<Utc>, DateTime<Utc>) {
    let starts_at = ::series::instant(event.starts);
    (starts_at, starts_at + TimeDelta::minutes(event.length_minutes))
}

/// As much as anybody reads before an evening.
const MOST_READING: usize = 10;

async fn set_reading(transaction: &mut Transaction, id: EventId, items: &[String]) -> Result<(), AppError> {
    const FORGET: &str = "DELETE FROM event_reading WHERE event_id = $1";
    const SET: &str = "\
INSERT INTO event_reading (event_id, item_id)
SELECT $1, i.id
FROM library_item i
WHERE i.slug = $2
    AND i.retired_at IS NULL
ON CONFLICT (event_id, item_id) DO NOTHING";

    if items.len() > MOST_READING {
        return Err(AppError::invalid("reading", format!("Choose at most {MOST_READING}.")));
    }
    on!(&mut transaction, connection => sqlx::query(FORGET).bind(id).execute(connection).await.map(|_| ()))?;
    for item in items {
        on!(&mut transaction, connection => sqlx::query(SET).bind(id).bind(item).execute(connection).await.map(|_| ()))?;
    }
    Ok(())
}

/// Changes an event that has not begun. Whoever has a place or waits keeps that, and is told where the time or the way to meet is another; where there
/// are more places, those who wait move up. At another time its host has to be free, by the rules for sessions, or there is a reason where one only warns.
pub async fn change_event(
    actor: &Actor,
    (code, shown): (&str, i64),
    (event, reason): (&NewEvent, Option<KeepReason>),
) -> Result<(), AppError> {
    let opened = open_to_keep(actor, code).await?;
    let mut transaction = actor.begin().await?;
    let before = take_version(&mut transaction, opened.row.id, shown).await?;
    check_to_come(actor, &before)?;
    let_lapse_before(&mut transaction, actor, &before).await?;
    check_places(&mut transaction, &before, event).await?;
    let judged = refuse_moved(&mut transaction, actor, (&before, event), reason).await?;
    if before.published_at.is_some() {
        if event.space != opened.row.line(actor.now()).space.0 {
            return Err(AppError::invalid("space", "For whom a published event is stays as it is, since people have answered it."));
        }
    } else {
        let space = home_space(&mut transaction, actor, &event.space).await?;
        move_home(&mut transaction, before.id, space).await?;
    }
    write(&mut transaction, before.id, event).await?;
    set_reading(&mut transaction, before.id, &event.reading).await?;
    let (starts_at, _) = moments(event);
    let after = TakenEvent {
        title: event.title.clone(),
        starts_local: event.starts,
        length_minutes: event.length_minutes,
        starts_at,
        capacity: event.capacity,
        closes_hours: event.closes_hours,
        mode: event.mode,
        ..before.clone()
    };
    if before.published_at.is_some() {
        let was = (opened.row.mode, opened.row.place.as_str());
        tell(&mut transaction, actor, (&before, &after), &changes((&before, was), event)).await?;
        move_up(&mut transaction, &after, Posting { now: actor.now(), origin: actor.origin() }).await?;
    }
    if let (Some(judged), Some(reason)) = (&judged, reason) {
        keep_beside_event(&mut transaction, actor, judged, reason).await?;
    }
    audit(&mut transaction, actor, "change_event", before.id).await?;
    transaction.commit().await
}

pub(super) fn check_to_come(actor: &Actor, event: &TakenEvent) -> Result<(), AppError> {
    if event.cancelled_at.is_some() {
        return Err(AppError::Conflict("This event was cancelled, so it can no longer be changed.".to_owned()));
    }
    if event.published_at.is_some() && event.starts_at <= actor.now() {
        return Err(AppError::Conflict("This event has begun, so it can no longer be changed.".to_owned()));
    }
    Ok(())
}

/// Nobody loses a place: there are at least as many as are taken.
async fn check_places(transaction: &mut Transaction, before: &TakenEvent, event: &NewEvent) -> Result<(), AppError> {
    let Some(capacity) = event.capacity else { return Ok(()) };
    let coming = coming_to(transaction, before).await?;
    if capacity >= coming {
        return Ok(());
    }
    Err(AppError::invalid("capacity", format!("{coming} people have a place already. Enter at least {coming}.")))
}

async fn move_home(transaction: &mut Transaction, id: EventId, space: SpaceId) -> Result<(), AppError> {
    const MOVE: &str = "UPDATE event SET space_id = $2 WHERE id = $1";

    Ok(on!(&mut transaction, connection => sqlx::query(MOVE).bind(id).bind(space).execute(connection).await.map(|_| ()))?)
}

async fn write(transaction: &mut Transaction, id: EventId, event: &NewEvent) -> Result<(), AppError> {
    const WRITE: &str = "\
UPDATE event
SET kind = $2, title = $3, speaker = $4, source = $5, html = $6, mode = $7, room_url = $8, place = $9, starts_local = $10, length_minutes = $11,
    starts_at = $12, ends_at = $13, capacity = $14, closes_hours = $15, minutes = $16
WHERE id = $1";

    let (starts_at, ends_at) = moments(event);
    on!(&mut transaction, connection => sqlx::query(WRITE)
        .bind(id)
        .bind(event.kind)
        .bind(&event.title)
        .bind(&event.speaker)
        .bind(event.text.source())
        .bind(event.text.html())
        .bind(event.mode)
        .bind(&event.room_url)
        .bind(&event.place)
        .bind(event.starts)
        .bind(event.length_minutes)
        .bind(starts_at)
        .bind(ends_at)
        .bind(event.capacity)
        .bind(event.closes_hours)
        .bind(event.minutes)
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// What people who answered have to know of a change; where it meets stands in Reverie, since a place that is typed may hold a name.
fn changes((before, (mode, place)): (&TakenEvent, (MeetingMode, &str)), event: &NewEvent) -> Vec<String> {
    let mut changes = Vec::new();
    if before.starts_local != event.starts {
        let when = |at: chrono::NaiveDateTime| format!("{}, {}", day_month_year(at.date()), clock_time(at.time()));
        changes.push(format!("It was planned for {}. It is now on {}, UK time.", when(before.starts_local), when(event.starts)));
    }
    if before.length_minutes != event.length_minutes {
        changes.push(format!("It now lasts {}.", hours_and_minutes(event.length_minutes)));
    }
    match (mode == event.mode, event.mode) {
        (false, MeetingMode::Online) => changes.push("It now meets online.".to_owned()),
        (false, MeetingMode::InPerson) => changes.push("It now meets in person. Reverie says where.".to_owned()),
        (true, MeetingMode::InPerson) if place != event.place => {
            changes.push("It now meets at another place. Reverie says where.".to_owned());
        }
        _ => {}
    }
    changes
}

/// Writes to whoever has a place or waits, and to the host where somebody else changed it; calendars follow where the time is another.
async fn tell(
    transaction: &mut Transaction,
    actor: &Actor,
    (before, after): (&TakenEvent, &TakenEvent),
    changes: &[String],
) -> Result<(), AppError> {
    if changes.is_empty() {
        return Ok(());
    }
    let is_moved = (before.starts_local, before.length_minutes) != (after.starts_local, after.length_minutes);
    let file = after.file(Method::Request, Posting { now: actor.now(), origin: actor.origin() });
    let host = (before.host_id != actor.person()).then_some((before.host_id, false));
    for (person, has_place) in answered(transaction, before).await?.into_iter().chain(host) {
        let letter = event_changed(person, after.about(), changes);
        let files: &[String] = if has_place && is_moved { std::slice::from_ref(&file) } else { &[] };
        queue_with_calendars(transaction, &letter, files, actor.now()).await?;
    }
    Ok(())
}

/// Publishes a draft in the version that was shown, at a time at which its host is free by the rules for sessions, or for a reason where one only warns:
/// whoever may read its home space can answer from then on.
pub async fn publish_event(actor: &Actor, (code, shown): (&str, i64), reason: Option<KeepReason>) -> Result<(), AppError> {
    const PUBLISH: &str = "UPDATE event SET published_at = $2 WHERE id = $1 AND published_at IS NULL";

    let opened = open_to_keep(actor, code).await?;
    let mut transaction = actor.begin().await?;
    let event = take_version(&mut transaction, opened.row.id, shown).await?;
    if event.starts_at <= actor.now() {
        return Err(AppError::Conflict("The time of this draft has gone by. Change it, then publish it.".to_owned()));
    }
    let judged = refuse_published(&mut transaction, actor, &event, reason).await?;
    on!(&mut transaction, connection => sqlx::query(PUBLISH).bind(event.id).bind(actor.now()).execute(connection).await.map(|_| ()))?;
    if let Some(reason) = reason {
        keep_beside_event(&mut transaction, actor, &judged, reason).await?;
    }
    audit(&mut transaction, actor, "publish_event", event.id).await?;
    transaction.commit().await
}
