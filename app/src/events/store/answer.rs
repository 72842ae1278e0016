//! Answering that one comes, that one does not, and taking an answer back.

use calendar_files::Method;

use super::lapse::let_lapse_before;
use super::open::{TakenEvent, take_to_answer};
use super::places::{Posting, move_up};
use crate::access::Actor;
use crate::audit;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::events::letters::{you_are_coming, you_gave_a_place_back};
use crate::events::model::{Answer, Wish, closes_at};
use crate::messages::queue_with_calendars;

/// Does what the actor wishes about an event, and answers how they stand afterwards. A second press finds it done.
pub async fn answer_event(actor: &Actor, code: &str, wish: Wish) -> Result<Option<Answer>, AppError> {
    let mut transaction = actor.begin().await?;
    let event = take_to_answer(&mut transaction, actor, code).await?;
    check_moment(actor, &event)?;
    let_lapse_before(&mut transaction, actor, &event).await?;
    let before = answer_of(&mut transaction, actor, &event).await?;
    let is_done = match wish {
        Wish::Come => matches!(before, Some(Answer::Yes | Answer::Waiting)),
        Wish::StayAway => before == Some(Answer::No),
        Wish::TakeBack => before.is_none(),
    };
    if is_done {
        transaction.commit().await?;
        return Ok(before);
    }
    let after = match wish {
        Wish::Come => Some(come(&mut transaction, actor, &event).await?),
        Wish::StayAway => Some(stay_away(&mut transaction, actor, &event).await?),
        Wish::TakeBack => take_back(&mut transaction, actor, &event).await?,
    };
    let posting = Posting { now: actor.now(), origin: actor.origin() };
    if after == Some(Answer::Yes) {
        let letter = you_are_coming(actor.person(), event.about());
        queue_with_calendars(&mut transaction, &letter, &[event.file(Method::Request, posting)], actor.now()).await?;
    }
    if before == Some(Answer::Yes) {
        let letter = you_gave_a_place_back(actor.person(), event.about());
        queue_with_calendars(&mut transaction, &letter, &[event.file(Method::Cancel, posting)], actor.now()).await?;
        move_up(&mut transaction, &event, posting).await?;
    }
    // What somebody answered is theirs and the host's to know.
    let entry = audit::Entry { action: "answer_event", subject: "event", subject_id: Some(event.id.0), detail: "" };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await?;
    Ok(after)
}

fn check_moment(actor: &Actor, event: &TakenEvent) -> Result<(), AppError> {
    let refused = |sentence: &str| Err(AppError::Conflict(sentence.to_owned()));
    if event.cancelled_at.is_some() {
        return refused("This event was cancelled, so there is nothing to answer any more.");
    }
    if event.starts_at <= actor.now() {
        return refused("This event has begun, so answers can no longer be changed.");
    }
    if event.host_id == actor.person() {
        return refused("You host this event, so the places are for others.");
    }
    Ok(())
}

async fn answer_of(transaction: &mut Transaction, actor: &Actor, event: &TakenEvent) -> Result<Option<Answer>, AppError> {
    const ANSWER: &str = "SELECT answer FROM event_answer WHERE event_id = $1 AND person_id = $2";

    Ok(on!(&mut transaction, connection => sqlx::query_scalar(ANSWER)
        .bind(event.id)
        .bind(actor.person())
        .fetch_optional(connection).await)?)
}

/// Takes a place, or stands last among those who wait. The event is taken, so nobody else does so at the same time.
async fn come(transaction: &mut Transaction, actor: &Actor, event: &TakenEvent) -> Result<Answer, AppError> {
    const COME: &str = "\
INSERT INTO event_answer (event_id, person_id, answer, answered_at)
SELECT e.id, $2, CASE
    WHEN e.capacity IS NULL OR (SELECT COUNT(*) FROM event_answer t WHERE t.event_id = e.id AND t.answer = 'yes') < e.capacity THEN 'yes'
    ELSE 'waiting' END, $3
FROM event e
WHERE e.id = $1
ON CONFLICT (event_id, person_id) DO UPDATE
SET answer = excluded.answer, answered_at = excluded.answered_at
RETURNING answer";

    if closes_at(event.starts_at, event.closes_hours) <= actor.now() {
        return Err(AppError::Conflict("Answers to this event are closed, so nobody can say any more that they are coming.".to_owned()));
    }
    Ok(on!(&mut transaction, connection => sqlx::query_scalar(COME)
        .bind(event.id)
        .bind(actor.person())
        .bind(actor.now())
        .fetch_one(connection).await)?)
}

async fn stay_away(transaction: &mut Transaction, actor: &Actor, event: &TakenEvent) -> Result<Answer, AppError> {
    const STAY_AWAY: &str = "\
INSERT INTO event_answer (event_id, person_id, answer, answered_at)
VALUES ($1, $2, 'no', $3)
ON CONFLICT (event_id, person_id) DO UPDATE
SET answer = excluded.answer, answered_at = excluded.answered_at
RETURNING answer";

    Ok(on!(&mut transaction, connection => sqlx::query_scalar(STAY_AWAY)
        .bind(event.id)
        .bind(actor.person())
        .bind(actor.now())
        .fetch_one(connection).await)?)
}

async fn take_back(transaction: &mut Transaction, actor: &Actor, event: &TakenEvent) -> Result<Option<Answer>, AppError> {
    const TAKE_BACK: &str = "DELETE FROM event_answer WHERE event_id = $1 AND person_id = $2";

    on!(&mut transaction, connection => sqlx::query(TAKE_BACK)
        .bind(event.id)
        .bind(actor.person())
        .execute(connection).await.map(|_| ()))?;
    Ok(None)
}
