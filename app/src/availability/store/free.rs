//! Who is free for sessions that somebody else was to lead, and what is left of each supervisor’s contract: the hook for cover and for whoever
//! allocates supervisors.

use chrono::{Days, NaiveDate};

use super::known::{Whose, known_for};
use crate::availability::{ClashKind, Known, Meeting, judge};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::people::store::NameRow;
use crate::people::{PersonId, PersonName};

/// A supervisor against whose leading a session nothing speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreeSupervisor {
    /// Who.
    pub person: PersonId,
    /// What they are called.
    pub name: PersonName,
    /// Minutes of their contract that are left in the week of the session; nothing where nobody has entered the contract. Below nought
    /// where more is planned than the contract is for.
    pub minutes_left: Option<i64>,
    /// Whether they have said any hours. Of whoever has not, nobody knows whether they are free.
    pub has_said: bool,
}

/// For each session, the supervisors who are free for it: registered, within their hours and limits, in no other session, and neither
/// leading it already nor supervised at it. First those with the most contracted minutes left, then those without a contract, and last
/// those who have never said any hours.
///
/// The statements are as many for a hundred sessions as for one.
pub async fn free_supervisors(moment: &mut Transaction, sessions: &[Meeting]) -> Result<Vec<Vec<FreeSupervisor>>, AppError> {
    let dates = || sessions.iter().map(Meeting::date);
    let (Some(first), Some(last)) = (dates().min(), dates().max()) else { return Ok(Vec::new()) };
    let known = known_for(moment, Whose::Supervisors, first, last + Days::new(1)).await?;
    let mut supervisors = active_supervisors(moment).await?;
    supervisors.retain(|one| one.is_registered);
    Ok(sessions.iter().map(|session| free_for(session, &supervisors, &known)).collect())
}

/// Everybody who can lead a group, with what is left of their contract in the week of a date.
pub async fn supervisors_in_week(moment: &mut Transaction, date: NaiveDate) -> Result<Vec<FreeSupervisor>, AppError> {
    let known = known_for(moment, Whose::Supervisors, date, date + Days::new(1)).await?;
    let supervisors = active_supervisors(moment).await?;
    Ok(supervisors.iter().map(|one| in_week_of(one, date, &known)).collect())
}

/// A supervisor who is not suspended.
#[derive(sqlx::FromRow)]
pub(super) struct Active {
    pub id: PersonId,
    #[sqlx(flatten)]
    pub name: NameRow,
    /// Whether they have come in yet.
    is_registered: bool,
}

pub(super) async fn active_supervisors(moment: &mut Transaction) -> Result<Vec<Active>, AppError> {
    const SUPERVISORS: &str = "\
SELECT p.id, p.code, p.title, p.given_name, p.family_name, p.standing = 'registered' AS is_registered
FROM person p
JOIN person_role r ON r.person_id = p.id AND r.role = 'supervisor'
WHERE p.standing <> 'suspended'
ORDER BY p.given_key, p.family_key, p.id";

    Ok(on!(&mut moment, connection => sqlx::query_as(SUPERVISORS).fetch_all(connection).await)?)
}

fn in_week_of(one: &Active, date: NaiveDate, known: &Known) -> FreeSupervisor {
    let said = known.availability.get(&one.id);
    let contracted = said.and_then(|said| said.limits.contracted_minutes);
    FreeSupervisor {
        person: one.id,
        name: one.name.clone().into(),
        minutes_left: contracted.map(|contracted| contracted - known.minutes_led(one.id, date)),
        has_said: said.is_some_and(|said| said.has_hours()),
    }
}

fn free_for(session: &Meeting, supervisors: &[Active], known: &Known) -> Vec<FreeSupervisor> {
    let others = supervisors.iter().filter(|one| one.id != session.supervisor);
    let mut free: Vec<FreeSupervisor> = others
        .filter(|one| {
            let led = Meeting { supervisor: one.id, ..session.clone() };
            // What the members have elsewhere, and when the Centre is closed, is as true of whoever leads it now.
            judge(&led, known).iter().all(|clash| matches!(clash.cause.kind(), ClashKind::MemberTwice | ClashKind::Closed))
        })
        .map(|one| in_week_of(one, session.date(), known))
        .collect();
    free.sort_by_key(|one| (!one.has_said, one.minutes_left.is_none(), one.minutes_left.map(|minutes| -minutes)));
    free
}
