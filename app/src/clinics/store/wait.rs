//! Waiting for a place at a session that is full, and waiting no more.

use super::book::{has_or_leads, terms_in_force};
use super::open::{ToBook, take_session, take_to_leave};
use crate::access::Actor;
use crate::audit::{self, Entry};
use crate::clinics::forms::BookForm;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::PersonId;

/// What became of it that somebody would wait for a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waits {
    /// They wait for one.
    ForPlace,
    /// They have one by now, as where it was given to them a moment ago.
    NoMore,
}

impl Waits {
    /// What they are told.
    pub const fn notice(self) -> &'static str {
        match self {
            Self::ForPlace => "You are waiting for a place, and will be told as soon as there is one for you.",
            Self::NoMore => "You have a place at this session already, so you need not wait for one.",
        }
    }
}

/// Puts the actor behind those who wait for a place at a session that is full: they agree to the terms that they were shown, since a place that becomes free
/// is theirs at once. A second press keeps their place in the order, and holds for the time and the terms of that moment.
pub async fn wait_for_place(actor: &Actor, form: &BookForm) -> Result<Waits, AppError> {
    const WAIT: &str = "\
INSERT INTO clinic_wait (session_id, person_id, asked_at, asked_for, agreement_id, agreed_at)
SELECT s.id, $2, $3, s.starts_at, $4, $3
FROM session s
JOIN supervision_group g ON g.id = s.group_id
WHERE s.id = $1
    AND (SELECT COUNT(b.place) FROM booking b WHERE b.session_id = $1) >= g.capacity
ON CONFLICT (session_id, person_id) DO UPDATE
SET asked_for = excluded.asked_for, agreement_id = excluded.agreement_id, agreed_at = excluded.agreed_at, told_at = NULL";

    let mut transaction = actor.begin().await?;
    let session = take_session(&mut transaction, actor, &form.session).await?;
    let agreement = terms_in_force(&mut transaction, &session, (form.shown_version(), "wait")).await?;
    if let Some(answer) = has_or_leads(&mut transaction, actor, &session).await? {
        return answer.map(|()| Waits::NoMore);
    }
    let waits = on!(&mut transaction, connection => sqlx::query(WAIT)
        .bind(session.id)
        .bind(actor.person())
        .bind(actor.now())
        .bind(agreement)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if waits == 0 {
        return Err(AppError::Conflict("A place has become free in the meantime. Book it below.".to_owned()));
    }
    let entry = Entry { action: "wait_for_place", subject: "session", subject_id: Some(session.id.0), detail: "" };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await?;
    Ok(Waits::ForPlace)
}

/// Lets the actor wait no more, also for a session that was cancelled. A second press finds it so.
pub async fn stop_waiting(actor: &Actor, code: &str) -> Result<(), AppError> {
    let mut transaction = actor.begin().await?;
    let session = take_to_leave(&mut transaction, code).await?;
    if !wait_no_more(&mut transaction, &session, actor.person()).await? {
        return Ok(());
    }
    let entry = Entry { action: "stop_waiting_for_place", subject: "session", subject_id: Some(session.id.0), detail: "" };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}

pub(super) async fn wait_no_more(transaction: &mut Transaction, session: &ToBook, person: PersonId) -> Result<bool, AppError> {
    const STOP: &str = "DELETE FROM clinic_wait WHERE session_id = $1 AND person_id = $2";

    let stopped = on!(&mut transaction, connection => sqlx::query(STOP)
        .bind(session.id)
        .bind(person)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    Ok(stopped > 0)
}
