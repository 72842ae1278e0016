//! What becomes of those who wait where nobody gives a place back: the session is cancelled, takes place again, begins, or has more places.

use chrono::{DateTime, TimeDelta, Utc};

use super::open::{ToBook, take_to_follow};
use super::pass_on::{TIME_TO_GIVE_BACK, is_as_asked, pass_on};
use crate::access::System;
use crate::audit::{self, Entry};
use crate::clinics::letters::{session_closed, session_open_again};
use crate::database::{Transaction, on};
use crate::diaries::{Posting, diary_of};
use crate::error::AppError;
use crate::groups::store::can_have_place;
use crate::messages::NewMessage;
use crate::people::PersonId;
use crate::sessions::{Course, SessionId};

/// A cancellation that is so young is told to nobody yet: most of those that are taken back are taken back at once.
const MAY_BE_UNDONE: TimeDelta = TimeDelta::minutes(1);

/// The sessions at which something is to happen to somebody who waits: they have begun, were cancelled, take place again, or have a place for them.
pub async fn sessions_to_follow(system: &System) -> Result<Vec<SessionId>, AppError> {
    const TO_FOLLOW: &str = concat!(
        "\
SELECT DISTINCT s.id
FROM clinic_wait w
JOIN session s ON s.id = w.session_id
JOIN supervision_group g ON g.id = s.group_id
WHERE s.starts_at <= $1
    OR (s.cancelled_at <= $2 AND w.closed_told_at IS NULL)
    OR (s.cancelled_at IS NULL AND w.closed_told_at IS NOT NULL)
    OR (
        s.cancelled_at IS NULL
        AND (SELECT COUNT(b.place) FROM booking b WHERE b.session_id = s.id) < g.capacity
        AND (w.told_at IS NULL OR (s.starts_at >= $3 AND ",
        is_as_asked!(),
        "))
        AND ",
        can_have_place!(),
        "
    )
ORDER BY s.id"
    );

    Ok(on!(system.database(), pool => sqlx::query_scalar(TO_FOLLOW)
        .bind(system.now())
        .bind(system.now() - MAY_BE_UNDONE)
        .bind(system.now() + Course::NOTICE + TIME_TO_GIVE_BACK)
        .fetch_all(pool).await)?)
}

/// Tells everybody who waits for a session that it was cancelled, and if that is undone that it takes place after all; passes its free places on; and forgets
/// who waits once it has begun. Answers to how many people something happened.
pub async fn follow(system: &System, id: SessionId) -> Result<u64, AppError> {
    let mut transaction = system.begin().await?;
    let Some(session) = take_to_follow(&mut transaction, id).await? else { return Ok(0) };
    let before = diary_of(&mut transaction, session.group_id, Posting::by_itself(system)).await?;
    let course = session.course();
    let (letters, people) = match course.cancelled_at {
        _ if course.starts_at <= system.now() => (Vec::new(), forget_all(&mut transaction, &session).await?),
        None => open_again(&mut transaction, &session, system.now()).await?,
        Some(at) if at > system.now() - MAY_BE_UNDONE => return Ok(0),
        Some(_) => {
            let waiting = told_of_cancellation(&mut transaction, &session, system.now()).await?;
            (waiting.iter().map(|person| session_closed(*person, session.starts_local)).collect(), waiting.len())
        }
    };
    if people == 0 {
        return Ok(0);
    }
    let news = before.news(&mut transaction).await?;
    for letter in &letters {
        news.write(&mut transaction, letter).await?;
    }
    let entry = Entry { action: "follow_clinic_waits", subject: "session", subject_id: Some(session.id.0), detail: "" };
    audit::record_by_system(&mut transaction, system, entry).await?;
    transaction.commit().await?;
    Ok(u64::try_from(people).unwrap_or(u64::MAX))
}

/// What a session means that takes place to those who wait for it: whoever had been told that it does not is told so, and its free places are passed on.
async fn open_again(transaction: &mut Transaction, session: &ToBook, now: DateTime<Utc>) -> Result<(Vec<NewMessage>, usize), AppError> {
    let again = told_of_restoration(transaction, session).await?;
    let passed_on = pass_on(transaction, session, now).await?;
    let mut letters: Vec<NewMessage> = again.iter().map(|person| session_open_again(*person, session.starts_local)).collect();
    letters.extend(passed_on.letters(session));
    Ok((letters, again.len() + passed_on.people()))
}

/// Everybody who waits and is to be told that the session was cancelled, each once. They wait on, since that may be undone.
async fn told_of_cancellation(transaction: &mut Transaction, session: &ToBook, now: DateTime<Utc>) -> Result<Vec<PersonId>, AppError> {
    const CLOSED: &str = "\
UPDATE clinic_wait
SET closed_told_at = $2
WHERE session_id = $1
    AND closed_told_at IS NULL
RETURNING person_id";

    let mut told: Vec<PersonId> =
        on!(&mut transaction, connection => sqlx::query_scalar(CLOSED).bind(session.id).bind(now).fetch_all(connection).await)?;
    told.sort_unstable();
    Ok(told)
}

/// Everybody who waits and had been told that the session was cancelled.
async fn told_of_restoration(transaction: &mut Transaction, session: &ToBook) -> Result<Vec<PersonId>, AppError> {
    const AGAIN: &str = "\
UPDATE clinic_wait
SET closed_told_at = NULL
WHERE session_id = $1
    AND closed_told_at IS NOT NULL
RETURNING person_id";

    let mut told: Vec<PersonId> =
        on!(&mut transaction, connection => sqlx::query_scalar(AGAIN).bind(session.id).fetch_all(connection).await)?;
    told.sort_unstable();
    Ok(told)
}

/// Lets nobody wait for a session any more, and answers how many did.
async fn forget_all(transaction: &mut Transaction, session: &ToBook) -> Result<usize, AppError> {
    const FORGET: &str = "DELETE FROM clinic_wait WHERE session_id = $1";

    let forgotten = on!(&mut transaction, connection => sqlx::query(FORGET)
        .bind(session.id)
        .execute(connection).await.map(|done| done.rows_affected()))?;
    Ok(usize::try_from(forgotten).unwrap_or(usize::MAX))
}
