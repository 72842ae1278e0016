//! What a series steps over: the Centre's closures, and the leave of whoever leads it.

use ::series::{Closure, DaysOff, Leave};
use chrono::NaiveDate;

use crate::availability::store::leave_from;
use crate::database::{Database, on};
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
    const CLOSURES: &str = "\
SELECT starts_on, ends_on, reason
FROM closure
WHERE ends_on >= $1
ORDER BY starts_on, id";

    let mut moment = database.snapshot().await?;
    let rows: Vec<(NaiveDate, NaiveDate, String)> =
        on!(&mut moment, connection => sqlx::query_as(CLOSURES).bind(date).fetch_all(connection).await)?;
    let closures = rows.into_iter().map(|(first, last, name)| Closure { first, last, name }).collect();
    Ok(OwnDaysOff { closures, leave: leave_from(&mut moment, supervisor, date).await? })
}
