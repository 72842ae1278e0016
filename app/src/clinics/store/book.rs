//! Booking a place.

use chrono::{DateTime, NaiveDateTime, Utc};

use super::open::{ToBook, take_session};
use super::wait::wait_no_more;
use crate::access::Actor;
use crate::agreements::AgreementId;
use crate::audit;
use crate::clinics::answers::next_in_words;
use crate::clinics::forms::BookForm;
use crate::clinics::letters::you_have_a_place;
use crate::database::{Transaction, on};
use crate::diaries::{Posting, diary_of};
use crate::error::AppError;
use crate::people::PersonId;

/// Books a place at a session, if one is free: the actor agrees to the terms that they were shown, and is told. A second press finds the
/// place theirs.
pub async fn book_place(actor: &Actor, form: &BookForm) -> Result<(), AppError> {
    let mut transaction = actor.begin().await?;
    let session = take_session(&mut transaction, actor, &form.session).await?;
    let agreement = terms_in_force(&mut transaction, &session, (form.shown_version(), "book")).await?;
    let before = diary_of(&mut transaction, session.group_id, Posting::by(actor)).await?;
    if !take_place(&mut transaction, &session, (actor.person(), actor.now())).await? {
        return why_not(&mut transaction, actor, &session).await;
    }
    wait_no_more(&mut transaction, &session, actor.person()).await?;
    agree(&mut transaction, agreement, (actor.person(), actor.now())).await?;
    let letter = you_have_a_place(actor.person(), session.starts_local, &form.session);
    before.news(&mut transaction).await?.write(&mut transaction, &letter).await?;
    let entry = audit::Entry { action: "book_place", subject: "session", subject_id: Some(session.id.0), detail: "" };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}

/// The agreement in force, if it is what the person was shown who would book or wait.
pub(super) async fn terms_in_force(
    transaction: &mut Transaction,
    session: &ToBook,
    (shown, would): (i64, &str),
) -> Result<AgreementId, AppError> {
    const TERMS: &str = "\
SELECT id, version
FROM agreement
WHERE group_id = $1
    AND in_force_at IS NOT NULL
    AND ended_at IS NULL";

    let terms: Option<(AgreementId, i64)> =
        on!(&mut transaction, connection => sqlx::query_as(TERMS).bind(session.group_id).fetch_optional(connection).await)?;
    match terms {
        Some((agreement, version)) if version == shown => Ok(agreement),
        Some(_) => Err(AppError::Conflict(format!(
            "The terms of this clinic have changed while you were reading. They are below as they are now; {would} again if you agree to them."
        ))),
        None => Err(AppError::Conflict("This clinic has no terms in force at the moment, so its places cannot be booked.".to_owned())),
    }
}

