//! Who is free for sessions that somebody else was to lead: the hook for cover and for whoever allocates supervisors.

use chrono::Days;

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
    let supervisors = active_supervisors(moment).await?;
    Ok(sessions.iter().map(|session| free_for(session, &supervisors, &known)).collect())
}

async fn active_supervisors(moment: &mut Transaction) -> Result<Vec<(PersonId, PersonName)>, AppError> {
    const SUPERVISORS: &str = "\
SELECT p.id, p.code, p.title, p.given_name, p.family_name
FROM person p
JOIN person_role r ON r.person_id = p.id AND r.role = 'supervisor'
WHERE p.standing = 'registered'
ORDER BY p.given_key, p.family_key, p.id";

    #[derive(sqlx::FromRow)]
    struct Row {
        id: PersonId,
        #[sqlx(flatten)]
        name: NameRow,
    }

    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(SUPERVISORS).fetch_all(connection).await)?;
    Ok(rows.into_iter().map(|row| (row.id, row.name.into())).collect())
}

fn free_for(session: &Meeting, supervisors: &[(PersonId, PersonName)], known: &Known) -> Vec<FreeSupervisor> {
    let others = supervisors.iter().filter(|(person, _)| *person != session.supervisor);
    let mut free: Vec<FreeSupervisor> = others
        .filter(|(person, _)| {
            let led = Meeting { supervisor: *person, ..session.clone() };
            // What the members have elsewhere is as true of whoever leads it now.
            judge(&led, known).iter().all(|clash| clash.cause.kind() == ClashKind::MemberTwice)
        })
        .map(|(person, name)| {
            let said = known.availability.get(person);
            let contracted = said.and_then(|said| said.limits.contracted_minutes);
            FreeSupervisor {
                person: *person,
                name: name.clone(),
                minutes_left: contracted.map(|contracted| contracted - known.minutes_led(*person, session.date())),
                has_said: said.is_some_and(|said| said.has_hours()),
            }
        })
        .collect();
    free.sort_by_key(|one| (!one.has_said, one.minutes_left.is_none(), one.minutes_left.map(|minutes| -minutes)));
    free
}
