//! The events that somebody sees.

use super::row::{EventRow, as_they_began, event_rows, is_seen};
use crate::access::{Actor, Permission};
use crate::belonging::STARTING;
use crate::database::on;
use crate::error::AppError;
use crate::events::answers::{EventLine, Events};

/// How many of those to come are listed, and how many of those that are over.
const COMING: i64 = 100;
const PAST: i64 = 20;

/// The events that the actor sees: those to come, soonest first, some that are over, and drafts.
pub async fn events_for(actor: &Actor) -> Result<Events, AppError> {
    const TO_COME: &str = concat!(event_rows!(), "WHERE e.ends_at > $4 AND ", is_seen!("$4"), "\nORDER BY e.starts_at, e.id\nLIMIT $5");
    const OVER: &str = concat!(event_rows!(), "WHERE e.ends_at <= $4 AND ", is_seen!("$4"), "\nORDER BY e.starts_at DESC, e.id\nLIMIT $5");

    let now = actor.now();
    let mut moment = actor.database().snapshot().await?;
    let mut lines: Vec<Vec<EventLine>> = Vec::new();
    for (statement, most) in [(TO_COME, COMING), (OVER, PAST)] {
        let mut rows: Vec<EventRow> = on!(&mut moment, connection => sqlx::query_as(statement)
            .bind(actor.person())
            .bind(now - STARTING)
            .bind(actor.may(Permission::ManageEvents))
            .bind(now)
            .bind(most)
            .fetch_all(connection).await)?;
        as_they_began(&mut moment, (actor.person(), now), &mut rows).await?;
        lines.push(rows.iter().map(|row| row.line(now)).collect());
    }
    let past = lines.pop().unwrap_or_default();
    let (drafts, coming) = lines.into_iter().flatten().partition(|line| line.is_draft);
    // A draft whose time has gone by was never an event.
    let past = past.into_iter().filter(|line| !line.is_draft).collect();
    Ok(Events { now, may_make: actor.may(Permission::HostEvents), drafts, coming, past })
}
