//! What somebody's own calendar holds of a group, and what it is sent when that becomes something else.

use ::series::timetable::{Delta, PersonKey, Session, Timetable};
use calendar_files::{Invitation, invitations};
use chrono::{DateTime, NaiveDate, Utc};

use super::timetable::series_ahead;
use crate::database::{Transaction, on};
use crate::error::AppError;
use crate::groups::GroupId;
use crate::paths;
use crate::people::PersonId;

/// A group's series as they are at one moment, and who belongs to it on which days.
#[derive(Clone, Debug)]
pub struct Diary {
    timetable: Timetable,
    stays: Vec<Stay>,
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
    /// The present moment.
    pub now: DateTime<Utc>,
    /// Without a trailing slash.
    pub origin: &'a str,
}

/// A group's diary before and after an act.
#[derive(Clone, Copy, Debug)]
pub struct News<'a> {
    /// Before.
    pub before: &'a Diary,
    /// After.
    pub after: &'a Diary,
    /// When it is sent.
    pub posting: Posting<'a>,
}

/// The diary of a group: of its series, those that have sessions to come.
pub async fn diary_of(transaction: &mut Transaction, group: GroupId, now: DateTime<Utc>) -> Result<Diary, AppError> {
    let timetable = series_ahead(transaction, group, now).await?;
    Diary::with(transaction, group, timetable).await
}

impl Diary {
    /// The diary of series that the caller has read.
    pub async fn with(transaction: &mut Transaction, group: GroupId, timetable: Timetable) -> Result<Self, AppError> {
        const STAYS: &str = "SELECT person_id, joined_on, left_on FROM membership WHERE group_id = $1";

        let stays = on!(&mut transaction, connection => sqlx::query_as(STAYS).bind(group).fetch_all(connection).await)?;
        Ok(Self { timetable, stays })
    }

    /// The same with a change of its series.
    pub fn changed(&self, change: &Delta) -> Result<Self, AppError> {
        let timetable = self.timetable.apply(change).map_err(|overtaken| AppError::Conflict(overtaken.to_string()))?;
        Ok(Self { timetable, stays: self.stays.clone() })
    }

    fn holds(&self, person: PersonId, session: &Session) -> bool {
        let day = session.starts.date();
        let belongs = |stay: &Stay| stay.person_id == person && stay.joined_on <= day && stay.left_on.is_none_or(|left| left > day);
        session.details.host == PersonKey(person.0.as_u128()) || self.stays.iter().any(belongs)
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
    /// What somebody's calendar is sent, so that it holds what is theirs now. Nothing, where it looks the same to them.
    pub fn files_for(&self, person: PersonId) -> Vec<String> {
        self.posting.files(&self.before.seen_by(person), &self.after.seen_by(person))
    }

    /// Whether a session that changed is one that somebody comes to, or came to before.
    pub fn is_theirs(&self, person: PersonId, (before, after): (Option<&Session>, Option<&Session>)) -> bool {
        before.is_some_and(|session| self.before.holds(person, session)) || after.is_some_and(|session| self.after.holds(person, session))
    }
}

impl Posting<'_> {
    fn files(self, before: &Timetable, after: &Timetable) -> Vec<String> {
        let address = format!("{}{}", self.origin, paths::CALENDAR);
        invitations(after, &Delta::between(before, after), self.now, &address).iter().map(Invitation::file).collect()
    }
}

/// What takes all that is to come out of the calendar of somebody who is kept out.
pub async fn files_on_suspension(transaction: &mut Transaction, person: PersonId, posting: Posting<'_>) -> Result<Vec<String>, AppError> {
    let mut files = Vec::new();
    for diary in diaries_of(transaction, person, posting.now).await? {
        files.extend(posting.files(&diary.seen_by(person), &diary.behind(person, posting.now)));
    }
    Ok(files)
}

/// What brings it back for somebody who is let in again.
pub async fn files_on_return(transaction: &mut Transaction, person: PersonId, posting: Posting<'_>) -> Result<Vec<String>, AppError> {
    let mut files = Vec::new();
    for diary in diaries_of(transaction, person, posting.now).await? {
        files.extend(posting.files(&diary.behind(person, posting.now), &diary.seen_by(person)));
    }
    Ok(files)
}

impl Diary {
    /// What somebody's calendar holds of what has begun.
    fn behind(&self, person: PersonId, now: DateTime<Utc>) -> Timetable {
        self.seen(|session| session.starts_at() <= now && self.holds(person, session))
    }
}

/// The diaries of the groups that somebody is in or leads sessions of; a handful.
async fn diaries_of(transaction: &mut Transaction, person: PersonId, now: DateTime<Utc>) -> Result<Vec<Diary>, AppError> {
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
ORDER BY group_id";

    let groups: Vec<GroupId> =
        on!(&mut transaction, connection => sqlx::query_scalar(GROUPS).bind(person).bind(now).fetch_all(connection).await)?;
    let mut diaries = Vec::new();
    for group in groups {
        diaries.push(diary_of(transaction, group, now).await?);
    }
    Ok(diaries)
}
