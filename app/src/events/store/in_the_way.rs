//! What is in the way of an event, as its pages tell it, with links to what of it the actor sees.

use chrono::{DateTime, Utc};

use super::fit::{NEW, plan_of};
use super::host::candidate;
use super::open::open_to_keep;
use super::row::is_seen;
use crate::access::{Actor, Permission};
use crate::availability::store::{EventVerdict, judge_event};
use crate::availability::{MeetingId, SessionLink};
use crate::belonging::STARTING;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::events::answers::InTheWay;
use crate::events::forms::EventTimes;
use crate::events::model::EventId;
use crate::paths;
use crate::people::PersonId;
use crate::series::store::reader_of;
use crate::ui::{clock_time, day_and_month, time_range};

/// What is in the way of an event at the time that was typed, or of whoever was chosen to host it instead; nothing where neither was, or none that could be.
pub async fn in_the_way_of(actor: &Actor, typed: &EventTimes) -> Result<InTheWay, AppError> {
    if !typed.host.is_empty() {
        return in_the_way_of_giving(actor, typed).await;
    }
    let Some(span) = typed.span(actor.now()) else { return Ok(InTheWay::default()) };
    let event = if typed.code.is_empty() { NEW } else { open_to_keep(actor, &typed.code).await?.row.id };
    in_the_way(actor, event, span).await
}

/// What is in the way of an event between two moments, with links to what of it the actor sees. A new one is the actor's.
pub(super) async fn in_the_way(actor: &Actor, event: EventId, span: (DateTime<Utc>, DateTime<Utc>)) -> Result<InTheWay, AppError> {
    const HOST: &str = "SELECT host_id FROM event WHERE id = $1";

    let mut moment = actor.database().snapshot().await?;
    let host: Option<PersonId> = on!(&mut moment, connection => sqlx::query_scalar(HOST).bind(event).fetch_optional(connection).await)?;
    let judged = judge_event(&mut moment, reader_of(actor), &plan_of(event, host.unwrap_or(actor.person()), span)).await?;
    told(&mut moment, actor, judged).await
}

/// Of somebody to whom it is not offered at all nothing is told.
async fn in_the_way_of_giving(actor: &Actor, typed: &EventTimes) -> Result<InTheWay, AppError> {
    let row = open_to_keep(actor, &typed.code).await?.row;
    let mut moment = actor.database().snapshot().await?;
    let Some(to) = candidate(&mut moment, (row.id, &typed.host), actor.now()).await? else { return Ok(InTheWay::default()) };
    let judged = judge_event(&mut moment, reader_of(actor), &plan_of(row.id, to, (row.starts_at, row.ends_at))).await?;
    told(&mut moment, actor, judged.of_host()).await
}

async fn told(moment: &mut Transaction, actor: &Actor, judged: EventVerdict) -> Result<InTheWay, AppError> {
    let EventVerdict { verdict, sessions, events, .. } = judged;
    let mut links: Vec<(String, String)> = sessions.into_iter().map(link).collect();
    for other in events {
        links.extend(link_to_event(moment, actor, other).await?);
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
