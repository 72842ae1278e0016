//! Whose a place is that has become free.

use chrono::{DateTime, TimeDelta, Utc};

use super::book::{agree, take_place};
use super::open::ToBook;
use super::wait::wait_no_more;
use crate::agreements::AgreementId;
use crate::audit::{self, Entry};
use crate::clinics::letters::{FreeTo, a_place_is_free, a_place_is_yours};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::store::can_have_place;
use crate::messages::NewMessage;
use crate::people::PersonId;

/// How long somebody has at the least to give a place back in good time that they were given unasked.
pub(super) const TIME_TO_GIVE_BACK: TimeDelta = TimeDelta::hours(12);

/// True where the session (`s`) still is what somebody waits for (`w`): at the time that they asked for, and on the terms that they agreed to; part of a
/// statement.
macro_rules! is_as_asked {
    () => {
        "(w.asked_for = s.starts_at
        AND EXISTS (SELECT 1 FROM agreement a WHERE a.id = w.agreement_id AND a.in_force_at IS NOT NULL AND a.ended_at IS NULL))"
    };
}
pub(super) use is_as_asked;

/// What became of the free places of a session.
#[derive(Debug)]
pub(super) struct PassedOn {
    /// Who has a place now who waited for it.
    have_places: Vec<PersonId>,
    /// Who is to be told that a place is free, for whoever books it first.
    are_told: Vec<PersonId>,
    /// Why it is given to none of them.
    free_to: FreeTo,
}

impl PassedOn {
    /// What each of them is written.
    pub fn letters(&self, session: &ToBook) -> Vec<NewMessage> {
        let yours = self.have_places.iter().map(|person| a_place_is_yours(*person, session.starts_local, &session.code));
        let free = self.are_told.iter().map(|person| a_place_is_free(*person, session.starts_local, self.free_to));
        yours.chain(free).collect()
    }

    pub fn people(&self) -> usize {
        self.have_places.len() + self.are_told.len()
    }
}

/// Gives every free place of a session that is taken to whoever has waited longest, and tells of one that is left those for whom the session is not what they
/// asked for any more. Once there is little time left to give a place back nobody is given one that they might not want by then: all who wait are told. Each
/// is told once.
pub(super) async fn pass_on(transaction: &mut Transaction, session: &ToBook, now: DateTime<Utc>) -> Result<PassedOn, AppError> {
    let is_near = now > session.course().cut_off() - TIME_TO_GIVE_BACK;
    let have_places = if is_near { Vec::new() } else { give_places(transaction, session, now).await? };
    let are_told = tell_of_free_place(transaction, session, now).await?;
    Ok(PassedOn { have_places, are_told, free_to: if is_near { FreeTo::AllWhoWait } else { FreeTo::WhoeverAskedForAnother } })
}

async fn give_places(transaction: &mut Transaction, session: &ToBook, now: DateTime<Utc>) -> Result<Vec<PersonId>, AppError> {
    let mut have_places = Vec::new();
    while let Some(next) = next_who_waits(transaction, session).await? {
        if !take_place(transaction, session, (next.person_id, now)).await? {
            break;
        }
        wait_no_more(transaction, session, next.person_id).await?;
        agree(transaction, next.agreement_id, (next.person_id, next.agreed_at)).await?;
        let detail = format!("person {}", next.person_id);
        let entry = Entry { action: "give_waited_place", subject: "session", subject_id: Some(session.id.0), detail: &detail };
        // It follows from the order in which people wait, and is nobody's doing.
        audit::record_by_anyone(transaction, now, entry).await?;
        have_places.push(next.person_id);
    }
    Ok(have_places)
}

#[derive(sqlx::FromRow)]
struct Next {
    person_id: PersonId,
    agreement_id: AgreementId,
    agreed_at: DateTime<Utc>,
}

/// Whoever has waited longest of those who can have a place, and for whom it still is what they asked for.
async fn next_who_waits(transaction: &mut Transaction, session: &ToBook) -> Result<Option<Next>, AppError> {
    const NEXT: &str = concat!(
        "\
SELECT w.person_id, w.agreement_id, w.agreed_at
FROM clinic_wait w
JOIN session s ON s.id = w.session_id
WHERE w.session_id = $1
    AND ",
        can_have_place!(),
        "
    AND ",
        is_as_asked!(),
        "
ORDER BY w.asked_at, w.person_id
LIMIT 1"
    );

    Ok(on!(&mut transaction, connection => sqlx::query_as(NEXT).bind(session.id).fetch_optional(connection).await)?)
}

/// Everybody who waits, can have a place and was not told yet that one is free, if one is.
async fn tell_of_free_place(transaction: &mut Transaction, session: &ToBook, now: DateTime<Utc>) -> Result<Vec<PersonId>, AppError> {
    const TELL: &str = concat!(
        "\
UPDATE clinic_wait AS w
SET told_at = $2
FROM session s
WHERE w.session_id = $1
    AND s.id = $1
    AND w.told_at IS NULL
    AND (SELECT COUNT(b.place) FROM booking b WHERE b.session_id = $1) < (SELECT g.capacity FROM supervision_group g WHERE g.id = s.group_id)
    AND ",
        can_have_place!(),
        "
RETURNING person_id"
    );

    let mut told: Vec<PersonId> =
        on!(&mut transaction, connection => sqlx::query_scalar(TELL).bind(session.id).bind(now).fetch_all(connection).await)?;
    told.sort_unstable();
    Ok(told)
}
