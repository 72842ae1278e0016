//! Adding somebody to a session beside its supervisor, and removing them.

use super::page::{free_for, lies_ahead};
use crate::access::Actor;
use crate::audit::{Entry, record};
use crate::availability::store::take_supervisor;
use crate::database::{Transaction, on};
use crate::diaries::{Posting, diary_of};
use crate::error::AppError;
use crate::groups::store::people_of_session;
use crate::hosts::letters::{somebody_is_there, you_are_added, you_are_removed};
use crate::messages::queue;
use crate::people::PersonId;
use crate::sessions::HostRole;
use crate::sessions::store::OpenedSession;

/// Adds somebody who is free for the session now; they, the members who come and the session's supervisor are told.
pub async fn add_host(actor: &Actor, session: &OpenedSession, code: &str, role: HostRole) -> Result<(), AppError> {
    check_ahead(actor, session)?;
    let mut transaction = actor.begin().await?;
    let person = person_of(&mut transaction, code).await?;
    // Whoever plans something else for the same person at this moment waits here, and is then told that they are free no more.
    take_supervisor(&mut transaction, person).await?;
    if free_for(&mut transaction, session).await?.iter().all(|one| one.person != person) {
        return Err(AppError::Conflict(
            "That supervisor is not free for this session. Nothing was changed; those who are free are below.".to_owned(),
        ));
    }
    let before = diary_of(&mut transaction, session.group(), Posting::by(actor)).await?;
    insert(&mut transaction, actor, session, (person, role)).await?;
    let starts = session.starts_local();
    before.news(&mut transaction).await?.write(&mut transaction, &you_are_added(person, role, starts, session.code())).await?;
    for other in expected(&mut transaction, session).await?.into_iter().filter(|other| *other != actor.person()) {
        queue(&mut transaction, &somebody_is_there(other, role, starts, session.code()), actor.now()).await?;
    }
    audit(&mut transaction, actor, session, ("add_host", role.key())).await?;
    transaction.commit().await
}

/// Removes somebody, who is told. A second press finds them removed.
pub async fn remove_host(actor: &Actor, session: &OpenedSession, code: &str) -> Result<(), AppError> {
    const REMOVE: &str = "DELETE FROM session_host WHERE session_id = $1 AND person_id = $2";

    check_ahead(actor, session)?;
    let mut transaction = actor.begin().await?;
    let person = person_of(&mut transaction, code).await?;
    let before = diary_of(&mut transaction, session.group(), Posting::by(actor)).await?;
    let removed = on!(&mut transaction, connection => sqlx::query(REMOVE)
        .bind(session.id())
        .bind(person)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if removed == 0 {
        return Ok(());
    }
    before.news(&mut transaction).await?.write(&mut transaction, &you_are_removed(person, session.starts_local())).await?;
    audit(&mut transaction, actor, session, ("remove_host", "")).await?;
    transaction.commit().await
}

/// Who was at a session that has begun is its record, which nobody changes here.
fn check_ahead(actor: &Actor, session: &OpenedSession) -> Result<(), AppError> {
    if lies_ahead(actor, session) {
        return Ok(());
    }
    Err(AppError::Conflict("This session has begun or was cancelled, so who leads it can no longer be changed.".to_owned()))
}

async fn person_of(transaction: &mut Transaction, code: &str) -> Result<PersonId, AppError> {
    const PERSON: &str = "SELECT id FROM person WHERE code = $1";

    let person: Option<PersonId> =
        on!(&mut transaction, connection => sqlx::query_scalar(PERSON).bind(code).fetch_optional(connection).await)?;
    person.ok_or(AppError::NotFound)
}

/// The session as it was read, or not at all: one that was moved or cancelled meanwhile is another question.
async fn insert(
    transaction: &mut Transaction,
    actor: &Actor,
    session: &OpenedSession,
    (person, role): (PersonId, HostRole),
) -> Result<(), AppError> {
    const TAKE: &str = "\
UPDATE session
SET version = version
WHERE id = $1
    AND starts_at = $2
    AND supervisor_id = $3
    AND cancelled_at IS NULL";
    const ADD: &str = "INSERT INTO session_host (session_id, person_id, role, added_at) VALUES ($1, $2, $3, $4)";

    let taken = on!(&mut transaction, connection => sqlx::query(TAKE)
        .bind(session.id())
        .bind(session.course().starts_at)
        .bind(session.supervisor())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if taken == 0 {
        return Err(AppError::Conflict(
            "Somebody else has changed this session in the meantime. Nothing was changed by you; look at it as it is now.".to_owned(),
        ));
    }
    on!(&mut transaction, connection => sqlx::query(ADD)
        .bind(session.id())
        .bind(person)
        .bind(role)
        .bind(actor.now())
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// Whoever comes to the session, and its supervisor.
async fn expected(transaction: &mut Transaction, session: &OpenedSession) -> Result<Vec<PersonId>, AppError> {
    const EXPECTED: &str = concat!(people_of_session!(), "\nUNION\nSELECT supervisor_id FROM session WHERE id = $1\nORDER BY person_id");

    Ok(on!(&mut transaction, connection => sqlx::query_scalar(EXPECTED).bind(session.id()).fetch_all(connection).await)?)
}

async fn audit(
    transaction: &mut Transaction,
    actor: &Actor,
    session: &OpenedSession,
    (action, detail): (&'static str, &str),
) -> Result<(), AppError> {
    record(transaction, actor, Entry { action, subject: "session", subject_id: Some(session.id().0), detail }).await
}
