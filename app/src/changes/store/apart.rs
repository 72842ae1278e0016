//! Whom sessions are not given to, since they are held or may not meet somebody who comes to them.

use std::collections::{BTreeMap, BTreeSet};

use ::series::timetable::{PersonKey, RowChange, SessionKey};
use uuid::Uuid;

use super::wish::Outcome;
use super::write::uuid;
use crate::access::Actor;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::GroupId;
use crate::groups::store::why_not_led;
use crate::people::store::{NameRow, apart_by_now, held_by_now};
use crate::people::{PersonId, PersonName};
use crate::sessions::store::OpenedSession;

/// Why a change may not give sessions of a group to whoever would lead them instead; nothing where it may. Whoever leads the group goes on, whatever is
/// noted.
pub async fn why_not_given(
    moment: &mut Transaction,
    actor: &Actor,
    (group, supervisor): (GroupId, PersonId),
    outcome: &Outcome,
) -> Result<Option<String>, AppError> {
    for (host, sessions) in given(outcome) {
        let host = PersonId(uuid(host.0));
        if host == supervisor {
            continue;
        }
        let people = people_at(moment, group, &sessions).await?;
        if let Some(why) = why_not_led(moment, actor, host, &people).await? {
            return Ok(Some(why));
        }
    }
    Ok(None)
}

/// Which sessions a change gives to whom: those that another leads now, and those that are new and nobody of the others led. One that was cancelled and is
/// held again with whoever led it is neither.
fn given(outcome: &Outcome) -> BTreeMap<PersonKey, BTreeSet<Uuid>> {
    let changed = outcome.changed();
    let rows_before = outcome.delta.sessions.iter().filter_map(RowChange::before);
    let host_before: BTreeMap<SessionKey, PersonKey> = rows_before.map(|before| (before.key, before.details.host)).collect();
    let led: BTreeSet<PersonKey> = changed.iter().filter_map(|(before, _)| before.map(|before| before.details.host)).collect();
    let mut given: BTreeMap<PersonKey, BTreeSet<Uuid>> = BTreeMap::new();
    for (_, after) in changed {
        let Some(after) = after else { continue };
        let host = after.details.host;
        if host_before.get(&after.key).map_or(!led.contains(&host), |before| *before != host) {
            given.entry(host).or_default().insert(uuid(after.key.0));
        }
    }
    given
}

/// The members of a group, and whoever has booked a place at one of these sessions.
async fn people_at(moment: &mut Transaction, group: GroupId, sessions: &BTreeSet<Uuid>) -> Result<Vec<PersonId>, AppError> {
    const MEMBERS: &str = "SELECT person_id FROM membership WHERE group_id = $1 AND left_on IS NULL ORDER BY person_id";
    const BOOKED: &str = "\
SELECT b.person_id, b.session_id
FROM session s
JOIN booking b ON b.session_id = s.id AND b.place IS NOT NULL
WHERE s.group_id = $1
ORDER BY b.person_id, b.session_id";

    let mut people: Vec<PersonId> = on!(&mut moment, connection => sqlx::query_scalar(MEMBERS).bind(group).fetch_all(connection).await)?;
    let booked: Vec<(PersonId, Uuid)> = on!(&mut moment, connection => sqlx::query_as(BOOKED).bind(group).fetch_all(connection).await)?;
    people.extend(booked.into_iter().filter(|(_, session)| sessions.contains(session)).map(|(person, _)| person));
    Ok(people)
}

/// Somebody who can lead sessions, but may not lead a certain one.
#[derive(Clone, Debug)]
pub struct KeptFrom {
    /// Who.
    pub leader: PersonName,
    /// Whether they are held; otherwise they may not meet somebody who comes.
    pub is_held: bool,
}

/// Everybody who can lead sessions, but may not lead this one; whoever leads it or its group is none of them.
pub async fn kept_from(moment: &mut Transaction, session: &OpenedSession) -> Result<Vec<KeptFrom>, AppError> {
    const SUPERVISORS: &str = "\
SELECT p.id, p.code, p.title, p.given_name, p.family_name
FROM person p
JOIN person_role r ON r.person_id = p.id AND r.role = 'supervisor'
ORDER BY p.id";

    #[derive(sqlx::FromRow)]
    struct Row {
        id: PersonId,
        #[sqlx(flatten)]
        name: NameRow,
    }

    let people = people_at(moment, session.group(), &BTreeSet::from([session.id().0])).await?;
    let (apart, held) = (apart_by_now(moment).await?, held_by_now(moment).await?);
    let rows: Vec<Row> = on!(&mut moment, connection => sqlx::query_as(SUPERVISORS).fetch_all(connection).await)?;
    let goes_on = [session.supervisor(), session.group_supervisor()];
    let others = rows.into_iter().filter(|row| !goes_on.contains(&row.id)).map(|row| (held.contains(&row.id), row));
    let kept = others.filter(|(is_held, row)| *is_held || apart.first_from(row.id, &people).is_some());
    Ok(kept.map(|(is_held, row)| KeptFrom { leader: row.name.into(), is_held }).collect())
}
