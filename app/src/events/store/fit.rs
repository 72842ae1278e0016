//! Whether an event fits with what else its host has: by the rules for sessions, at the levels that the Centre treats them at.

use chrono::{DateTime, TimeDelta, Utc};

use super::open::{TakenEvent, open_to_keep};
use super::row::is_seen;
use crate::access::{Actor, Permission};
use crate::availability::store::{EventPlan, EventVerdict, forget_beside_event, judge_event, keep_beside_event, take_supervisor};
use crate::availability::{KeepReason, MeetingId, SessionLink};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::events::answers::InTheWay;
use crate::events::check::NewEvent;
use crate::events::forms::EventTimes;
use crate::events::model::EventId;
use crate::paths;
use crate::people::PersonId;
use crate::series::store::reader_of;
use crate::spaces::STARTING;
use crate::ui::{clock_time, day_and_month, time_range};

/// The identity of an event that is yet to be made.
const NEW: EventId = EventId(uuid::Uuid::nil());

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

/// Forgets why a published event stood beside sessions of its host: it is cancelled, moved or given to somebody else.
pub(super) async fn forget_beside(transaction: &mut Transaction, event: &TakenEvent) -> Result<(), AppError> {
    forget_beside_event(transaction, &plan_at(event, event.host_id)).await
}

/// Writes down why somebody hosts a published event from now on although it does not quite fit beside sessions of theirs. For a draft a reason is asked
/// for once it is published.
pub(super) async fn keep_given(
    transaction: &mut Transaction,
    actor: &Actor,
    (event, to): (&TakenEvent, PersonId),
    reason: Option<KeepReason>,
) -> Result<(), AppError> {
    if event.published_at.is_none() {
        return Ok(());
    }
    forget_beside(transaction, event).await?;
    let Some(reason) = reason else { return Ok(()) };
    let judged = judge_event(transaction, reader_of(actor), &plan_at(event, to)).await?;
    keep_beside_event(transaction, actor, &judged, reason).await
}

/// What is in the way of an event at the time that was typed; nothing where none was, or none that could be.
pub async fn in_the_way_of(actor: &Actor, typed: &EventTimes) -> Result<InTheWay, AppError> {
    let Some(span) = typed.span(actor.now()) else { return Ok(InTheWay::default()) };
    let event = if typed.code.is_empty() { NEW } else { open_to_keep(actor, &typed.code).await?.row.id };
    in_the_way(actor, event, span).await
}

/// What is in the way of an event between two moments, with links to what of it the actor sees. A new one is the actor's.
pub(super) async fn in_the_way(actor: &Actor, event: EventId, span: (DateTime<Utc>, DateTime<Utc>)) -> Result<InTheWay, AppError> {
    const HOST: &str = "SELECT host_id FROM event WHERE id = $1";

    let mut moment = actor.database().snapshot().await?;
    let host: Option<PersonId> = on!(&mut moment, connection => sqlx::query_scalar(HOST).bind(event).fetch_optional(connection).await)?;
    let plan = plan_of(event, host.unwrap_or(actor.person()), span);
    let EventVerdict { verdict, sessions, events, .. } = judge_event(&mut moment, reader_of(actor), &plan).await?;
    let mut links: Vec<(String, String)> = sessions.into_iter().map(link).collect();
    for other in events {
        links.extend(link_to_event(&mut moment, actor, other).await?);
    }
    Ok(InTheWay { verdict, links })
}

fn link(session: SessionLink) -> (String, String) {
    let words = format!("{}, {}, {}", session.group, day_and_month(session.starts.date()), time_range(session.starts, session.ends));
    (paths::session(&session.code), words)
}

async fn link_to_event(moment: &mut Transaction, actor: &Actor, other: MeetingId) -> Result<Option<(String, String)>, AppError> {
    const EVENT: &str =
        concat!("SELECT e.code, e.title, e.starts_local FROM event e JOIN space sp ON sp.id = e.space_id WHERE e.id = $4 AND ", is_seen!());

    let event: Option<(String, String, chrono::NaiveDateTime)> = on!(&mut moment, connection => sqlx::query_as(EVENT)
        .bind(actor.person())
        .bind(actor.now() - STARTING)
        .bind(actor.may(Permission::ManageEvents))
        .bind(other)
        .fetch_optional(connection).await)?;
    let in_words = |starts: chrono::NaiveDateTime| format!("{}, {}", day_and_month(starts.date()), clock_time(starts.time()));
    Ok(event.map(|(code, title, starts)| (paths::event(&code), format!("{title}, {}", in_words(starts)))))
}

/// A stored event, as somebody hosts it.
fn plan_at(event: &TakenEvent, host: PersonId) -> EventPlan {
    plan_of(event.id, host, (event.starts_at, event.starts_at + TimeDelta::minutes(event.length_minutes)))
}

fn plan_of(event: EventId, host: PersonId, span: (DateTime<Utc>, DateTime<Utc>)) -> EventPlan {
    EventPlan { event: MeetingId(event.0), host, span }
}

fn span_of(event: &NewEvent) -> (DateTime<Utc>, DateTime<Utc>) {
    super::change::moments(event)
}
