//! When a session in somebody's hand could not be put anywhere, or only with a reason: the same rules by which it is judged once it is put there.

use std::collections::HashMap;

use chrono::{Days, NaiveDate, NaiveDateTime};

use super::free::active_supervisors;
use super::known::{Stretch, Whose, known_with_group};
use super::plan::members_of;
use super::rules::levels;
use crate::availability::shut::{ToPlace, shut_times};
use crate::availability::words::{Reader, why_shut};
use crate::availability::{ClashKind, Known, Level, MeetingId};
use crate::database::Transaction;
use crate::diaries::guests_of;
use crate::error::AppError;
use crate::groups::{GroupId, GroupKind};
use crate::people::{PersonId, PersonName};

/// A stored session that would be moved.
#[derive(Clone, Copy, Debug)]
pub struct StoredSession<'a> {
    /// Which one.
    pub meeting: MeetingId,
    /// Whose.
    pub group: GroupId,
    /// What kind of supervision it is for.
    pub kind: GroupKind,
    /// Who leads it.
    pub supervisor: (PersonId, &'a PersonName),
}

/// A stretch of time that is shut, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShutTime {
    /// Its beginning.
    pub starts: NaiveDateTime,
    /// Its end.
    pub ends: NaiveDateTime,
    /// "Dr Ruth A. is away".
    pub why: String,
    /// How seriously that is taken.
    pub level: Level,
}

/// When a stored session could not be, from one day to another, the last included.
pub async fn shut_to_stored(
    moment: &mut Transaction,
    reader: Reader,
    session: StoredSession<'_>,
    days: (NaiveDate, NaiveDate),
) -> Result<Vec<ShutTime>, AppError> {
    let (supervisor, name) = session.supervisor;
    let mut known = known_with_group(moment, Whose::Supervisor(supervisor), Some(session.group), stretch(days)).await?;
    known.names.insert(supervisor, name.clone());
    let others = others_at(moment, session).await?;
    let rules = Rules { reader, known: &known, levels: &levels(moment).await? };
    Ok(rules.in_words(session.led_by(supervisor, &others), days))
}

/// When each of those who can lead could not lead a stored session, by their codes; whoever leads it now is among them. The statements are as many for
/// a hundred supervisors as for one.
pub async fn shut_to_leaders(
    moment: &mut Transaction,
    reader: Reader,
    session: StoredSession<'_>,
    days: (NaiveDate, NaiveDate),
) -> Result<Vec<(String, Vec<ShutTime>)>, AppError> {
    let mut known = known_with_group(moment, Whose::Everybody, None, stretch(days)).await?;
    let (supervisor, name) = session.supervisor;
    let active = active_supervisors(moment).await?.into_iter().map(|one| (one.id, PersonName::from(one.name)));
    let mut leaders: HashMap<PersonId, PersonName> = active.collect();
    leaders.insert(supervisor, name.clone());
    known.names.extend(leaders.clone());
    let others = others_at(moment, session).await?;
    let rules = Rules { reader, known: &known, levels: &levels(moment).await? };
    let shut = |leader| rules.in_words(session.led_by(leader, &others), days);
    Ok(leaders.into_iter().map(|(leader, name)| (name.code, shut(leader))).collect())
}

/// Who comes to a stored session beside whoever leads it.
async fn others_at(moment: &mut Transaction, session: StoredSession<'_>) -> Result<Vec<PersonId>, AppError> {
    let guests = guests_of(moment, session.group).await?.into_iter().filter(|(_, at)| *at == session.meeting.0);
    let mut others = members_of(moment, session.group).await?;
    others.extend(guests.map(|(person, _)| person));
    Ok(others)
}

impl StoredSession<'_> {
    fn led_by<'a>(&self, supervisor: PersonId, others: &'a [PersonId]) -> ToPlace<'a> {
        ToPlace { meeting: Some(self.meeting), kind: Some(self.kind), supervisor, others }
    }
}

/// When somebody could not lead a session that is yet to be planned. For whom else it would be is not known before its group is.
pub async fn shut_to_new(moment: &mut Transaction, supervisor: PersonId, days: (NaiveDate, NaiveDate)) -> Result<Vec<ShutTime>, AppError> {
    let known = known_with_group(moment, Whose::Supervisor(supervisor), None, stretch(days)).await?;
    let to_place = ToPlace { meeting: None, kind: None, supervisor, others: &[] };
    let rules = Rules { reader: Reader::Supervisor(supervisor), known: &known, levels: &levels(moment).await? };
    Ok(rules.in_words(to_place, days))
}

fn stretch((first, last): (NaiveDate, NaiveDate)) -> Stretch {
    Stretch { from: first, until: last + Days::new(1) }
}

/// What the rules look at, how seriously each of them is taken, and who is told.
struct Rules<'a> {
    reader: Reader,
    known: &'a Known,
    levels: &'a HashMap<ClashKind, Level>,
}

impl Rules<'_> {
    /// What is shut by a rule that anybody looks at. Of several who are elsewhere at one time, one is enough.
    fn in_words(&self, to_place: ToPlace<'_>, days: (NaiveDate, NaiveDate)) -> Vec<ShutTime> {
        let mut told: Vec<ShutTime> = Vec::new();
        for shut in shut_times(to_place, self.known, days) {
            let kind = shut.cause.kind();
            let level = self.levels.get(&kind).copied().unwrap_or(kind.usual_level());
            let why = why_shut(&shut.cause, to_place.supervisor, self.known, self.reader);
            let time = ShutTime { starts: shut.starts, ends: shut.ends, why, level };
            if level != Level::Ignore && !told.contains(&time) {
                told.push(time);
            }
        }
        told
    }
}
