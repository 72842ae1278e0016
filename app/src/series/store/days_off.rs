//! What a series steps over: the Centre's closures, and the leave of whoever leads it.

use ::series::{Closure, DaysOff, Leave};
use chrono::NaiveDate;

use crate::availability::store::leave_from;
use crate::closures::store::closures_from;
use crate::database::Database;
use crate::error::AppError;
use crate::people::PersonId;

/// Days on which no session of a supervisor's series is held, beside the bank holidays that the engine knows.
#[derive(Clone, Debug, Default)]
pub struct OwnDaysOff {
    closures: Vec<Closure>,
    leave: Vec<Leave>,
}

impl OwnDaysOff {
    /// The same for the engine.
    pub fn get(&self) -> DaysOff<'_> {
        DaysOff { closures: &self.closures, leave: &self.leave }
    }
}

/// The closures and the leave that have not ended before a date.
pub async fn days_off_from(database: &Database, supervisor: PersonId, date: NaiveDate) -> Result<OwnDaysOff, AppError> {
    let mut moment = database.snapshot().await?;
    Ok(OwnDaysOff { closures: closures_from(&mut moment, date).await?, leave: leave_from(&mut moment, supervisor, date).await? })
}
