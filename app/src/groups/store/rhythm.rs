//! The rhythm of a stored series, as people say it.

use crate::diaries::RhythmRow;
use crate::error::AppError;
use crate::groups::Rhythm;

impl RhythmRow {
    /// The rhythm in words.
    pub fn rhythm(&self) -> Result<Rhythm, AppError> {
        let Self { starts_on, starts_time, length_minutes, .. } = *self;
        Ok(Rhythm { starts_on, starts_time, length_minutes, repeats: self.repeats()? })
    }
}
