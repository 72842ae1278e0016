//! Which sessions need cover, and whose.

use std::collections::{BTreeMap, HashSet};

use chrono::Days;

use super::absence::is_gone;
use crate::access::Actor;
use crate::availability::store::{Whose, known_for};
use crate::availability::{DayHours, Known, Meeting};
use crate::cover::answers::{AwayLine, CoverPage};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::store::supervisors;
use crate::people::PersonId;

/// How far ahead cover is looked for.
pub(super) const AHEAD: Days = Days::new(366);

/// Whether a session needs cover: whoever leads it is away on its day, has said that the date cannot be planned, or is gone; or it stayed with them when its
/// group was handed over.
pub(super) fn needs_cover(meeting: &Meeting, known: &Known, gone: &HashSet<PersonId>) -> bool {
    let said = known.availability.get(&meeting.supervisor).map(|said| said.on(meeting.date(), Some(meeting.kind)));
    known.stayed.contains(&meeting.id)
        || gone.contains(&meeting.supervisor)
        || matches!(said, Some(DayHours::Away(_) | DayHours::Unavailable))
}

/// Whoever has sessions to come that need cover, the soonest first.
pub async fn cover_needed(actor: &Actor) -> Result<CoverPage, AppError> {
    let today = ::series::local(actor.now()).date();
    let mut moment = actor.database().snapshot().await?;
    let known = known_for(&mut moment, Whose::Away, today, today + AHEAD).await?;
    let gone = gone_supervisors(&mut moment).await?;
    let mut by_person: BTreeMap<PersonId, Vec<&Meeting>> = BTreeMap::new();
    for meeting in known.meetings.values().filter(|meeting| meeting.starts_at > actor.now() && needs_cover(meeting, &known, &gone)) {
        by_person.entry(meeting.supervisor).or_default().push(meeting);
    }
    let mut away: Vec<AwayLine> = by_person
        .into_iter()
        .filter_map(|(person, meetings)| {
            Some(AwayLine {
                person: known.names.get(&person)?.clone(),
                sessions: i64::try_from(meetings.len()).unwrap_or(i64::MAX),
                first: meetings.iter().map(|meeting| meeting.starts()).min()?,
                is_gone: gone.contains(&person),
            })
        })
        .collect();
    away.sort_by(|one, other| (one.first, &one.person.short).cmp(&(other.first, &other.person.short)));
    drop(moment);
    Ok(CoverPage { away, supervisors: supervisors(actor).await? })
}

/// Whoever leads a group or a session and can no longer lead any.
async fn gone_supervisors(moment: &mut Transaction) -> Result<HashSet<PersonId>, AppError> {
    const GONE: &str =
        concat!("SELECT p.id FROM person p WHERE EXISTS (SELECT 1 FROM session s WHERE s.supervisor_id = p.id) AND ", is_gone!());

    let gone: Vec<PersonId> = on!(&mut moment, connection => sqlx::query_scalar(GONE).fetch_all(connection).await)?;
    Ok(gone.into_iter().collect())
}
