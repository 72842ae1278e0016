//! Another pattern for the sessions of a series.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime};

use super::edit::check_start;
use super::matching::matched;
use super::open::{Pivot, open_to_replan};
use super::outcome::{EditProblem, LeftAlone, WhyLeftAlone};
use super::rows::{Series, SeriesKey, Session, SessionKey};
use super::work::Work;
use crate::days_off::DaysOff;
use crate::expand::{Walked, dates_until, stored_reasons, walk};
use crate::pattern::{Pattern, PatternProblem, PlaceInMonth, Rhythm};
use crate::rule::Ending;

/// More would be five years of two sessions a week.
pub(super) const MOST_SESSIONS: usize = 520;

/// The reason of a session for which the pattern has no date any more: a word for the caller to say in a sentence.
pub const NO_DATE: &str = "no_date";

/// A pattern that a series is to take on.
struct Replan {
    pattern: Pattern,
    horizon: Option<NaiveDate>,
    /// By how many days every session was carried.
    carried: i64,
    /// The date on which the person put the session in hand, whatever else is on that day.
    chosen: Option<NaiveDate>,
}

impl<Fresh: FnMut() -> u128> Work<Fresh> {
    /// Moves the pattern by as many days as the session in hand is moved, to the same time.
    pub(super) fn move_many(
        &mut self,
        in_hand: &Session,
        from: NaiveDate,
        starts: NaiveDateTime,
        days_off: DaysOff<'_>,
    ) -> Result<(), EditProblem> {
        let slot = in_hand.slot.ok_or(EditProblem::OffThePattern)?;
        let carried = (starts.date() - in_hand.starts.date()).num_days();
        let target = days_later(slot, carried).ok_or(EditProblem::StartOutOfRange)?;
        let pivot = open_to_replan(self, in_hand.series, from)?;
        let series = self.after.series(pivot.series).ok_or(EditProblem::NoSuchSeries)?;
        let is_movable = !in_hand.is_settled(self.now);
        let moved = moved_pattern(series, pivot, (slot, target), starts)?;
        check_start(moved.pattern.start(), self.now)?;
        let chosen = (is_movable && slot >= pivot.date).then_some(target);
        self.take_on(pivot.series, &Replan { carried, chosen, ..moved }, days_off)?;
        if is_movable && let Some(session) = self.after.sessions.get_mut(&in_hand.key) {
            session.starts = starts;
            self.left_alone.retain(|left_alone| left_alone.session != in_hand.key);
        }
        Ok(())
    }

    /// Gives a series another pattern, as it was asked for.
    pub(super) fn replan(&mut self, key: SeriesKey, pattern: Pattern, days_off: DaysOff<'_>) -> Result<(), EditProblem> {
        let series = self.after.series(key).ok_or(EditProblem::NoSuchSeries)?;
        let planned = series.horizon.or_else(|| self.after.sessions_of(key).last().and_then(|last| last.slot));
        let horizon = pattern.ending().is_none().then(|| planned.unwrap_or(NaiveDate::MIN).max(pattern.start().date()));
        self.take_on(key, &Replan { pattern, horizon, carried: 0, chosen: None }, days_off)
    }

    fn take_on(&mut self, key: SeriesKey, replan: &Replan, days_off: DaysOff<'_>) -> Result<(), EditProblem> {
        let before = self.after.series(key).ok_or(EditProblem::NoSuchSeries)?.clone();
        let walked = replan.walk(&before, days_off)?;
        let after = Series { pattern: replan.pattern, horizon: replan.horizon, skips: walked.skipped.clone(), ..before.clone() };
        let sessions: Vec<(SessionKey, NaiveDate)> =
            self.after.sessions_of(key).iter().filter_map(|session| Some((session.key, session.slot?))).collect();
        let expected: Vec<NaiveDate> = sessions.iter().map(|(_, slot)| days_later(*slot, replan.carried).unwrap_or(*slot)).collect();
        let taken = matched(&expected, &walked.held);
        for ((session, slot), new_slot) in sessions.into_iter().zip(&taken) {
            match *new_slot {
                Some(new_slot) => self.carry(session, before.starts_on(slot), new_slot, after.starts_on(new_slot)),
                None => self.leave_without_a_date(session),
            }
        }
        let taken: BTreeSet<NaiveDate> = taken.into_iter().flatten().collect();
        for slot in walked.held.into_iter().filter(|slot| !taken.contains(slot)) {
            self.add_session(&after, slot)?;
        }
        self.after.series.insert(key, after);
        self.skipped.extend(walked.skipped);
        Ok(())
    }

    /// A session that stood on its slot goes where the slot goes; one that was moved on its own, or is settled, stays.
    fn carry(&mut self, key: SessionKey, stood: NaiveDateTime, slot: NaiveDate, stands: NaiveDateTime) {
        let Some(session) = self.after.sessions.get_mut(&key) else { return };
        session.slot = Some(slot);
        let why = if session.is_settled(self.now) {
            WhyLeftAlone::Settled
        } else if session.starts == stood {
            session.starts = stands;
            return;
        } else {
            WhyLeftAlone::OwnChoice
        };
        self.left_alone.push(LeftAlone { session: key, why });
    }

