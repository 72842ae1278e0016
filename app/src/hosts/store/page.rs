//! A session whose hosts are looked at, and who is free to be one.

use crate::access::Actor;
use crate::availability::store::{FreeSupervisor, free_supervisors};
use crate::availability::{Meeting, MeetingId};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::store::coming_to_session;
use crate::hosts::answers::ShownHosts;
use crate::people::PersonId;
use crate::people::store::{apart_by_now, held_by_now};
use crate::sessions::store::{OpenedSession, open_session, session_at};

/// Opens a session for those who may plan it: its group's supervisor, and a coordinator.
pub async fn open_session_to_host(actor: &Actor, code: &str) -> Result<OpenedSession, AppError> {
    let session = open_session(actor, code).await?;
    if session.may_be_planned_by(actor) { Ok(session) } else { Err(AppError::NotFound) }
}

/// The hosts that a session has, and everybody who is free then; nobody once it has begun.
pub async fn hosts_page(actor: &Actor, session: &OpenedSession) -> Result<ShownHosts, AppError> {
    let head = session_at(actor, session).await?.head;
    if !lies_ahead(actor, session) {
        return Ok(ShownHosts { head, free: Vec::new() });
    }
    let free = free_for(&mut actor.database().snapshot().await?, session).await?;
    Ok(ShownHosts { head, free: free.into_iter().map(|one| one.name).collect() })
}

pub(super) fn lies_ahead(actor: &Actor, session: &OpenedSession) -> bool {
    session.course().cancelled_at.is_none() && session.course().starts_at > actor.now()
}

/// The supervisors who are free for a session, are not held and may meet those who come, but for the group's own, whose it is.
pub(super) async fn free_for(moment: &mut Transaction, session: &OpenedSession) -> Result<Vec<FreeSupervisor>, AppError> {
    const COMES: &str = concat!(coming_to_session!(), "\nORDER BY person_id");

    let meeting = Meeting {
        id: MeetingId(session.id().0),
        code: Some(session.code().to_owned()),
        group: session.group(),
        group_name: session.group_name().to_owned(),
        kind: session.kind(),
        supervisor: session.supervisor(),
        starts_at: session.course().starts_at,
        ends_at: session.course().ends_at,
    };
    let mut free = free_supervisors(moment, std::slice::from_ref(&meeting)).await?.into_iter().next().unwrap_or_default();
    let people: Vec<PersonId> = on!(&mut moment, connection => sqlx::query_scalar(COMES).bind(session.id()).fetch_all(connection).await)?;
    let (apart, held) = (apart_by_now(moment).await?, held_by_now(moment).await?);
    let may_come = |one: PersonId| !held.contains(&one) && apart.first_from(one, &people).is_none();
    free.retain(|one| one.person != session.group_supervisor() && may_come(one.person));
    Ok(free)
}
