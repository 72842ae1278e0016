//! Who may not lead a session that needs cover, since they are held or may not meet somebody who comes to it.

use std::collections::{HashMap, HashSet};

use crate::access::Actor;
use crate::availability::MeetingId;
use crate::availability::store::FreeSupervisor;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::store::is_member_on_the_day;
use crate::people::PersonId;
use crate::people::store::{Apart, apart_by_now, held_by_now};

/// Who is held, who may not meet whom, and who comes to the coming sessions that somebody leads: a statement for each, however many there are.
pub(super) struct WhoComes {
    apart: Apart,
    at: HashMap<MeetingId, Vec<PersonId>>,
    /// Whose group each session is. They go on whatever is noted.
    own: HashMap<MeetingId, PersonId>,
    held: HashSet<PersonId>,
}

/// Those who are free for a session.
pub(super) struct Parted {
    /// Who may lead it.
    pub may_lead: Vec<FreeSupervisor>,
    /// Who may not meet somebody who comes.
    pub kept_apart: Vec<FreeSupervisor>,
    /// Who is held.
    pub held: Vec<FreeSupervisor>,
}

impl WhoComes {
    pub(super) async fn read(moment: &mut Transaction, actor: &Actor, supervisor: PersonId) -> Result<Self, AppError> {
        const COMES: &str = concat!(
            "\
SELECT s.id, g.supervisor_id, m.person_id
FROM session s
JOIN supervision_group g ON g.id = s.group_id
JOIN membership m ON m.group_id = s.group_id
WHERE s.supervisor_id = $1
    AND s.starts_at > $2
    AND s.cancelled_at IS NULL
    AND ",
            is_member_on_the_day!(),
            "
UNION
SELECT s.id, g.supervisor_id, b.person_id
FROM session s
JOIN supervision_group g ON g.id = s.group_id
JOIN booking b ON b.session_id = s.id AND b.place IS NOT NULL
WHERE s.supervisor_id = $1
    AND s.starts_at > $2
    AND s.cancelled_at IS NULL"
        );

        let rows: Vec<(MeetingId, PersonId, PersonId)> = on!(&mut moment, connection => sqlx::query_as(COMES)
            .bind(supervisor)
            .bind(actor.now())
            .fetch_all(connection).await)?;
        let (mut at, mut own): (HashMap<MeetingId, Vec<PersonId>>, _) = (HashMap::new(), HashMap::new());
        for (meeting, leader, person) in rows {
            at.entry(meeting).or_default().push(person);
            own.insert(meeting, leader);
        }
        Ok(Self { apart: apart_by_now(moment).await?, at, own, held: held_by_now(moment).await? })
    }

    /// Those who are free for a session, by whether they may lead it. Whose group it is always may.
    pub(super) fn parted(&self, meeting: MeetingId, free: Vec<FreeSupervisor>) -> Parted {
        let people = self.at.get(&meeting).map(Vec::as_slice).unwrap_or_default();
        let is_own = |one: &FreeSupervisor| self.own.get(&meeting) == Some(&one.person);
        let (held, free): (Vec<_>, Vec<_>) = free.into_iter().partition(|one| !is_own(one) && self.held.contains(&one.person));
        let may_lead = |one: &FreeSupervisor| is_own(one) || self.apart.first_from(one.person, people).is_none();
        let (may_lead, kept_apart) = free.into_iter().partition(may_lead);
        Parted { may_lead, kept_apart, held }
    }
}
