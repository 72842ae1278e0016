//! When a session in somebody's hand could not be put anywhere, or only with a reason: the same rules by which it is judged once it is put there.

use chrono::{Days, NaiveDate, NaiveDateTime};

use super::known::{Stretch, Whose, known_with_group};
use super::plan::members_of;
use super::rules::levels;
use crate::availability::shut::{ToPlace, shut_times};
use crate::availability::words::{Reader, why_shut};
use crate::availability::{Known, Level, MeetingId};
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
    let guests = guests_of(moment, session.group).await?.into_iter().filter(|(_, at)| *at == session.meeting.0);
    let mut others = members_of(moment, session.group).await?;
    others.extend(guests.map(|(person, _)| person));
    let to_place = ToPlace { meeting: Some(session.meeting), kind: Some(session.kind), supervisor, others: &others };
    in_words(moment, reader, to_place, &known, days).await
}

/// When somebody could not lead a session that is yet to be planned. For whom else it would be is not known before its group is.
pub async fn shut_to_new(moment: &mut Transaction, supervisor: PersonId, days: (NaiveDate, NaiveDate)) -> Result<Vec<ShutTime>, AppError> {
    let known = known_with_group(moment, Whose::Supervisor(supervisor), None, stretch(days)).await?;
    let to_place = ToPlace { meeting: None, kind: None, supervisor, others: &[] };
    in_words(moment, Reader::Supervisor(supervisor), to_place, &known, days).await
}

fn stretch((first, last): (NaiveDate, NaiveDate)) -> Stretch {
    Stretch { from: first, until: last + Days::new(1) }
}

/// What is shut by a rule that anybody looks at. Of several who are elsewhere at one time, one is enough.
async fn in_words(
    moment: &mut Transaction,
    reader: Reader,
    to_place: ToPlace<'_>,
    known: &Known,
    days: (NaiveDate, NaiveDate),
) -> Result<Vec<ShutTime>, AppError> {
    let levels = levels(moment).await?;
    let mut told: Vec<ShutTime> = Vec::new();
    for shut in shut_times(to_place, known, days) {
        let kind = shut.cause.kind();
        let level = levels.get(&kind).copied().unwrap_or(kind.usual_level());
        let why = why_shut(&shut.cause, to_place.supervisor, known, reader);
        let time = ShutTime { starts: shut.starts, ends: shut.ends, why, level };
        if level != Level::Ignore && !told.contains(&time) {
            told.push(time);
        }
    }
    Ok(told)
}
