//! What a series repeats as columns of its table, and back.

use ::series::{Ending, Pattern, PlaceInMonth, Rhythm};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::database::unavailable;
use crate::error::AppError;

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
    /// The columns of a rhythm that begins then.
    pub fn of(starts: NaiveDateTime, length_minutes: i64, repeats: Rhythm) -> Self {
        let (every_weeks, every_months, month_place) = match repeats {
            Rhythm::Weekly { every } => (Some(i64::from(every)), None, None),
            Rhythm::Monthly { every, place } => (None, Some(i64::from(every)), Some(place.word().to_owned())),
        };
        Self { starts_on: starts.date(), starts_time: starts.time(), length_minutes, every_weeks, every_months, month_place }
    }

    /// How far apart the dates are. What the table's own checks let through is a rhythm.
    pub fn repeats(&self) -> Result<Rhythm, AppError> {
        let repeats = match (self.every_weeks, self.every_months) {
            (Some(weeks), None) => u32::try_from(weeks).ok().map(|every| Rhythm::Weekly { every }),
            (None, Some(months)) => {
                let place = self.month_place.as_deref().and_then(PlaceInMonth::of_word);
                u32::try_from(months).ok().zip(place).map(|(every, place)| Rhythm::Monthly { every, place })
            }
            _ => None,
        };
        repeats.ok_or_else(|| unavailable("a stored series has no rhythm"))
    }
}

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
        Self { rhythm: RhythmRow::of(pattern.start(), i64::from(length_minutes), pattern.rhythm()), until_on, times }
    }

    /// The pattern. What is stored was one once; what no longer is was changed underneath.
    pub fn pattern(&self) -> Result<Pattern, AppError> {
        let starts = NaiveDateTime::new(self.rhythm.starts_on, self.rhythm.starts_time);
        let times = self.times.and_then(|times| u32::try_from(times).ok()).map(Ending::Times);
        let ending = self.until_on.map(Ending::Until).or(times);
        Pattern::new(starts, self.rhythm.repeats()?, ending).map_err(|_| unavailable("a stored series has no pattern"))
    }

    /// How long a session lasts.
    pub fn length_minutes(&self) -> Result<u32, AppError> {
        u32::try_from(self.rhythm.length_minutes).map_err(|_| unavailable("a stored series has no length"))
    }
}
