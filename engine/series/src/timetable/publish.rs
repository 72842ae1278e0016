//! The first sessions of a series, and those that follow as the horizon moves on.

use chrono::NaiveDate;

use super::edit::{Circumstances, check_start};
use super::outcome::{EditProblem, Outcome};
use super::replan::MOST_SESSIONS;
use super::rows::{Details, Series, SeriesKey, Timetable};
use super::work::Work;
use crate::expand::{Skip, walk};
use crate::pattern::Pattern;
use crate::uk_time::instant;

/// A series that is to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    pub pattern: Pattern,
    pub details: Details,
    /// How far a pattern without an ending is planned at first.
    pub horizon: NaiveDate,
}

/// A series without an ending that is planned further.
#[derive(Debug, Clone, Copy)]
pub struct Extension<'a> {
    pub series: SeriesKey,
    /// The last date that is to be planned.
    pub horizon: NaiveDate,
    /// Dates that are left out for what the caller alone knows of them, each with its reason.
    pub left_out: &'a [Skip],
}

/// Nothing can be held on a date that was planned too late.
const PASSED: &str = "It had passed before it was planned";

impl Timetable {
    /// A new series with its sessions. Its identity is the first that `fresh` makes.
    pub fn publish(
        &self,
        publication: Publication,
        circumstances: Circumstances<'_>,
        fresh: impl FnMut() -> u128,
    ) -> Result<Outcome, EditProblem> {
        let Publication { pattern, details, horizon } = publication;
        check_start(pattern.start(), circumstances.now)?;
        let horizon = pattern.ending().is_none().then(|| horizon.max(pattern.start().date()));
        let walked = walk(&pattern, horizon, circumstances.days_off.reasons());
        if walked.held.is_empty() {
            return Err(EditProblem::NoDates);
        }
        let mut work = Work::on(self, circumstances.now, fresh);
        let key = SeriesKey(work.fresh_key());
        let series = Series { key, pattern, details, skips: Vec::new(), horizon };
        if work.after.series.insert(key, series).is_some() {
            return Err(EditProblem::IdentityTaken);
        }
        work.plan(key, &walked.held, walked.skipped)?;
        Ok(work.outcome(self))
    }

    /// Plans a series without an ending up to a later date. One that ends, or has been planned as far, stays as it is.
    pub fn extend(
        &self,
        extension: Extension<'_>,
        circumstances: Circumstances<'_>,
        fresh: impl FnMut() -> u128,
    ) -> Result<Outcome, EditProblem> {
        let Extension { series: key, horizon, left_out } = extension;
        let series = self.series(key).ok_or(EditProblem::NoSuchSeries)?;
        let planned = series.horizon.unwrap_or(NaiveDate::MIN);
        let mut work = Work::on(self, circumstances.now, fresh);
        if series.pattern.ending().is_none() && planned < horizon {
            let mut reasons = circumstances.days_off.reasons();
            let named = |date: NaiveDate| left_out.iter().find(|skip| skip.date == date).map(|skip| skip.reason.clone());
            let has_passed = |date: &NaiveDate| instant(series.pattern.slot_on(*date)) <= circumstances.now;
            let walked = walk(&series.pattern, Some(horizon), |date| match date {
                planned_before if planned_before <= planned => Some(String::new()),
                passed if has_passed(&passed) => Some(PASSED.to_owned()),
                to_come => reasons(to_come).or_else(|| named(to_come)),
            });
            let skipped: Vec<Skip> = walked.skipped.into_iter().filter(|skip| skip.date > planned).collect();
            if let Some(series) = work.after.series.get_mut(&key) {
                series.horizon = Some(horizon);
            }
            work.plan(key, &walked.held, skipped)?;
        }
        Ok(work.outcome(self))
    }
}

impl<Fresh: FnMut() -> u128> Work<Fresh> {
    fn plan(&mut self, key: SeriesKey, slots: &[NaiveDate], skipped: Vec<Skip>) -> Result<(), EditProblem> {
        if slots.len() > MOST_SESSIONS {
            return Err(EditProblem::TooManySessions);
        }
        let Some(series) = self.after.series.get_mut(&key) else { return Err(EditProblem::NoSuchSeries) };
        series.skips.extend(skipped.iter().cloned());
        let series = series.clone();
        for slot in slots {
            self.add_session(&series, *slot)?;
        }
        self.skipped.extend(skipped);
        Ok(())
    }
}
