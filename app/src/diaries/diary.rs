//! What somebody's own calendar holds of a group, and what it is sent when that becomes something else.

use std::collections::BTreeSet;

use ::series::timetable::{Delta, PersonKey, Session, Timetable};
use calendar_files::{Invitation, invitations};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::letters::your_own_change;
use super::timetable::series_ahead;
use crate::access::{Actor, System};
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::GroupId;
use crate::messages::{NewMessage, Waits, queue_until, queue_with_calendars};
use crate::paths;
use crate::people::PersonId;

/// A group's series as they are at one moment, who belongs to it on which days, and who is a guest at which session.
#[derive(Clone, Debug)]
pub struct Diary<'a> {
    group: GroupId,
    timetable: Timetable,
    stays: Vec<Stay>,
    guests: BTreeSet<(PersonId, Uuid)>,
    posting: Posting<'a>,
}

/// The days on which somebody belongs to the group: until the day before the one on which they no longer do.
#[derive(Clone, Debug, sqlx::FromRow)]
struct Stay {
    person_id: PersonId,
    joined_on: NaiveDate,
    left_on: Option<NaiveDate>,
}

/// When something is sent, and the address that stands in it.
#[derive(Clone, Copy, Debug)]
pub struct Posting<'a> {
    now: DateTime<Utc>,
    origin: &'a str,
}

/// A group's diary before and after an act.
#[derive(Clone, Debug)]
pub struct News<'a> {
    before: Diary<'a>,
    after: Diary<'a>,
}

/// The diary of a group: of its series, those that have sessions to come.
pub async fn diary_of<'a>(transaction: &mut Transaction, group: GroupId, posting: Posting<'a>) -> Result<Diary<'a>, AppError> {
    let timetable = series_ahead(transaction, group, posting.now).await?;
    diary_with(transaction, (group, timetable), posting).await
}

/// The diary of a group with series that the caller has read.
pub async fn diary_with<'a>(
    transaction: &mut Transaction,
    (group, timetable): (GroupId, Timetable),
    posting: Posting<'a>,
) -> Result<Diary<'a>, AppError> {
    const STAYS: &str = "SELECT person_id, joined_on, left_on FROM membership WHERE group_id = $1";

    let stays = on!(&mut transaction, connection => sqlx::query_as(STAYS).bind(group).fetch_all(connection).await)?;
    let guests = guests_of(transaction, group).await?.into_iter().collect();
    Ok(Diary { group, timetable, stays, guests, posting })
}

/// Who comes to which session of a group without belonging to it: whoever has booked a place, or is there beside its supervisor.
pub async fn guests_of(transaction: &mut Transaction, group: GroupId) -> Result<Vec<(PersonId, Uuid)>, AppError> {
    const GUESTS: &str = "\
SELECT b.person_id, b.session_id
FROM session s
JOIN booking b ON b.session_id = s.id AND b.place IS NOT NULL
WHERE s.group_id = $1
UNION
SELECT h.person_id, h.session_id
FROM session s
JOIN session_host h ON h.session_id = s.id
WHERE s.group_id = $1
ORDER BY person_id, session_id";

    Ok(on!(&mut transaction, connection => sqlx::query_as(GUESTS).bind(group).fetch_all(connection).await)?)
}

impl<'a> Diary<'a> {
    /// What has become of it since.
    pub async fn news(self, transaction: &mut Transaction) -> Result<News<'a>, AppError> {
        let after = diary_of(transaction, self.group, self.posting).await?;
        Ok(News { before: self, after })
    }

    /// What a change of its series makes of it.
    pub fn news_of(self, change: &Delta) -> Result<News<'a>, AppError> {
        let timetable = self.timetable.apply(change).map_err(|overtaken| AppError::Conflict(overtaken.to_string()))?;
        Ok(News { after: Self { timetable, ..self.clone() }, before: self })
    }

    fn holds(&self, person: PersonId, session: &Session) -> bool {
        let day = session.starts.date();
        let belongs = |stay: &Stay| stay.person_id == person && stay.joined_on <= day && stay.left_on.is_none_or(|left| left > day);
        let leads = session.details.host == PersonKey(person.0.as_u128());
        leads || self.stays.iter().any(belongs) || self.guests.contains(&(person, Uuid::from_u128(session.key.0)))
    }

    /// The series as somebody's calendar has them: what is not theirs is as good as cancelled.
    fn seen(&self, is_theirs: impl Fn(&Session) -> bool) -> Timetable {
        let sessions = self.timetable.all_sessions().cloned().map(|session| {
            let cancelled = if is_theirs(&session) { session.cancelled.clone() } else { Some(String::new()) };
            Session { cancelled, ..session }
        });
        Timetable::of(self.timetable.all_series().cloned().collect(), sessions.collect())
    }

    fn seen_by(&self, person: PersonId) -> Timetable {
        self.seen(|session| self.holds(person, session))
    }
}

