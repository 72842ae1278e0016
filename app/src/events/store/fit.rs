//! Whether an event fits with what else its host has: by the rules for sessions, at the levels that the Centre treats them at.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};

use super::open::TakenEvent;
use crate::access::Actor;
use crate::availability::store::{EventPlan, EventVerdict, forget_beside_event, judge_event, take_supervisor, take_supervisors};
use crate::availability::{KeepReason, MeetingId};
use crate::database::Transaction;
use crate::error::{AppError, Problem};
use crate::events::check::NewEvent;
use crate::events::model::EventId;
use crate::people::PersonId;
use crate::series::store::reader_of;

/// The identity of an event that is yet to be made.
pub(super) const NEW: EventId = EventId(uuid::Uuid::nil());

/// Refuses a new draft at a time at which nothing may be planned for its host. What only may not be published waits until then.
pub(super) async fn refuse_new(transaction: &mut Transaction, actor: &Actor, event: &NewEvent) -> Result<(), AppError> {
    let plan = plan_of(NEW, actor.person(), span_of(event));
    judge_event(transaction, reader_of(actor), &plan).await?.verdict.refuse_to_save()
}

/// Refuses another time of an event at which its host is not free: of a draft what nothing may be saved with, of a published event whatever may not be
/// published; what only warns needs a reason. Answers what is then to be written down of it.
pub(super) async fn refuse_moved(
    transaction: &mut Transaction,
    actor: &Actor,
    (before, event): (&TakenEvent, &NewEvent),
    reason: Option<KeepReason>,
) -> Result<Option<EventVerdict>, AppError> {
    if (before.starts_local, before.length_minutes) == (event.starts, event.length_minutes) {
        return Ok(None);
    }
    take_supervisor(transaction, before.host_id).await?;
    let judged = judge_event(transaction, reader_of(actor), &plan_of(before.id, before.host_id, span_of(event))).await?;
    if before.published_at.is_none() {
        judged.verdict.refuse_to_save()?;
        return Ok(None);
    }
    judged.verdict.refuse_to_change(reason)?;
    forget_beside(transaction, before).await?;
    Ok(Some(judged))
}

/// Refuses to publish an event at a time at which its host is not free. Whoever plans something else for the same person at this moment waits here.
pub(super) async fn refuse_published(
    transaction: &mut Transaction,
    actor: &Actor,
    event: &TakenEvent,
    reason: Option<KeepReason>,
) -> Result<EventVerdict, AppError> {
    take_supervisor(transaction, event.host_id).await?;
    let judged = judge_event(transaction, reader_of(actor), &plan_at(event, event.host_id)).await?;
    judged.verdict.refuse_to_publish(reason)?;
    Ok(judged)
}

/// Forgets why a published event stood beside sessions of its host, who is taken already: it is cancelled, moved or given to somebody else.
pub(super) async fn forget_beside(transaction: &mut Transaction, event: &TakenEvent) -> Result<(), AppError> {
    forget_beside_event(transaction, &plan_at(event, event.host_id)).await
}

/// Refuses to give an event to somebody for whom nothing may be planned then: a draft what nothing may be saved with, a published event whatever may not be
/// published; what only warns needs a reason. Answers what is then to be written down of it, for them: why it stood beside sessions of its host until now is
/// forgotten. Whoever plans something else for one of the two at this moment waits here.
pub(super) async fn refuse_given(
    transaction: &mut Transaction,
    actor: &Actor,
    (event, to): (&TakenEvent, PersonId),
    reason: Option<KeepReason>,
) -> Result<Option<EventVerdict>, AppError> {
    take_supervisors(transaction, &BTreeSet::from([event.host_id, to])).await?;
    let judged = judge_event(transaction, reader_of(actor), &plan_at(event, to)).await?.of_host();
    if event.published_at.is_none() {
        judged.verdict.refuse_to_save()?;
        return Ok(None);
    }
    judged.verdict.refuse_to_change(reason).map_err(asked_as_why)?;
    forget_beside(transaction, event).await?;
    Ok(Some(judged))
}

/// The page has another form that asks for a reason, so that the one for giving asks for it in a field of its own.
fn asked_as_why(refused: AppError) -> AppError {
    match refused {
        AppError::Invalid(problems) => {
            AppError::Invalid(problems.into_iter().map(|problem| Problem { field: "why".to_owned(), ..problem }).collect())
        }
        other => other,
    }
}

/// A stored event, as somebody hosts it.
fn plan_at(event: &TakenEvent, host: PersonId) -> EventPlan {
    plan_of(event.id, host, (event.starts_at, event.starts_at + TimeDelta::minutes(event.length_minutes)))
}

pub(super) fn plan_of(event: EventId, host: PersonId, span: (DateTime<Utc>, DateTime<Utc>)) -> EventPlan {
    EventPlan { event: MeetingId(event.0), host, span }
}

fn span_of(event: &NewEvent) -> (DateTime<Utc>, DateTime<Utc>) {
    super::change::moments(event)
}
