//! Changing a session, the ones that follow, or all of a series.

use std::ops::RangeInclusive;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Timelike, Utc};
use serde::{Deserialize, Serialize};

use super::open::{Opened, open, open_to_replan};
use super::outcome::{EditProblem, LeftAlone, Outcome, WhyLeftAlone};
use super::rows::{Details, PersonKey, SeriesKey, Session, SessionKey, Timetable};
use super::work::Work;
use crate::days_off::DaysOff;
use crate::pattern::Pattern;
use crate::uk_time::{instant, local_time_exists};

/// What somebody asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// The session in hand.
    pub session: SessionKey,
    pub scope: Scope,
    pub change: Change,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scope {
    This,
    ThisAndFollowing,
    All,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// When the session in hand is to start. In the wider scopes the pattern moves by as many days, to the same time.
    Start(NaiveDateTime),
    /// Another rhythm or ending, from the start of the pattern on; not for one session alone.
    Pattern(Pattern),
    /// Elapsed minutes, 1 to 480.
    Length(u32),
    Host(PersonKey),
    Place(String),
    Title(String),
    /// With the reason that members read.
    Cancel(String),
}

/// What an edit has to know of the world.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    pub now: DateTime<Utc>,
    /// What a pattern steps over where its dates change. Dates that stay keep the skips that were shown when they were published.
    pub days_off: DaysOff<'a>,
}

impl Timetable {
    /// What an edit comes to. Nothing is changed: [`Timetable::apply`] and the store do that with the delta.
    ///
    /// `fresh` makes an identity for every new session and for the series of a split. A preview may count, since it is thrown away.
    pub fn edit(&self, edit: &Edit, circumstances: Circumstances<'_>, fresh: impl FnMut() -> u128) -> Result<Outcome, EditProblem> {
        let session = self.session(edit.session).ok_or(EditProblem::NoSuchSession)?;
        check(edit, session, circumstances.now)?;
        let mut work = Work::on(self, circumstances.now, fresh);
        match edit.scope {
            Scope::This => work.change_one(session, &edit.change)?,
            Scope::ThisAndFollowing => {
                let from = session.slot.ok_or(EditProblem::OffThePattern)?;
                work.change_many(session, from, &edit.change, circumstances.days_off)?;
            }
            Scope::All => {
                session.slot.ok_or(EditProblem::OffThePattern)?;
                work.change_many(session, NaiveDate::MIN, &edit.change, circumstances.days_off)?;
            }
        }
        Ok(work.outcome(self))
    }
}

impl<Fresh: FnMut() -> u128> Work<Fresh> {
    fn change_one(&mut self, session: &Session, change: &Change) -> Result<(), EditProblem> {
        if session.is_settled(self.now) {
            return Err(EditProblem::Settled);
        }
        if session.cancelled.is_some() {
            return Err(EditProblem::Cancelled);
        }
        let mut session = session.clone();
        match change {
            Change::Start(starts) => session.starts = *starts,
            Change::Pattern(_) => return Err(EditProblem::PatternOfOne),
            Change::Cancel(reason) => session.cancelled = Some(reason.clone()),
            detail => detail.write_to(&mut session.details),
        }
        self.after.sessions.insert(session.key, session);
        Ok(())
    }

    fn change_many(&mut self, in_hand: &Session, from: NaiveDate, change: &Change, days_off: DaysOff<'_>) -> Result<(), EditProblem> {
        match change {
            Change::Cancel(reason) => self.cancel_many(in_hand.series, from, reason),
            Change::Start(starts) => self.move_many(in_hand, from, *starts, days_off),
            Change::Pattern(pattern) => {
                let pivot = open_to_replan(self, in_hand.series, from)?;
                self.replan(pivot.series, *pattern, days_off)
            }
            detail => self.change_detail(in_hand, from, detail),
        }
    }

