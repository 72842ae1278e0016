//! What the forms about availability and conflicts send, and what is valid of it.

mod hours;

mod away;

mod limits;

mod conflicts;

use serde::{Deserialize, Serialize};

use crate::error::AppError;

pub use away::{DateForm, LeaveForm, NewLeave};
pub use conflicts::{ConflictFilter, KeepForm, RulesForm};
pub use hours::{HoursForm, NewHours, WeekForm};
pub use limits::{LimitsForm, QualificationsForm};

#[cfg(feature = "ssr")]
pub use away::{NONE, OTHER};
#[cfg(feature = "ssr")]
pub use conflicts::{Keep, RuleChange};
#[cfg(feature = "ssr")]
pub use hours::{PaintedWeek, YES};
#[cfg(feature = "ssr")]
pub use limits::{Qualifications, hours_of_minutes};

/// Whose availability a page is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AvailabilityAddress {
    /// The person's code; empty for one's own.
    pub person: String,
    /// The kind of supervision for which the free times are shown, or empty.
    pub kind: String,
}

/// Taking back a line of hours or of leave.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LineForm {
    /// The person's code; empty for one's own.
    pub person: String,
    /// Which line.
    pub line: String,
}

impl LineForm {
    /// The line; one that cannot be read is none that is there.
    pub fn line(&self) -> Result<uuid::Uuid, AppError> {
        self.line.parse().map_err(|_| AppError::NotFound)
    }
}

#[cfg(test)]
mod fixture {
    //! What the tests of every form ask.

    use super::*;

    /// The fields of which a form says that something is wrong.
    pub fn fields<T: std::fmt::Debug>(checked: Result<T, AppError>) -> Vec<String> {
        let Err(AppError::Invalid(problems)) = checked else { panic!("{checked:?}") };
        problems.into_iter().map(|problem| problem.field).collect()
    }
}
