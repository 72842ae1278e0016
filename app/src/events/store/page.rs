//! One event, for whoever sees it.

use super::in_the_way::in_the_way;
use super::open::{OpenedEvent, open_event};
use super::row::belongs;
use crate::access::Actor;
use crate::belonging::STARTING;
use crate::database::{Database, on};
use crate::error::AppError;
use crate::events::answers::{EventDoor, EventShown, InTheWay};
use crate::events::model::{Answer, EventId};
use crate::groups::MeetingMode;
use crate::people::PersonName;
use crate::sessions::SessionState;
use crate::sessions::answers::Mark;
use crate::ui::{clock_time, day_and_month};

/// An event as the actor sees it.
pub async fn event_at(actor: &Actor, code: &str) -> Result<EventShown, AppError> {
    const HTML: &str = "SELECT html FROM event WHERE id = $1";

    let event = open_event(actor, code).await?;
    let (database, now) = (actor.database(), actor.now());
    let row = &event.row;
    let html: String = on!(database, pool => sqlx::query_scalar(HTML).bind(row.id).fetch_one(pool).await)?;
    let (waiting, before_reader) = row.waiting();
    let state = row.course().state(now);
    let is_ahead = row.published_at.is_some() && matches!(state, SessionState::Planned | SessionState::Open);
    let is_to_be_published = row.published_at.is_none() && event.is_keeper() && row.starts_at > now;
    Ok(EventShown {
        line: row.line(now),
        now: ::series::local(now),
        speaker: row.speaker.clone(),
        html,
        host: PersonName::from(row.host.clone()),
        closes: ::series::local(row.closes_at()),
        is_open: is_ahead && now < row.closes_at(),
        may_come: !row.is_host && may_come_to(actor, &event).await?,
        waiting,
        before_reader,
        reading: reading_of(database, row.id).await?,
        door: (row.is_theirs() && is_ahead).then(|| door_of(actor, &event)),
        cancelled: row.cancelled(),
        own: row.own_state.map(|state| Mark { state, minutes: row.own_minutes }),
        is_keeper: event.is_keeper(),
        version: row.version,
        in_the_way: if is_to_be_published { in_the_way(actor, row.id, (row.starts_at, row.ends_at)).await? } else { InTheWay::default() },
    })
}

/// Whether the actor is one of those for whom the event is. Whoever looks after it sees it otherwise, too.
async fn may_come_to(actor: &Actor, event: &OpenedEvent) -> Result<bool, AppError> {
    const MAY_COME: &str = concat!("SELECT COUNT(*) FROM event e WHERE e.id = $3 AND ", belongs!("e.space_id", "$1", "$2"));

    if !event.is_keeper() {
        return Ok(true);
    }
    let database = actor.database();
    let found: i64 = on!(database, pool => sqlx::query_scalar(MAY_COME)
        .bind(actor.person())
        .bind(actor.now() - STARTING)
        .bind(event.row.id)
        .fetch_one(pool).await)?;
    Ok(found > 0)
}

/// What is worth reading before it, without what was taken out of the library.
async fn reading_of(database: &Database, event: EventId) -> Result<Vec<(String, String)>, AppError> {
    const READING: &str = "\
SELECT i.slug, i.title
FROM event_reading r
JOIN library_item i ON i.id = r.item_id AND i.retired_at IS NULL
WHERE r.event_id = $1
ORDER BY i.search_key, i.slug";

    Ok(on!(database, pool => sqlx::query_as(READING).bind(event).fetch_all(pool).await)?)
}

fn door_of(actor: &Actor, event: &OpenedEvent) -> EventDoor {
    let course = event.row.course();
    match course.state(actor.now()) {
        _ if event.row.mode == MeetingMode::InPerson => EventDoor::InPerson,
        SessionState::Planned => EventDoor::OpensAt(::series::local(course.opens_at())),
        SessionState::Open => EventDoor::Open,
        SessionState::NotMarked | SessionState::Done | SessionState::Cancelled => EventDoor::Closed,
    }
}

/// The address of the room while it is open, for whoever has a place or hosts the event.
pub async fn event_room(actor: &Actor, code: &str) -> Result<String, AppError> {
    let event = open_event(actor, code).await?;
    let row = &event.row;
    if row.published_at.is_none() || !row.is_theirs() {
        let is_there = row.published_at.is_some() && row.answer() == Some(Answer::Waiting);
        let waits = || {
            AppError::Conflict(
                "You are waiting for a place. As soon as one is yours we write to you, and you join from this page.".to_owned(),
            )
        };
        return Err(if is_there { waits() } else { AppError::NotFound });
    }
    match door_of(actor, &event) {
        EventDoor::Open => Ok(row.room_url.clone()),
        EventDoor::OpensAt(opens) => {
            let sentence = format!("It opens on {} at {}, UK time.", day_and_month(opens.date()), clock_time(opens.time()));
            Err(AppError::Conflict(sentence))
        }
        EventDoor::InPerson => Err(AppError::Conflict("This event is in person, so there is no room to join.".to_owned())),
        EventDoor::Closed => Err(AppError::Conflict("This event is over or was cancelled.".to_owned())),
    }
}
