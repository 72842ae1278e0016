//! What a series repeats: from a start on the clock, every n weeks or on a weekday of the month, until it ends or without an end.

use std::fmt;
use std::ops::RangeInclusive;

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, Timelike, Weekday};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::rule::Ending;
use crate::uk_time::date_in_words;

/// The dates of a series and their time on the clock, before anything is skipped.
///
/// The weekday is that of the start. Only [`Pattern::new`] makes one, so whoever holds a `Pattern` knows that its start is a date of
/// its rhythm and that it does not end before it starts. It knows no zone: the same pattern stands for London and for Sydney.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked", into = "Unchecked")]
pub struct Pattern {
    start: NaiveDateTime,
    rhythm: Rhythm,
    ending: Option<Ending>,
}

/// How far apart the dates of a series are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rhythm {
    /// 1 is weekly, 2 is fortnightly, at most 52.
    Weekly { every: u32 },
    /// On the weekday of the start: "the second Tuesday of every month". At most 12 months lie between.
    Monthly { every: u32, place: PlaceInMonth },
}

/// Which of the same weekdays of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlaceInMonth {
    First,
    Second,
    Third,
    Fourth,
    /// Only months that have a fifth have a date then.
    Fifth,
    Last,
}

/// Why a pattern cannot be used. Its `Display` is a sentence for the person, and says what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PatternProblem {
    #[error("Choose a start date between 1 January 1970 and 31 December 2099.")]
    StartOutOfRange,
    #[error("Choose a start time in whole minutes, such as 10:00.")]
    StartNotInMinutes,
    #[error("Choose how many weeks lie between sessions: a number from 1 (weekly) to 52 (yearly).")]
    EveryWeeksOutOfRange,
    #[error("Choose how many months lie between sessions: a number from 1 (monthly) to 12 (yearly).")]
    EveryMonthsOutOfRange,
    #[error("Choose a start date that is the {place} {} of its month: {} is not.", start_date.format("%A"), date_in_words(*start_date))]
    StartNotOnRhythm { place: PlaceInMonth, start_date: NaiveDate },
    #[error("Choose an end date on or after the first session, {}.", date_in_words(*start_date))]
    UntilBeforeStart { start_date: NaiveDate },
    #[error("Choose a number of sessions from 1 to 5,000.")]
    TimesOutOfRange,
}

impl Pattern {
    /// Checks what was asked for; without an ending it runs until somebody ends it.
    pub fn new(start: NaiveDateTime, rhythm: Rhythm, ending: Option<Ending>) -> Result<Self, PatternProblem> {
        let start_date = start.date();
        if !START_YEARS.contains(&start_date.year()) {
            return Err(PatternProblem::StartOutOfRange);
        }
        if start.second() != 0 || start.nanosecond() != 0 {
            return Err(PatternProblem::StartNotInMinutes);
        }
        match rhythm {
            Rhythm::Weekly { every } if !EVERY_WEEKS.contains(&every) => return Err(PatternProblem::EveryWeeksOutOfRange),
            Rhythm::Monthly { every, .. } if !EVERY_MONTHS.contains(&every) => return Err(PatternProblem::EveryMonthsOutOfRange),
            Rhythm::Monthly { place, .. } if place.date_in_month_of(start_date, start_date.weekday()) != Some(start_date) => {
                return Err(PatternProblem::StartNotOnRhythm { place, start_date });
            }
            Rhythm::Weekly { .. } | Rhythm::Monthly { .. } => {}
        }
        match ending {
            Some(Ending::Until(until)) if until < start_date => Err(PatternProblem::UntilBeforeStart { start_date }),
            Some(Ending::Times(times)) if !TIMES.contains(&times) => Err(PatternProblem::TimesOutOfRange),
            _ => Ok(Self { start, rhythm, ending }),
        }
    }

    /// Date and time on the clock of the first session that is asked for. It may itself be skipped.
    pub fn start(&self) -> NaiveDateTime {
        self.start
    }

    /// How far apart the dates are.
    pub fn rhythm(&self) -> Rhythm {
        self.rhythm
    }

    /// `None` where it runs until somebody ends it.
    pub fn ending(&self) -> Option<Ending> {
        self.ending
    }

    /// What the clock shows when the session of a date starts, in a zone that leaves no hour out.
    pub fn slot_on(&self, date: NaiveDate) -> NaiveDateTime {
        date.and_time(self.start.time())
    }