impl News<'_> {
    /// Writes to somebody, with the files by which their own calendar follows. There are none where it looks the same to them.
    pub async fn write(&self, transaction: &mut Transaction, letter: &NewMessage) -> Result<(), AppError> {
        queue_with_calendars(transaction, letter, &self.files_for(letter.to), self.after.posting.now).await
    }

    /// Writes to somebody about several groups at once: one letter, with the files of each.
    pub async fn write_together(news: &[Self], transaction: &mut Transaction, letter: &NewMessage) -> Result<(), AppError> {
        let Some(first) = news.first() else { return Ok(()) };
        let files: Vec<String> = news.iter().flat_map(|news| news.files_for(letter.to)).collect();
        queue_with_calendars(transaction, letter, &files, first.after.posting.now).await
    }

    /// The same of something that may be undone.
    pub async fn write_until(&self, transaction: &mut Transaction, letter: &NewMessage, waits: Waits) -> Result<(), AppError> {
        queue_until(transaction, letter, &self.files_for(letter.to), waits).await
    }

    /// What whoever acts is written: nothing that they know already, and nothing at all unless their own calendar is to follow.
    pub fn to_the_one_who_acts(&self, person: PersonId) -> Option<NewMessage> {
        (!self.files_for(person).is_empty()).then(|| your_own_change(person))
    }

    /// Whether a session that changed is one that somebody comes to, or came to before.
    pub fn is_theirs(&self, person: PersonId, (before, after): (Option<&Session>, Option<&Session>)) -> bool {
        before.is_some_and(|session| self.before.holds(person, session)) || after.is_some_and(|session| self.after.holds(person, session))
    }

    fn files_for(&self, person: PersonId) -> Vec<String> {
        self.after.posting.files(&self.before.seen_by(person), &self.after.seen_by(person))
    }
}

impl<'a> Posting<'a> {
    /// What somebody does.
    pub fn by(actor: &'a Actor) -> Self {
        Self { now: actor.now(), origin: actor.origin() }
    }

    /// What the program does on its own.
    pub fn by_itself(system: &'a System) -> Self {
        Self { now: system.now(), origin: system.origin() }
    }

    fn files(self, before: &Timetable, after: &Timetable) -> Vec<String> {
        let address = format!("{}{}", self.origin, paths::CALENDAR);
        invitations(after, &Delta::between(before, after), self.now, &address).iter().map(Invitation::file).collect()
    }
}

/// What takes all that is to come out of the calendar of somebody who is kept out.
pub async fn files_on_suspension(transaction: &mut Transaction, person: PersonId, posting: Posting<'_>) -> Result<Vec<String>, AppError> {
    let mut files = Vec::new();
    for diary in diaries_of(transaction, person, posting).await? {
        files.extend(posting.files(&diary.seen_by(person), &diary.behind(person, posting.now)));
    }
    Ok(files)
}

/// What brings it back for somebody who is let in again.
pub async fn files_on_return(transaction: &mut Transaction, person: PersonId, posting: Posting<'_>) -> Result<Vec<String>, AppError> {
    let mut files = Vec::new();
    for diary in diaries_of(transaction, person, posting).await? {
        files.extend(posting.files(&diary.behind(person, posting.now), &diary.seen_by(person)));
    }
    Ok(files)
}

impl Diary<'_> {
    /// What somebody's calendar holds of what has begun.
    fn behind(&self, person: PersonId, now: DateTime<Utc>) -> Timetable {
        self.seen(|session| session.starts_at() <= now && self.holds(person, session))
    }
}

/// The diaries of the groups that somebody is in, or comes to or leads sessions of; a handful.
async fn diaries_of<'a>(transaction: &mut Transaction, person: PersonId, posting: Posting<'a>) -> Result<Vec<Diary<'a>>, AppError> {
    const GROUPS: &str = "\
SELECT group_id
FROM membership
WHERE person_id = $1
    AND left_on IS NULL
UNION
SELECT group_id
FROM session
WHERE supervisor_id = $1
    AND starts_at > $2
    AND cancelled_at IS NULL
UNION
SELECT s.group_id
FROM session s
JOIN booking b ON b.session_id = s.id AND b.place IS NOT NULL
WHERE b.person_id = $1
    AND s.starts_at > $2
UNION
SELECT s.group_id
FROM session s
JOIN session_host h ON h.session_id = s.id
WHERE h.person_id = $1
    AND s.starts_at > $2
ORDER BY group_id";

    let groups: Vec<GroupId> =
        on!(&mut transaction, connection => sqlx::query_scalar(GROUPS).bind(person).bind(posting.now).fetch_all(connection).await)?;
    let mut diaries = Vec::new();
    for group in groups {
        diaries.push(diary_of(transaction, group, posting).await?);
    }
    Ok(diaries)
}
