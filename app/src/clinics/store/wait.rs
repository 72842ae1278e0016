//! Waiting for a place at a session that is full, and whose the next one is.

use chrono::{DateTime, TimeDelta, Utc};

use super::book::{agree, has_or_leads, take_place, terms_in_force};
use super::open::{ToBook, take_session, take_to_follow};
use crate::access::{Actor, System};
use crate::audit::{self, Entry};
use crate::clinics::forms::BookForm;
use crate::clinics::letters::{a_place_is_free, a_place_is_yours, session_closed};
use crate::database::{Transaction, on};
use crate::diaries::{Posting, diary_of};
use crate::error::AppError;
use crate::messages::NewMessage;
use crate::people::PersonId;
use crate::sessions::SessionId;

/// Puts the actor behind those who wait for a place at a session that is full: they agree to the terms that they were shown, since a place that becomes free
/// is theirs at once. A second press finds them there.
pub async fn wait_for_place(actor: &Actor, form: &BookForm) -> Result<(), AppError> {
    const WAIT: &str = "\
INSERT INTO clinic_wait (session_id, person_id, asked_at)
SELECT s.id, $2, $3
FROM session s
JOIN supervision_group g ON g.id = s.group_id
WHERE s.id = $1
    AND (SELECT COUNT(b.place) FROM booking b WHERE b.session_id = $1) >= g.capacity
ON CONFLICT (session_id, person_id) DO UPDATE
SET asked_at = clinic_wait.asked_at";

    let mut transaction = actor.begin().await?;
    let session = take_session(&mut transaction, actor, &form.session).await?;
    let agreement = terms_in_force(&mut transaction, &session, form.shown_version()).await?;
    if let Some(answer) = has_or_leads(&mut transaction, actor, &session).await? {
        return answer;
    }
    let waits = on!(&mut transaction, connection => sqlx::query(WAIT)
        .bind(session.id)
        .bind(actor.person())
        .bind(actor.now())
        .execute(connection).await.map(|done| done.rows_affected()))?;
    if waits == 0 {
        return Err(AppError::Conflict("A place has become free in the meantime. Book it below.".to_owned()));
    }
    agree(&mut transaction, actor, agreement).await?;
    let entry = Entry { action: "wait_for_place", subject: "session", subject_id: Some(session.id.0), detail: "" };
    audit::record(&mut transaction, actor, entry).await?;
    transaction.commit().await
}

