//! A pattern as columns of the table, and back.

use ::series::{Ending, Pattern};
use chrono::{NaiveDate, NaiveDateTime};

use crate::database::unavailable;
use crate::error::AppError;
use crate::groups::Rhythm;
use crate::groups::store::RhythmRow;

/// What a series repeats, for how long, and until when.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PatternRow {
    #[sqlx(flatten)]
    /// How often, when and for how long.
    pub rhythm: RhythmRow,
    /// The last date, where it ends on one.
    pub until_on: Option<NaiveDate>,
    /// How many sessions are held, where it ends after a number.
    pub times: Option<i64>,
}

impl PatternRow {
    /// The columns of a pattern.
    pub fn of(pattern: &Pattern, length_minutes: u32) -> Self {
        let (until_on, times) = match pattern.ending() {
            Some(Ending::Until(last)) => (Some(last), None),
            Some(Ending::Times(times)) => (None, Some(i64::from(times))),
            None => (None, None),
        };
        Self { rhythm: RhythmRow::of(&rhythm_of(pattern, length_minutes)), until_on, times }
    }

    /// The pattern. What is stored was one once; what no longer is was changed underneath.
    pub fn pattern(&self) -> Result<Pattern, AppError> {
        let Rhythm { starts_on, starts_time, repeats, .. } = self.rhythm.rhythm()?;
        let times = self.times.and_then(|times| u32::try_from(times).ok()).map(Ending::Times);
        let ending = self.until_on.map(Ending::Until).or(times);
        Pattern::new(NaiveDateTime::new(starts_on, starts_time), repeats, ending).map_err(|_| unavailable("a stored series has no pattern"))
    }

    /// How long a session lasts.
    pub fn length_minutes(&self) -> Result<u32, AppError> {
        u32::try_from(self.rhythm.length_minutes).map_err(|_| unavailable("a stored series has no length"))
    }
}

/// How a pattern is said.
pub fn rhythm_of(pattern: &Pattern, length_minutes: u32) -> Rhythm {
    Rhythm {
        starts_on: pattern.start().date(),
        starts_time: pattern.start().time(),
        length_minutes: i64::from(length_minutes),
        repeats: pattern.rhythm(),
    }
}
