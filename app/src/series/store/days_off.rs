//! What a series steps over: the Centre's closures, and the leave of whoever leads it.

use std::collections::HashMap;

use ::series::{Closure, DaysOff, Ending, Leave, Pattern, preview_pattern};
use chrono::{NaiveDate, NaiveDateTime};

use crate::availability::store::{leave_from, leave_of_supervisors};
use crate::closures::store::closures_from;
use crate::database::{Database, Transaction};
use crate::error::AppError;
use crate::groups::Rhythm;
use crate::people::PersonId;
use crate::series::outlook::OwnDaysOff;

/// The closures and the leave that have not ended before a date.
pub async fn days_off_from(database: &Database, supervisor: PersonId, date: NaiveDate) -> Result<OwnDaysOff, AppError> {
    let mut moment = database.snapshot().await?;
    Ok(OwnDaysOff { closures: closures_from(&mut moment, date).await?, leave: leave_from(&mut moment, supervisor, date).await? })
}

/// What the series of many supervisors step over, read at once.
#[derive(Clone, Debug, Default)]
pub struct DaysOffOfAll {
    closures: Vec<Closure>,
    leave: HashMap<PersonId, Vec<Leave>>,
}

/// The closures, and every supervisor's leave, that have not ended before a date.
pub async fn days_off_of_all_from(moment: &mut Transaction, date: NaiveDate) -> Result<DaysOffOfAll, AppError> {
    Ok(DaysOffOfAll { closures: closures_from(moment, date).await?, leave: leave_of_supervisors(moment, date).await? })
}

impl DaysOffOfAll {
    /// When the first session of a series would begin; nothing where none could be held by its last day.
    pub fn first_session(&self, supervisor: PersonId, rhythm: Rhythm, until: NaiveDate) -> Option<NaiveDateTime> {
        let pattern = Pattern::new(rhythm.starts_on.and_time(rhythm.starts_time), rhythm.repeats, Some(Ending::Until(until))).ok()?;
        let leave = self.leave.get(&supervisor).map(Vec::as_slice).unwrap_or_default();
        let length_minutes = u32::try_from(rhythm.length_minutes).ok()?;
        let preview = preview_pattern(&pattern, length_minutes, DaysOff { closures: &self.closures, leave }, None);
        preview.held.first().map(|session| session.local)
    }
}
