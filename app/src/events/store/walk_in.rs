//! Somebody who came to an event without a place.

use super::change::audit;
use super::lapse::let_lapse_before;
use super::open::{TakenEvent, open_to_keep, taken};
use super::row::belongs;
use crate::access::Actor;
use crate::belonging::STARTING;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::events::letters::you_were_there;
use crate::events::model::EventId;
use crate::messages::queue;
use crate::people::{EmailAddress, PersonId};

/// Puts somebody of those whom an event is for onto its sheet, as present, from its beginning on and whatever places there were; they are written to. They are
/// named by their address, since whoever hosts an event has no list of everybody whom it is for; who does not belong to those is answered as nobody at all.
pub async fn add_walk_in(actor: &Actor, code: &str, email: &EmailAddress) -> Result<(), AppError> {
    // Another version: a sheet that was opened before has no line for them, and would take their mark away again.
    const TAKE: &str = concat!(
        "\
UPDATE event
SET version = version + 1
WHERE id = $1
    AND published_at IS NOT NULL
    AND cancelled_at IS NULL
    AND starts_at <= $2",
        taken!()
    );

    let opened = open_to_keep(actor, code).await?;
    let mut transaction = actor.begin().await?;
    let taken: Option<TakenEvent> = on!(&mut transaction, connection => sqlx::query_as(TAKE)
        .bind(opened.row.id)
        .bind(actor.now())
        .fetch_optional(connection).await)?;
    let event =
        taken.ok_or_else(|| AppError::Conflict("Who came is written down once the event has begun, if it takes place.".to_owned()))?;
    let_lapse_before(&mut transaction, actor, &event).await?;
    if has_place(&mut transaction, event.id, email).await? {
        return Err(AppError::invalid("email", "They are on the sheet already."));
    }
    let added = add(&mut transaction, actor, event.id, email).await?;
    let person = added.ok_or_else(|| AppError::invalid("email", "Nobody of those whom this event is for signs in with this address."))?;
    queue(&mut transaction, &you_were_there(person, event.about()), actor.now()).await?;
    audit(&mut transaction, actor, "add_walk_in", event.id).await?;
    transaction.commit().await
}

async fn has_place(transaction: &mut Transaction, event: EventId, email: &EmailAddress) -> Result<bool, AppError> {
    const HAS_PLACE: &str = "\
SELECT COUNT(*)
FROM event_answer a
JOIN person p ON p.id = a.person_id
WHERE a.event_id = $1
    AND a.answer = 'yes'
    AND p.email = $2";

    let found: i64 =
        on!(&mut transaction, connection => sqlx::query_scalar(HAS_PLACE).bind(event).bind(email.as_str()).fetch_one(connection).await)?;
    Ok(found > 0)
}

/// Whoever waited, or had said no, came all the same.
async fn add(transaction: &mut Transaction, actor: &Actor, event: EventId, email: &EmailAddress) -> Result<Option<PersonId>, AppError> {
    const ADD: &str = concat!(
        "\
INSERT INTO event_answer (event_id, person_id, answer, answered_at, state)
SELECT e.id, p.id, 'yes', $3, 'attended'
FROM event e
JOIN person p ON p.email = $2 AND p.standing = 'registered' AND p.id <> e.host_id
WHERE e.id = $1
    AND ",
        belongs!("e.space_id", "p.id", "$4"),
        "
ON CONFLICT (event_id, person_id) DO UPDATE
SET answer = excluded.answer, answered_at = excluded.answered_at, state = excluded.state, minutes = NULL
RETURNING person_id"
    );

    Ok(on!(&mut transaction, connection => sqlx::query_scalar(ADD)
        .bind(event)
        .bind(email.as_str())
        .bind(actor.now())
        .bind(actor.now() - STARTING)
        .fetch_optional(connection).await)?)
}
