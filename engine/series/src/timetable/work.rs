//! An edit that is being made.

use chrono::{DateTime, NaiveDate, Utc};

use super::delta::Delta;
use super::outcome::{LeftAlone, Outcome};
use super::rows::{SeriesKey, SessionKey, Timetable};
use crate::expand::Skip;
use crate::rule::Ending;

/// The timetable as it is to be, and what is to be said of it.
pub(super) struct Work<Fresh> {
    pub(super) after: Timetable,
    pub(super) now: DateTime<Utc>,
    pub(super) left_alone: Vec<LeftAlone>,
    pub(super) skipped: Vec<Skip>,
    fresh: Fresh,
}

impl<Fresh: FnMut() -> u128> Work<Fresh> {
    pub(super) fn on(timetable: &Timetable, now: DateTime<Utc>, fresh: Fresh) -> Self {
        Self { after: timetable.clone(), now, left_alone: Vec::new(), skipped: Vec::new(), fresh }
    }

    pub(super) fn outcome(self, before: &Timetable) -> Outcome {
        Outcome { delta: Delta::between(before, &self.after), left_alone: self.left_alone, skipped: self.skipped }
    }

    pub(super) fn fresh_key(&mut self) -> u128 {
        (self.fresh)()
    }

    /// The sessions of a series from a slot on, in order.
    pub(super) fn sessions_from(&self, series: SeriesKey, from: NaiveDate) -> Vec<SessionKey> {
        let sessions = self.after.sessions_of(series).into_iter();
        sessions.filter(|session| session.slot.is_some_and(|slot| slot >= from)).map(|session| session.key).collect()
    }

    /// A series without an ending ends with the dates that have been planned.
    pub(super) fn end_with_what_is_planned(&mut self, series: SeriesKey) {
        let Some(series) = self.after.series.get_mut(&series) else { return };
        if let (None, Some(horizon)) = (series.pattern.ending(), series.horizon.take()) {
            series.pattern = series.pattern.ending_with(Some(Ending::Until(horizon)));
        }
    }
}
