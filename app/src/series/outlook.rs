//! What a rule gives with the days off that are known: worked out in the same way where it is saved and where it is still being asked.

use ::series::{Closure, DaysOff, Leave, Preview, Rule, preview_pattern};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// How far ahead the sessions of a series without an end are planned: half a year.
pub const PLANNED_AHEAD: Days = Days::new(26 * 7);

/// Days on which no session of a supervisor's series is held, beside the bank holidays that the engine knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnDaysOff {
    /// When the Centre is closed.
    pub closures: Vec<Closure>,
    /// When the supervisor is away.
    pub leave: Vec<Leave>,
}

impl OwnDaysOff {
    /// The same for the engine.
    pub fn get(&self) -> DaysOff<'_> {
        DaysOff { closures: &self.closures, leave: &self.leave }
    }
}

/// How far a series without an end is planned at first; nothing where it has one.
pub fn horizon_of(rule: &Rule) -> Option<NaiveDate> {
    rule.pattern().ending().is_none().then(|| rule.start().date() + PLANNED_AHEAD)
}

/// The sessions of a rule and the dates that it skips, as far as it is planned at first.
pub fn outlook(rule: &Rule, days_off: &OwnDaysOff) -> Preview {
    preview_pattern(&rule.pattern(), rule.length_minutes(), days_off.get(), horizon_of(rule))
}
