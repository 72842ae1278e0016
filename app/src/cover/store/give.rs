//! Giving a session to somebody else.

use chrono::{DateTime, Utc};

use super::candidates::{Standing, meeting_to_give};
use crate::access::Actor;
use crate::audit::{Entry, record};
use crate::availability::Meeting;
use crate::availability::store::{free_supervisors, take_supervisor};
use crate::cover::forms::CoverForm;
use crate::cover::letters::{somebody_else_leads, you_cover, your_session_is_covered};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::store::people_of_session;
use crate::messages::queue;
use crate::people::PersonId;

/// Gives a session to somebody who is qualified and free for it now, if whoever was shown still leads it. The members who come, the one who
/// covers and the one who is covered are told.
pub async fn give_cover(actor: &Actor, form: &CoverForm) -> Result<(), AppError> {
    let mut transaction = actor.begin().await?;
    let (meeting, version) = meeting_to_give(actor, &mut transaction, &form.session).await?.ok_or(AppError::NotFound)?;
    let (from, to) = (person_of(&mut transaction, &form.from).await?, person_of(&mut transaction, &form.to).await?);
    if meeting.supervisor != from {
        return Err(overtaken());
    }
    // Whoever gives the same supervisor another session at this moment waits here, and is then told that they are free no more.
    take_supervisor(&mut transaction, to).await?;
    let free = free_supervisors(&mut transaction, std::slice::from_ref(&meeting)).await?.into_iter().next().unwrap_or_default();
    let standing = Standing::read(&mut transaction, actor.now()).await?;
    if standing.proposed(&meeting, free).iter().all(|(person, _)| *person != to) {
        return Err(AppError::Conflict(
            "That supervisor is no longer free for this session. Nothing was changed; the others who could are below.".to_owned(),
        ));
    }
    hand_over(&mut transaction, &meeting, version, to).await?;
    tell(&mut transaction, actor.now(), &meeting, to).await?;
    let entry = Entry { action: "give_cover", subject: "session", subject_id: Some(meeting.id.0), detail: "" };
    record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}

async fn person_of(transaction: &mut Transaction, code: &str) -> Result<PersonId, AppError> {
    const PERSON: &str = "SELECT id FROM person WHERE code = $1";

    let person: Option<PersonId> =
        on!(&mut transaction, connection => sqlx::query_scalar(PERSON).bind(code).fetch_optional(connection).await)?;
    person.ok_or(AppError::NotFound)
}

fn overtaken() -> AppError {
    AppError::Conflict(
        "Somebody else has changed this session in the meantime. Nothing was changed by you; look at it as it is now.".to_owned(),
    )
}

/// The session goes over as it was read, or not at all.
async fn hand_over(transaction: &mut Transaction, meeting: &Meeting, version: i64, to: PersonId) -> Result<(), AppError> {
    const GIVE: &str = "\
UPDATE session
SET supervisor_id = $2, version = version + 1
WHERE id = $1
    AND supervisor_id = $3
    AND version = $4
    AND starts_at = $5
    AND cancelled_at IS NULL
    AND marked_at IS NULL";

    let given = on!(&mut transaction, connection => sqlx::query(GIVE)
        .bind(meeting.id)
        .bind(to)
        .bind(meeting.supervisor)
        .bind(version)
        .bind(meeting.starts_at)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if given == 1 { Ok(()) } else { Err(overtaken()) }
}

async fn tell(transaction: &mut Transaction, now: DateTime<Utc>, meeting: &Meeting, to: PersonId) -> Result<(), AppError> {
    const MEMBERS: &str = concat!(people_of_session!(), "\nORDER BY person_id");

    let members: Vec<PersonId> =
        on!(&mut transaction, connection => sqlx::query_scalar(MEMBERS).bind(meeting.id).fetch_all(connection).await)?;
    for member in members {
        queue(transaction, &somebody_else_leads(member, meeting), now).await?;
    }
    queue(transaction, &you_cover(to, meeting), now).await?;
    queue(transaction, &your_session_is_covered(meeting.supervisor, meeting), now).await
}