    /// The series is not split: it had these dates, and they are not held. One without an ending ends with what has been planned.
    fn cancel_many(&mut self, series: SeriesKey, from: NaiveDate, reason: &str) -> Result<(), EditProblem> {
        let mut is_any_cancelled = false;
        for key in self.sessions_from(series, from) {
            let Some(session) = self.after.sessions.get_mut(&key) else { continue };
            let why = if session.is_settled(self.now) {
                WhyLeftAlone::Settled
            } else if session.cancelled.is_some() {
                WhyLeftAlone::Cancelled
            } else {
                session.cancelled = Some(reason.to_owned());
                is_any_cancelled = true;
                continue;
            };
            self.left_alone.push(LeftAlone { session: key, why });
        }
        if !is_any_cancelled {
            return Err(EditProblem::NothingLeft);
        }
        self.end_with_what_is_planned(series);
        Ok(())
    }

    fn change_detail(&mut self, in_hand: &Session, from: NaiveDate, detail: &Change) -> Result<(), EditProblem> {
        let before = self.after.series(in_hand.series).ok_or(EditProblem::NoSuchSeries)?.details.clone();
        let Opened { pivot, in_scope } = open(self, in_hand.series, from)?;
        if let Some(series) = pivot.and_then(|pivot| self.after.series.get_mut(&pivot.series)) {
            detail.write_to(&mut series.details);
        }
        for key in in_scope {
            let Some(session) = self.after.sessions.get_mut(&key) else { continue };
            let why = if session.is_settled(self.now) {
                WhyLeftAlone::Settled
            } else if key == in_hand.key || detail.finds_same(&session.details, &before) {
                detail.write_to(&mut session.details);
                continue;
            } else {
                WhyLeftAlone::OwnChoice
            };
            self.left_alone.push(LeftAlone { session: key, why });
        }
        Ok(())
    }
}

impl Change {
    /// Writes what belongs to the details; a start, a pattern and a cancellation do not.
    fn write_to(&self, details: &mut Details) {
        match self {
            Self::Length(minutes) => details.length_minutes = *minutes,
            Self::Host(host) => details.host = *host,
            Self::Place(place) => details.place.clone_from(place),
            Self::Title(title) => details.title.clone_from(title),
            Self::Start(_) | Self::Pattern(_) | Self::Cancel(_) => {}
        }
    }

    /// Whether what would be changed is the same in both.
    fn finds_same(&self, one: &Details, other: &Details) -> bool {
        match self {
            Self::Length(_) => one.length_minutes == other.length_minutes,
            Self::Host(_) => one.host == other.host,
            Self::Place(_) => one.place == other.place,
            Self::Title(_) => one.title == other.title,
            Self::Start(_) | Self::Pattern(_) | Self::Cancel(_) => true,
        }
    }
}

const LENGTHS: RangeInclusive<u32> = 1..=8 * 60;

/// What can be refused without looking at the series.
fn check(edit: &Edit, in_hand: &Session, now: DateTime<Utc>) -> Result<(), EditProblem> {
    match &edit.change {
        // A settled session stays where it is; it only says by how much the others move.
        Change::Start(starts) if edit.scope != Scope::This && in_hand.is_settled(now) => check_minutes(*starts),
        Change::Start(starts) => check_start(*starts, now),
        Change::Pattern(pattern) => check_start(pattern.start(), now),
        Change::Length(minutes) if !LENGTHS.contains(minutes) => Err(EditProblem::LengthOutOfRange),
        Change::Length(_) | Change::Host(_) | Change::Place(_) | Change::Title(_) | Change::Cancel(_) => Ok(()),
    }
}

/// A start that is on the clock, in whole minutes, and to come.
pub(super) fn check_start(starts: NaiveDateTime, now: DateTime<Utc>) -> Result<(), EditProblem> {
    check_minutes(starts)?;
    if !local_time_exists(starts) {
        return Err(EditProblem::StartDoesNotExist { starts });
    }
    if instant(starts) <= now {
        return Err(EditProblem::IntoThePast { starts });
    }
    Ok(())
}

fn check_minutes(starts: NaiveDateTime) -> Result<(), EditProblem> {
    if starts.second() == 0 && starts.nanosecond() == 0 { Ok(()) } else { Err(EditProblem::StartNotInMinutes) }
}
