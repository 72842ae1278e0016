//! Places that become free, and the files by which people's own calendars follow.

use calendar_files::{Event, Identity, Method, invitation_to};
use chrono::{DateTime, TimeDelta, Utc};

use super::open::{TakenEvent, starters_at};
use super::row::stands;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::events::letters::{About, a_place_is_yours};
use crate::events::model::NEUTRAL_TITLE;
use crate::messages::queue_with_calendars;
use crate::people::PersonId;

/// When something is sent, and the address that stands in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Posting<'a> {
    pub now: DateTime<Utc>,
    pub origin: &'a str,
}

impl TakenEvent {
    /// What a letter says of it.
    pub(super) fn about(&self) -> About<'_> {
        About { code: &self.code, title: &self.title, starts: self.starts_local, length_minutes: self.length_minutes, mode: self.mode }
    }

    /// Whether it has ended.
    pub(super) fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.starts_at + TimeDelta::minutes(self.length_minutes) <= now
    }

    /// What somebody's own calendar is sent: to hold its time, or to hold it no longer.
    pub(super) fn file(&self, method: Method, posting: Posting<'_>) -> String {
        let event = Event {
            identity: Identity(self.id.0.as_u128()),
            version: 0,
            stamped: posting.now,
            starts: self.starts_local,
            length_minutes: u32::try_from(self.length_minutes).unwrap_or_default(),
            title: NEUTRAL_TITLE.to_owned(),
            location: String::new(),
            address: format!("{}{}", posting.origin, crate::paths::event(&self.code)),
            is_cancelled: false,
            alarm_minutes: None,
        };
        invitation_to(&event, method, posting.now).file()
    }
}

/// Gives every free place of an event whose answers do not stand yet to whoever has waited longest, and writes to them. Whoever was kept out meanwhile, or reads the
/// home space no more, is passed over. Answers how many have a place now who had none.
pub(super) async fn move_up(transaction: &mut Transaction, event: &TakenEvent, posting: Posting<'_>) -> Result<usize, AppError> {
    const MOVE_UP: &str = concat!(
        "\
UPDATE event_answer
SET answer = 'yes'
WHERE event_id = $1
    AND answer = 'waiting'
    AND person_id IN (
        SELECT w.person_id
        FROM event_answer w
        JOIN person p ON p.id = w.person_id
        JOIN event e ON e.id = w.event_id
        WHERE w.event_id = $1
            AND w.answer = 'waiting'
            AND ",
        stands!("w", "w.person_id", "p", "e.space_id", "$3"),
        "
        ORDER BY w.answered_at, w.person_id
        LIMIT $2
    )
RETURNING person_id"
    );

    if event.cancelled_at.is_some() || event.settled_at.is_some() {
        return Ok(0);
    }
    let free = free_places(transaction, event).await?;
    let mut moved: Vec<PersonId> = on!(&mut transaction, connection => sqlx::query_scalar(MOVE_UP)
        .bind(event.id)
        .bind(free)
        .bind(starters_at(event.starts_at, posting.now))
        .fetch_all(connection).await)?;
    moved.sort_unstable();
    // A letter about what is over would be of use to nobody.
    for person in moved.iter().filter(|_| !event.is_over(posting.now)) {
        let letter = a_place_is_yours(*person, event.about());
        queue_with_calendars(transaction, &letter, &[event.file(Method::Request, posting)], posting.now).await?;
    }
    Ok(moved.len())
}

/// More than anybody waits, where there is a place for everybody.
const EVERYBODY: i64 = 100_000;

async fn free_places(transaction: &mut Transaction, event: &TakenEvent) -> Result<i64, AppError> {
    let Some(capacity) = event.capacity else { return Ok(EVERYBODY) };
    Ok((capacity - coming_to(transaction, event).await?).max(0))
}

/// How many have a place.
pub(super) async fn coming_to(transaction: &mut Transaction, event: &TakenEvent) -> Result<i64, AppError> {
    const COMING: &str = "SELECT COUNT(*) FROM event_answer WHERE event_id = $1 AND answer = 'yes'";

    Ok(on!(&mut transaction, connection => sqlx::query_scalar(COMING).bind(event.id).fetch_one(connection).await)?)
}

/// Everybody with a place, and everybody who waits, in no order that says anything.
pub(super) async fn answered(transaction: &mut Transaction, event: &TakenEvent) -> Result<Vec<(PersonId, bool)>, AppError> {
    const ANSWERED: &str = "\
SELECT person_id, answer = 'yes'
FROM event_answer
WHERE event_id = $1
    AND answer IN ('yes', 'waiting')
ORDER BY person_id";

    Ok(on!(&mut transaction, connection => sqlx::query_as(ANSWERED).bind(event.id).fetch_all(connection).await)?)
}
