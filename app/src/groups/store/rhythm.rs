//! The columns in which a series keeps what it repeats.

use ::series::{PlaceInMonth, Rhythm as Repeats};
use chrono::{NaiveDate, NaiveTime};

use crate::database::unavailable;
use crate::error::AppError;
use crate::groups::Rhythm;

/// A rhythm as it is stored: every so many weeks, or every so many months on a weekday of the month.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct RhythmRow {
    /// The first date.
    pub starts_on: NaiveDate,
    /// When a session begins, on the clocks of the United Kingdom.
    pub starts_time: NaiveTime,
    /// How long it lasts.
    pub length_minutes: i64,
    /// Weeks from one session to the next.
    pub every_weeks: Option<i64>,
    /// Months from one session to the next.
    pub every_months: Option<i64>,
    /// Which of the same weekdays of the month.
    pub month_place: Option<String>,
}

impl RhythmRow {
    /// The columns of a rhythm.
    pub fn of(rhythm: &Rhythm) -> Self {
        let (every_weeks, every_months, month_place) = match rhythm.repeats {
            Repeats::Weekly { every } => (Some(i64::from(every)), None, None),
            Repeats::Monthly { every, place } => (None, Some(i64::from(every)), Some(place.word().to_owned())),
        };
        let Rhythm { starts_on, starts_time, length_minutes, .. } = *rhythm;
        Self { starts_on, starts_time, length_minutes, every_weeks, every_months, month_place }
    }

    /// The rhythm. What the table's own checks let through is one.
    pub fn rhythm(&self) -> Result<Rhythm, AppError> {
        let repeats = self.repeats().ok_or_else(|| unavailable("a stored series has no rhythm"))?;
        Ok(Rhythm { starts_on: self.starts_on, starts_time: self.starts_time, length_minutes: self.length_minutes, repeats })
    }

    fn repeats(&self) -> Option<Repeats> {
        match (self.every_weeks, self.every_months) {
            (Some(weeks), None) => Some(Repeats::Weekly { every: u32::try_from(weeks).ok()? }),
            (None, Some(months)) => {
                let place = PlaceInMonth::of_word(self.month_place.as_deref()?)?;
                Some(Repeats::Monthly { every: u32::try_from(months).ok()?, place })
            }
            _ => None,
        }
    }
}