    /// The dates in order, before anything is skipped.
    ///
    /// "Until" ends them at its date, and the end of 2099 ends all of them, because the zone data do. "Times" does not, because only
    /// the caller knows how many are held.
    pub fn dates(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let (start_date, rhythm) = (self.start.date(), self.rhythm);
        let last = match self.ending {
            Some(Ending::Until(until)) => until.min(END_OF_ZONE_DATA),
            Some(Ending::Times(_)) | None => END_OF_ZONE_DATA,
        };
        (0_u32..).map_while(move |step| date_of_step(start_date, rhythm, step)).flatten().take_while(move |date| *date <= last)
    }

    /// The same pattern with another ending, which the caller knows to fit.
    pub(crate) fn ending_with(self, ending: Option<Ending>) -> Self {
        Self { ending, ..self }
    }

    /// The same rhythm, carried on from one of its own dates.
    pub(crate) fn carried_on(self, date: NaiveDate, ending: Option<Ending>) -> Self {
        Self { start: self.slot_on(date), ending, ..self }
    }
}

impl PlaceInMonth {
    /// Every place, in order.
    pub const ALL: [Self; 6] = [Self::First, Self::Second, Self::Third, Self::Fourth, Self::Fifth, Self::Last];

    /// The word for it, in sentences and where it is stored: "first".
    pub const fn word(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
            Self::Third => "third",
            Self::Fourth => "fourth",
            Self::Fifth => "fifth",
            Self::Last => "last",
        }
    }

    /// The place of a word, if there is one.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.word() == word)
    }

    /// The place that a date has among the same weekdays of its month, counted from the first.
    pub fn of(date: NaiveDate) -> Self {
        match date.day0() / 7 {
            0 => Self::First,
            1 => Self::Second,
            2 => Self::Third,
            3 => Self::Fourth,
            _ => Self::Fifth,
        }
    }

    /// Whether a date is the last of its weekday in its month; a fourth can be, and a fifth always is.
    pub fn is_last(date: NaiveDate) -> bool {
        date.checked_add_days(Days::new(7)).is_none_or(|next| next.month() != date.month())
    }

    /// The date of this place in the month of another date, where there is one.
    pub(crate) fn date_in_month_of(self, date: NaiveDate, weekday: Weekday) -> Option<NaiveDate> {
        let nth = |nth| NaiveDate::from_weekday_of_month_opt(date.year(), date.month(), weekday, nth);
        match self {
            Self::First => nth(1),
            Self::Second => nth(2),
            Self::Third => nth(3),
            Self::Fourth => nth(4),
            Self::Fifth => nth(5),
            Self::Last => nth(5).or_else(|| nth(4)),
        }
    }
}

impl fmt::Display for PlaceInMonth {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.word())
    }
}

const START_YEARS: RangeInclusive<i32> = 1970..=2099;
const EVERY_WEEKS: RangeInclusive<u32> = 1..=52;
const EVERY_MONTHS: RangeInclusive<u32> = 1..=12;
const TIMES: RangeInclusive<u32> = 1..=5000;
/// Later dates would be wrong by an hour in summer.
const END_OF_ZONE_DATA: NaiveDate = match NaiveDate::from_ymd_opt(2099, 12, 31) {
    Some(date) => date,
    None => NaiveDate::MAX,
};

/// `None` past the end of the calendar; `Some(None)` in a month that has no fifth.
#[expect(clippy::option_option, reason = "the walk ends at the one and steps over the other")]
fn date_of_step(start_date: NaiveDate, rhythm: Rhythm, step: u32) -> Option<Option<NaiveDate>> {
    match rhythm {
        Rhythm::Weekly { every } => {
            let weeks = u64::from(step) * u64::from(every);
            start_date.checked_add_days(Days::new(weeks * 7)).map(Some)
        }
        Rhythm::Monthly { every, place } => {
            let month = start_date.with_day(1)?.checked_add_months(Months::new(step.checked_mul(every)?))?;
            Some(place.date_in_month_of(month, start_date.weekday()))
        }
    }
}

/// A pattern as it crosses the wire, or comes back from where it was stored.
#[derive(Serialize, Deserialize)]
struct Unchecked {
    start: NaiveDateTime,
    rhythm: Rhythm,
    ending: Option<Ending>,
}

impl TryFrom<Unchecked> for Pattern {
    type Error = PatternProblem;

    fn try_from(unchecked: Unchecked) -> Result<Self, PatternProblem> {
        Self::new(unchecked.start, unchecked.rhythm, unchecked.ending)
    }
}

impl From<Pattern> for Unchecked {
    fn from(pattern: Pattern) -> Self {
        Self { start: pattern.start, rhythm: pattern.rhythm, ending: pattern.ending }
    }
}
