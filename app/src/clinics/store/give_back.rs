//! Giving a place back.

use super::open::{ToBook, take_session};
use super::pass_on::pass_on;
use crate::access::Actor;
use crate::audit;
use crate::clinics::letters::place_given_back;
use crate::database::{Transaction, on};
use crate::diaries::{Posting, diary_of};
use crate::error::AppError;
use crate::messages::queue;
use crate::sessions::AttendanceState;

/// Gives the actor's place back, which is at that moment whoever's has waited longest, or free for others. In good time nothing of it stays; after the
/// cut-off it counts as late apologies, and the supervisor is told. A second press finds it given back.
pub async fn give_back_place(actor: &Actor, code: &str) -> Result<(), AppError> {
    let mut transaction = actor.begin().await?;
    let session = take_session(&mut transaction, actor, code).await?;
    let is_late = session.course().state_of_apologies(actor.now()) == AttendanceState::CancelledByMember;
    let before = diary_of(&mut transaction, session.group_id, Posting::by(actor)).await?;
    let is_given_back = if is_late {
        give_back_late(&mut transaction, actor, &session).await?
    } else {
        give_back_in_time(&mut transaction, actor, &session).await?
    };
    if !is_given_back {
        return Ok(());
    }
    if is_late {
        queue(&mut transaction, &place_given_back(session.supervisor_id, session.starts_local, code), actor.now()).await?;
    }
    let passed_on = pass_on(&mut transaction, &session, actor.now()).await?;
    let news = before.news(&mut transaction).await?;
    for letter in passed_on.letters(&session) {
        news.write(&mut transaction, &letter).await?;
    }
    if let Some(letter) = news.to_the_one_who_acts(actor.person()) {
        news.write(&mut transaction, &letter).await?;
    }
    let detail = if is_late { "late" } else { "" };
    let entry = audit::Entry { action: "give_back_place", subject: "session", subject_id: Some(session.id.0), detail };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}

async fn give_back_in_time(transaction: &mut Transaction, actor: &Actor, session: &ToBook) -> Result<bool, AppError> {
    const GIVE_BACK: &str = "DELETE FROM booking WHERE session_id = $1 AND person_id = $2 AND place IS NOT NULL";

    let given = on!(&mut transaction, connection => sqlx::query(GIVE_BACK)
        .bind(session.id)
        .bind(actor.person())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    Ok(given > 0)
}

async fn give_back_late(transaction: &mut Transaction, actor: &Actor, session: &ToBook) -> Result<bool, AppError> {
    const GIVE_BACK: &str = "UPDATE booking SET place = NULL WHERE session_id = $1 AND person_id = $2 AND place IS NOT NULL";
    const APOLOGISE: &str = "\
INSERT INTO attendance (session_id, person_id, apologies_at, apologies_reason)
VALUES ($1, $2, $3, '')
ON CONFLICT (session_id, person_id) DO UPDATE
SET apologies_at = excluded.apologies_at";

    let given = on!(&mut transaction, connection => sqlx::query(GIVE_BACK)
        .bind(session.id)
        .bind(actor.person())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if given == 0 {
        return Ok(false);
    }
    on!(&mut transaction, connection => sqlx::query(APOLOGISE)
        .bind(session.id)
        .bind(actor.person())
        .bind(actor.now())
        .execute(connection).await.map(|_| ()))?;
    Ok(true)
}