/// Takes the lowest free place for somebody, unless they have one or lead the session. Each place is a row that can be there once.
pub(super) async fn take_place(
    transaction: &mut Transaction,
    session: &ToBook,
    (person, now): (PersonId, DateTime<Utc>),
) -> Result<bool, AppError> {
    const BOOK: &str = "\
INSERT INTO booking (session_id, person_id, place, booked_at)
SELECT s.id, $2, free.place, $3
FROM session s
JOIN supervision_group g ON g.id = s.group_id
CROSS JOIN (
    SELECT MIN(before.place) + 1 AS place
    FROM (
        SELECT 0 AS place
        UNION ALL
        SELECT b.place
        FROM booking b
        WHERE b.session_id = $1
            AND b.place IS NOT NULL
    ) before
    WHERE NOT EXISTS (SELECT 1 FROM booking b WHERE b.session_id = $1 AND b.place = before.place + 1)
) free
WHERE s.id = $1
    AND s.supervisor_id <> $2
    AND g.supervisor_id <> $2
    AND NOT EXISTS (SELECT 1 FROM session_host h WHERE h.session_id = s.id AND h.person_id = $2)
    AND (SELECT COUNT(b.place) FROM booking b WHERE b.session_id = $1) < g.capacity
ON CONFLICT (session_id, person_id) DO UPDATE
SET place = excluded.place, booked_at = excluded.booked_at
WHERE booking.place IS NULL";

    let booked = on!(&mut transaction, connection => sqlx::query(BOOK)
        .bind(session.id)
        .bind(person)
        .bind(now)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if booked > 0 {
        forget_apologies(transaction, session, person).await?;
    }
    Ok(booked > 0)
}

/// Why no place was taken: it is the actor's already, which is as good; or there is none, and which session is the next with one.
async fn why_not(transaction: &mut Transaction, actor: &Actor, session: &ToBook) -> Result<(), AppError> {
    if let Some(answer) = has_or_leads(transaction, actor, session).await? {
        return answer;
    }
    let next = next_with_places(transaction, actor, session).await?;
    Err(AppError::Conflict(format!("Every place at this session is taken. {}", next_in_words(next))))
}

/// What is answered to whoever has a place at a session, which is as good as what they ask for, or leads it; nothing to everybody else.
pub(super) async fn has_or_leads(
    transaction: &mut Transaction,
    actor: &Actor,
    session: &ToBook,
) -> Result<Option<Result<(), AppError>>, AppError> {
    const OWN: &str = "SELECT COUNT(*) FROM booking WHERE session_id = $1 AND person_id = $2 AND place IS NOT NULL";
    const LED: &str = "\
SELECT COUNT(*)
FROM session s
JOIN supervision_group g ON g.id = s.group_id
WHERE s.id = $1
    AND (
        s.supervisor_id = $2
        OR g.supervisor_id = $2
        OR EXISTS (SELECT 1 FROM session_host h WHERE h.session_id = s.id AND h.person_id = $2)
    )";

    for (statement, answer) in [
        (OWN, Ok(())),
        (LED, Err(AppError::Conflict("You lead this clinic or are there beside its supervisor, so its places are for others.".to_owned()))),
    ] {
        let found: i64 = on!(&mut transaction, connection => sqlx::query_scalar(statement)
            .bind(session.id)
            .bind(actor.person())
            .fetch_one(connection).await)?;
        if found > 0 {
            return Ok(Some(answer));
        }
    }
    Ok(None)
}

/// The next session of the clinic that has a place and is not booked by the actor already.
async fn next_with_places(transaction: &mut Transaction, actor: &Actor, session: &ToBook) -> Result<Option<NaiveDateTime>, AppError> {
    const NEXT: &str = "\
SELECT MIN(s.starts_local)
FROM session s
JOIN supervision_group g ON g.id = s.group_id
WHERE s.group_id = $1
    AND s.starts_at > $2
    AND s.cancelled_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.session_id = s.id AND b.person_id = $3 AND b.place IS NOT NULL)
    AND (SELECT COUNT(b.place) FROM booking b WHERE b.session_id = s.id) < g.capacity";

    Ok(on!(&mut transaction, connection => sqlx::query_scalar(NEXT)
        .bind(session.group_id)
        .bind(session.course().starts_at)
        .bind(actor.person())
        .fetch_one(connection).await)?)
}

/// Whoever had given the place back late, and comes after all, has sent no apologies any more.
async fn forget_apologies(transaction: &mut Transaction, session: &ToBook, person: PersonId) -> Result<(), AppError> {
    const FORGET: &str = "DELETE FROM attendance WHERE session_id = $1 AND person_id = $2 AND state IS NULL";

    on!(&mut transaction, connection => sqlx::query(FORGET)
        .bind(session.id)
        .bind(person)
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}

/// Makes somebody a party to the terms who has agreed. The first time counts.
pub(super) async fn agree(
    transaction: &mut Transaction,
    agreement: AgreementId,
    (person, agreed_at): (PersonId, DateTime<Utc>),
) -> Result<(), AppError> {
    const AGREE: &str = "\
INSERT INTO agreement_party (agreement_id, person_id, agreed_at)
VALUES ($1, $2, $3)
ON CONFLICT (agreement_id, person_id) DO UPDATE
SET agreed_at = excluded.agreed_at
WHERE agreement_party.agreed_at IS NULL";

    on!(&mut transaction, connection => sqlx::query(AGREE)
        .bind(agreement)
        .bind(person)
        .bind(agreed_at)
        .execute(connection).await.map(|_| ()))?;
    Ok(())
}
