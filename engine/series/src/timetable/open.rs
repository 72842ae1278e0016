//! Where an edit of several sessions begins, and the split that it needs there.

use chrono::NaiveDate;

use super::outcome::{EditProblem, LeftAlone, WhyLeftAlone};
use super::rows::{Series, SeriesKey, SessionKey};
use super::work::Work;
use crate::rule::Ending;
use crate::uk_time::instant;

/// The sessions that an edit is about.
pub(super) struct Opened {
    /// Every session from the first slot of the scope on, settled or not.
    pub(super) in_scope: Vec<SessionKey>,
    /// `None` where no slot is still to come; sessions that were moved on their own may be.
    pub(super) pivot: Option<Pivot>,
}

/// The first slot that can change, and the series that begins there, which is the same as before where nothing stays behind.
#[derive(Clone, Copy)]
pub(super) struct Pivot {
    pub(super) date: NaiveDate,
    pub(super) series: SeriesKey,
}

/// Finds the sessions of a scope, and parts those that can change from those that stay behind.
pub(super) fn open<Fresh: FnMut() -> u128>(work: &mut Work<Fresh>, key: SeriesKey, from: NaiveDate) -> Result<Opened, EditProblem> {
    let series = work.after.series(key).ok_or(EditProblem::NoSuchSeries)?.clone();
    let in_scope = work.sessions_from(key, from);
    let unsettled = || in_scope.iter().filter_map(|key| work.after.session(*key)).filter(|session| !session.is_settled(work.now));
    if unsettled().all(|session| session.cancelled.is_some()) {
        return Err(EditProblem::NothingLeft);
    }
    let to_come = |slot: &NaiveDate| instant(series.pattern.slot_on(*slot)) > work.now;
    let Some(date) = unsettled().filter_map(|session| session.slot).find(to_come) else {
        return Ok(Opened { in_scope, pivot: None });
    };
    let is_first = work.after.sessions_of(key).first().is_some_and(|first| first.slot >= Some(date));
    let pivot = Pivot { date, series: if is_first { key } else { split(work, series, date)? } };
    Ok(Opened { in_scope, pivot: Some(pivot) })
}

/// Finds where another pattern begins, and names the sessions of the scope that stay behind.
pub(super) fn open_to_replan<Fresh: FnMut() -> u128>(
    work: &mut Work<Fresh>,
    key: SeriesKey,
    from: NaiveDate,
) -> Result<Pivot, EditProblem> {
    let Opened { in_scope, pivot } = open(work, key, from)?;
    let pivot = pivot.ok_or(EditProblem::NothingLeft)?;
    let sessions = in_scope.iter().filter_map(|key| work.after.session(*key));
    let behind = sessions.filter(|session| session.slot < Some(pivot.date)).map(|session| {
        let why = match &session.cancelled {
            _ if session.is_settled(work.now) => WhyLeftAlone::Settled,
            Some(_) => WhyLeftAlone::Cancelled,
            None => WhyLeftAlone::OwnChoice,
        };
        LeftAlone { session: session.key, why }
    });
    work.left_alone.extend(behind);
    Ok(pivot)
}

/// Ends a series before one of its dates and begins another there, into which the sessions from there on are carried.
fn split<Fresh: FnMut() -> u128>(work: &mut Work<Fresh>, series: Series, date: NaiveDate) -> Result<SeriesKey, EditProblem> {
    let key = SeriesKey(work.fresh_key());
    if work.after.series.contains_key(&key) {
        return Err(EditProblem::IdentityTaken);
    }
    let carried = work.sessions_from(series.key, date);
    let stay = work.after.sessions_of(series.key).len().saturating_sub(carried.len());
    for session in carried {
        if let Some(session) = work.after.sessions.get_mut(&session) {
            session.series = key;
        }
    }
    let ending = match series.pattern.ending() {
        // What was "12 times" is 4 times before and 8 times after.
        Some(Ending::Times(times)) => Some(Ending::Times(times.saturating_sub(u32::try_from(stay).unwrap_or(u32::MAX)))),
        other => other,
    };
    let (skips_before, skips_after) = series.skips.iter().cloned().partition(|skip| skip.date < date);
    let after = Series { key, pattern: series.pattern.carried_on(date, ending), skips: skips_after, ..series.clone() };
    // "Until" and not "times", so that dates that were skipped just before the split still belong to it.
    let last = date.pred_opt().unwrap_or(date);
    let before = Series { pattern: series.pattern.ending_with(Some(Ending::Until(last))), skips: skips_before, horizon: None, ..series };
    work.after.series.insert(before.key, before);
    work.after.series.insert(key, after);
    Ok(key)
}