/// Lets the actor wait no more. A second press finds it so.
pub async fn stop_waiting(actor: &Actor, code: &str) -> Result<(), AppError> {
    let mut transaction = actor.begin().await?;
    let session = take_session(&mut transaction, actor, code).await?;
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

/// What became of the free places of a session.
#[derive(Debug, Default)]
pub(super) struct PassedOn {
    /// Who has a place now who waited for it.
    have_places: Vec<PersonId>,
    /// Who is to be told that a place is free, for whoever books it first.
    are_told: Vec<PersonId>,
}

impl PassedOn {
    /// What each of them is written.
    pub fn letters(&self, session: &ToBook) -> Vec<NewMessage> {
        let yours = self.have_places.iter().map(|person| a_place_is_yours(*person, session.starts_local, &session.code));
        let free = self.are_told.iter().map(|person| a_place_is_free(*person, session.starts_local));
        yours.chain(free).collect()
    }

    fn people(&self) -> usize {
        self.have_places.len() + self.are_told.len()
    }
}

/// Gives every free place of a session that is taken to whoever has waited longest. Once places cannot be given back in good time any more nobody is given one
/// that they might not want by then: all who wait are told, once.
pub(super) async fn pass_on(transaction: &mut Transaction, session: &ToBook, now: DateTime<Utc>) -> Result<PassedOn, AppError> {
    let mut passed_on = PassedOn::default();
    if now > session.course().cut_off() {
        passed_on.are_told = tell_of_free_place(transaction, session, now).await?;
        return Ok(passed_on);
    }
    while let Some(next) = next_who_waits(transaction, session).await? {
        if !take_place(transaction, session, (next, now)).await? {
            break;
        }
        wait_no_more(transaction, session, next).await?;
        passed_on.have_places.push(next);
    }
    Ok(passed_on)
}

/// Whoever has waited longest of those who can have a place: who may still book one, is not to be there otherwise by now, and has agreed to the terms that
/// are in force.
async fn next_who_waits(transaction: &mut Transaction, session: &ToBook) -> Result<Option<PersonId>, AppError> {
    const NEXT: &str = "\
SELECT w.person_id
FROM clinic_wait w
JOIN person p ON p.id = w.person_id AND p.standing = 'registered'
JOIN person_role r ON r.person_id = w.person_id AND r.role = 'practitioner'
JOIN session s ON s.id = w.session_id AND s.supervisor_id <> w.person_id
JOIN agreement a ON a.group_id = s.group_id AND a.in_force_at IS NOT NULL AND a.ended_at IS NULL
JOIN agreement_party y ON y.agreement_id = a.id AND y.person_id = w.person_id AND y.agreed_at IS NOT NULL
WHERE w.session_id = $1
    AND NOT EXISTS (SELECT 1 FROM session_host h WHERE h.session_id = w.session_id AND h.person_id = w.person_id)
    AND NOT EXISTS (SELECT 1 FROM supervision_group g WHERE g.id = s.group_id AND g.supervisor_id = w.person_id)
ORDER BY w.asked_at, w.person_id
LIMIT 1";

    Ok(on!(&mut transaction, connection => sqlx::query_scalar(NEXT).bind(session.id).fetch_optional(connection).await)?)
}

/// Everybody who waits and was not told yet that a place is free, if one is.
async fn tell_of_free_place(transaction: &mut Transaction, session: &ToBook, now: DateTime<Utc>) -> Result<Vec<PersonId>, AppError> {
    const TELL: &str = "\
UPDATE clinic_wait
SET told_at = $2
WHERE session_id = $1
    AND told_at IS NULL
    AND person_id IN (SELECT p.id FROM person p WHERE p.standing = 'registered')
    AND (SELECT COUNT(b.place) FROM booking b WHERE b.session_id = $1)
        < (SELECT g.capacity FROM session s JOIN supervision_group g ON g.id = s.group_id WHERE s.id = $1)
RETURNING person_id";

    let mut told: Vec<PersonId> =
        on!(&mut transaction, connection => sqlx::query_scalar(TELL).bind(session.id).bind(now).fetch_all(connection).await)?;
    told.sort_unstable();
    Ok(told)
}

/// A cancellation that is so young may still be taken back.
const MAY_BE_UNDONE: TimeDelta = TimeDelta::minutes(1);

/// The sessions for which somebody waits who can wait no more, or need not: they were cancelled, have begun, or have a place.
pub async fn sessions_to_follow(system: &System) -> Result<Vec<SessionId>, AppError> {
    const TO_FOLLOW: &str = "\
SELECT s.id
FROM (SELECT DISTINCT session_id FROM clinic_wait) waited
JOIN session s ON s.id = waited.session_id
JOIN supervision_group g ON g.id = s.group_id
WHERE s.starts_at <= $1
    OR s.cancelled_at <= $2
    OR (s.cancelled_at IS NULL AND (SELECT COUNT(b.place) FROM booking b WHERE b.session_id = s.id) < g.capacity)
ORDER BY s.id";

    Ok(on!(system.database(), pool => sqlx::query_scalar(TO_FOLLOW)
        .bind(system.now())
        .bind(system.now() - MAY_BE_UNDONE)
        .fetch_all(pool).await)?)
}

/// Tells everybody who waits for a session that it was cancelled, forgets them once it has begun, and passes its free places on. Answers to how many people
/// something happened.
pub async fn follow(system: &System, id: SessionId) -> Result<u64, AppError> {
    let mut transaction = system.begin().await?;
    let Some(session) = take_to_follow(&mut transaction, id).await? else { return Ok(0) };
    let before = diary_of(&mut transaction, session.group_id, Posting::by_itself(system)).await?;
    let course = session.course();
    let (letters, people) = match course.cancelled_at {
        _ if course.starts_at <= system.now() => (Vec::new(), forget_all(&mut transaction, &session).await?.len()),
        None => {
            let passed_on = pass_on(&mut transaction, &session, system.now()).await?;
            (passed_on.letters(&session), passed_on.people())
        }
        Some(at) if at > system.now() - MAY_BE_UNDONE => return Ok(0),
        Some(_) => {
            let waited = forget_all(&mut transaction, &session).await?;
            (waited.iter().map(|person| session_closed(*person, session.starts_local)).collect(), waited.len())
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

/// Lets nobody wait for a session any more, and answers who did.
async fn forget_all(transaction: &mut Transaction, session: &ToBook) -> Result<Vec<PersonId>, AppError> {
    const FORGET: &str = "DELETE FROM clinic_wait WHERE session_id = $1 RETURNING person_id";

    let mut waited: Vec<PersonId> =
        on!(&mut transaction, connection => sqlx::query_scalar(FORGET).bind(session.id).fetch_all(connection).await)?;
    waited.sort_unstable();
    Ok(waited)
}