    fn leave_without_a_date(&mut self, key: SessionKey) {
        let Some(session) = self.after.sessions.get_mut(&key) else { return };
        session.slot = None;
        if session.is_settled(self.now) {
            self.left_alone.push(LeftAlone { session: key, why: WhyLeftAlone::Settled });
        } else if session.cancelled.is_none() {
            session.cancelled = Some(NO_DATE.to_owned());
        }
    }

    /// A new session on a slot of a series.
    pub(super) fn add_session(&mut self, series: &Series, slot: NaiveDate) -> Result<(), EditProblem> {
        let key = SessionKey(self.fresh_key());
        let session = Session {
            key,
            series: series.key,
            slot: Some(slot),
            starts: series.starts_on(slot),
            details: series.details.clone(),
            cancelled: None,
            is_attended: false,
        };
        match self.after.sessions.insert(key, session) {
            None => Ok(()),
            Some(_) => Err(EditProblem::IdentityTaken),
        }
    }
}

impl Replan {
    /// Dates that were skipped before keep the reason that was shown; the others are asked for anew.
    fn walk(&self, before: &Series, days_off: DaysOff<'_>) -> Result<Walked, EditProblem> {
        let (mut shown, mut today) = (stored_reasons(&before.skips), days_off.reasons());
        let walked = walk(&self.pattern, self.horizon, |date| {
            if self.chosen == Some(date) {
                return None;
            }
            shown(date).or_else(|| today(date))
        });
        match walked.held.len() {
            0 => Err(EditProblem::NoDates),
            sessions if sessions > MOST_SESSIONS => Err(EditProblem::TooManySessions),
            _ => Ok(walked),
        }
    }
}

/// The pattern of a series from its pivot on, moved as a slot is moved to its target, with as many dates as before.
fn moved_pattern(
    series: &Series,
    pivot: Pivot,
    (slot, target): (NaiveDate, NaiveDate),
    starts: NaiveDateTime,
) -> Result<Replan, EditProblem> {
    let (start_date, rhythm) = match series.pattern.rhythm() {
        rhythm @ Rhythm::Weekly { .. } => (days_later(pivot.date, (target - slot).num_days()), rhythm),
        Rhythm::Monthly { every, place } => {
            let place = moved_place(place, target);
            (
                month_later(pivot.date, slot, target).and_then(|month| place.date_in_month_of(month, target.weekday())),
                Rhythm::Monthly { every, place },
            )
        }
    };
    let start = start_date.ok_or(EditProblem::StartOutOfRange)?.and_time(starts.time());
    let endless = Pattern::new(start, rhythm, None).map_err(refused)?;
    let last = || {
        let dates = dates_until(&series.pattern, series.horizon).filter(|date| *date >= pivot.date).count();
        endless.dates().nth(dates.saturating_sub(1)).ok_or(EditProblem::StartOutOfRange)
    };
    let (ending, horizon) = match series.pattern.ending() {
        Some(Ending::Times(times)) => (Some(Ending::Times(times)), None),
        Some(Ending::Until(_)) => (Some(Ending::Until(last()?)), None),
        None => (None, Some(last()?.max(series.horizon.unwrap_or(NaiveDate::MIN)))),
    };
    Ok(Replan { pattern: endless.ending_with(ending), horizon, carried: 0, chosen: None })
}

/// "The last Thursday" stays the last where it can; a fifth that most months lack becomes the last.
fn moved_place(place: PlaceInMonth, target: NaiveDate) -> PlaceInMonth {
    match (place, PlaceInMonth::of(target)) {
        (PlaceInMonth::Last, _) if PlaceInMonth::is_last(target) => PlaceInMonth::Last,
        (PlaceInMonth::Fifth, PlaceInMonth::Fifth) => PlaceInMonth::Fifth,
        (_, PlaceInMonth::Fifth) => PlaceInMonth::Last,
        (_, place) => place,
    }
}

/// A date in the month that lies as far from the pivot's as the target's from the slot's.
fn month_later(pivot: NaiveDate, slot: NaiveDate, target: NaiveDate) -> Option<NaiveDate> {
    let month_of = |date: NaiveDate| i64::from(date.year()) * 12 + i64::from(date.month0());
    let months = month_of(target) - month_of(slot);
    let by = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
    let first = pivot.with_day(1)?;
    if months < 0 { first.checked_sub_months(by) } else { first.checked_add_months(by) }
}

fn days_later(date: NaiveDate, days: i64) -> Option<NaiveDate> {
    let by = Days::new(days.unsigned_abs());
    if days < 0 { date.checked_sub_days(by) } else { date.checked_add_days(by) }
}

fn refused(_: PatternProblem) -> EditProblem {
    EditProblem::StartOutOfRange
}
