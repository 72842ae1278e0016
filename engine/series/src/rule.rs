//! What a series repeats, and what is wrong with a rule that cannot be used.

use std::ops::RangeInclusive;

use chrono::{Datelike, Months, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::pattern::{Pattern, PlaceInMonth, Rhythm};
use crate::uk_time::{date_in_words, local_time_exists};

/// A series as it is planned with a form: a pattern at a local time of the United Kingdom, and the length of its sessions.
///
/// Only [`Rule::new`] makes one, so whoever holds a `Rule` knows that its first session exists on the clock and that it spans five years at
/// most, or was asked for without an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    pattern: Pattern,
    length_minutes: u32,
}

/// When a series ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ending {
    /// On this date at the latest; a session on the date itself is held. A skipped date is lost.
    Until(NaiveDate),
    /// After this many sessions that are held, 1 to 520. A skipped date makes the series longer.
    Times(u32),
}

/// What somebody chose for the end of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ends {
    /// On a date, or after a number of sessions.
    With(Ending),
    /// Not before somebody ends it.
    Open,
}

impl From<Ending> for Ends {
    fn from(ending: Ending) -> Self {
        Self::With(ending)
    }
}

/// What the dates of a series have in common, but for the number of weeks or months between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Repeats {
    /// So many weeks apart.
    Weeks,
    /// So many months apart, on the weekday and the place in the month of the first: "the second Tuesday".
    MonthsByPlace,
    /// So many months apart, on the last weekday of the month that is the first date's.
    MonthsByLast,
}

/// What was asked for, not yet checked: a form or a stored row puts its values here and calls [`Rule::new`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleInput {
    /// The date of the first session; it also fixes the weekday.
    pub start_date: NaiveDate,
    /// The time of the first session on the clocks of the United Kingdom, in whole minutes.
    pub start_time: NaiveTime,
    /// Elapsed minutes, 1 to 480.
    pub length_minutes: i64,
    pub repeats: Repeats,
    /// Weeks from one session to the next, 1 to 52 (1 is weekly, 2 is fortnightly), or months, 1 to 12.
    pub every: i64,
    /// `None` says that no ending was chosen, which is a problem of its own.
    pub ends: Option<Ends>,
}

/// Why a rule cannot be used. Its `Display` is a sentence for the person, and says what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum RuleProblem {
    #[error("Choose a start date between 1 January 2000 and 31 December 2089.")]
    StartDateOutOfRange,
    #[error("Choose a start time in whole minutes, such as 10:00.")]
    StartTimeNotInMinutes,
    /// The first session would be in the hour that the clocks leave out.
    #[error(
        "Choose a start time before 01:00 or from 02:00: on {} the clocks go forward and {} does not happen.",
        date_in_words(start.date()),
        start.format("%H:%M")
    )]
    StartDoesNotExist { start: NaiveDateTime },
    #[error("Choose a length of at least 1 minute.")]
    LengthTooShort,
    #[error("Choose a length of at most 8 hours (480 minutes).")]
    LengthTooLong,
    #[error("Choose how many weeks lie between sessions: a number from 1 (weekly) to 52 (yearly).")]
    EveryWeeksOutOfRange,
    #[error("Choose how many months lie between sessions: a number from 1 (monthly) to 12 (yearly).")]
    EveryMonthsOutOfRange,
    #[error("Choose the last {} of a month as the start date: after {} there is another in the same month.", start_date.format("%A"), date_in_words(*start_date))]
    StartNotLast { start_date: NaiveDate },
    #[error("Choose when the series ends: on a date, after a number of sessions, or when somebody ends it.")]
    NoEnding,
    #[error("Choose an end date on or after the first session, {}.", date_in_words(*start_date))]
    UntilBeforeStart { start_date: NaiveDate },
    #[error("Choose a number of sessions from 1 to 520.")]
    TimesOutOfRange,
    #[error("End the series on or before {}: a series runs for five years at most.", date_in_words(*latest))]
    SpanTooLong { latest: NaiveDate },
}

/// The part of a rule that a problem is about, so that a form can show the sentence beside the right field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RulePart {
    StartDate,
    StartTime,
    Length,
    /// How many weeks or months lie between.
    Every,
    Ending,
}

impl Rule {
    /// Checks what was asked for.
    ///
    /// # Errors
    ///
    /// Every problem that stands, at most one for each [`RulePart`], in the order of the form.
    pub fn new(input: RuleInput) -> Result<Self, Vec<RuleProblem>> {
        let start_date = check_start_date(&input);
        let start_time = check_start_time(&input);
        let length = check_length(&input);
        let every = check_every(&input);
        let ends = check_ends(&input, start_date.ok(), every.ok());
        match (start_date, start_time, length, every, ends) {
            (Ok(start_date), Ok(start_time), Ok(length_minutes), Ok(every), Ok(ends)) => {
                let ending = match ends {
                    Ends::With(ending) => Some(ending),
                    Ends::Open => None,
                };
                // What was checked above is more than a pattern asks for, but for the last weekday of a month.
                Pattern::new(start_date.and_time(start_time), input.rhythm(start_date, every), ending)
                    .map(|pattern| Self { pattern, length_minutes })
                    .map_err(|_| vec![RuleProblem::StartNotLast { start_date }])
            }
            (start_date, start_time, length, every, ends) => {
                Err([start_date.err(), start_time.err(), length.err(), every.err(), ends.err()].into_iter().flatten().collect())
            }
        }
    }

    /// Date and local time of the first session that the rule asks for. It may itself be skipped.
    pub fn start(&self) -> NaiveDateTime {
        self.pattern.start()
    }

    /// How long each session lasts, in elapsed minutes.
    pub fn length_minutes(&self) -> u32 {
        self.length_minutes
    }

    /// What it repeats, without the length.
    pub fn pattern(&self) -> Pattern {
        self.pattern
    }
}

impl RuleInput {
    fn rhythm(&self, start_date: NaiveDate, every: u32) -> Rhythm {
        match self.repeats {
            Repeats::Weeks => Rhythm::Weekly { every },
            Repeats::MonthsByPlace => Rhythm::Monthly { every, place: PlaceInMonth::of(start_date) },
            Repeats::MonthsByLast => Rhythm::Monthly { every, place: PlaceInMonth::Last },
        }
    }
}

impl RuleProblem {
    /// The part of the rule that has to change.
    pub fn part(&self) -> RulePart {
        match self {
            Self::StartDateOutOfRange | Self::StartNotLast { .. } => RulePart::StartDate,
            Self::StartTimeNotInMinutes | Self::StartDoesNotExist { .. } => RulePart::StartTime,
            Self::LengthTooShort | Self::LengthTooLong => RulePart::Length,
            Self::EveryWeeksOutOfRange | Self::EveryMonthsOutOfRange => RulePart::Every,
            Self::NoEnding | Self::UntilBeforeStart { .. } | Self::TimesOutOfRange | Self::SpanTooLong { .. } => RulePart::Ending,
        }
    }
}

const LONGEST_MINUTES: u32 = 8 * 60;
const EVERY_WEEKS: RangeInclusive<u32> = 1..=52;
const EVERY_MONTHS: RangeInclusive<u32> = 1..=12;
const TIMES: RangeInclusive<u32> = 1..=520;
const LONGEST_YEARS: u32 = 5;
/// The zone data end with the year 2099, and skips may make a series of five years as long again.
const START_YEARS: RangeInclusive<i32> = 2000..=2089;

fn check_start_date(input: &RuleInput) -> Result<NaiveDate, RuleProblem> {
    if !START_YEARS.contains(&input.start_date.year()) {
        return Err(RuleProblem::StartDateOutOfRange);
    }
    Ok(input.start_date)
}

fn check_start_time(input: &RuleInput) -> Result<NaiveTime, RuleProblem> {
    if input.start_time.second() != 0 || input.start_time.nanosecond() != 0 {
        return Err(RuleProblem::StartTimeNotInMinutes);
    }
    let start = input.start_date.and_time(input.start_time);
    if !local_time_exists(start) {
        return Err(RuleProblem::StartDoesNotExist { start });
    }
    Ok(input.start_time)
}

fn check_length(input: &RuleInput) -> Result<u32, RuleProblem> {
    if input.length_minutes < 1 {
        return Err(RuleProblem::LengthTooShort);
    }
    u32::try_from(input.length_minutes).ok().filter(|minutes| *minutes <= LONGEST_MINUTES).ok_or(RuleProblem::LengthTooLong)
}

fn check_every(input: &RuleInput) -> Result<u32, RuleProblem> {
    let (range, problem) = match input.repeats {
        Repeats::Weeks => (EVERY_WEEKS, RuleProblem::EveryWeeksOutOfRange),
        Repeats::MonthsByPlace | Repeats::MonthsByLast => (EVERY_MONTHS, RuleProblem::EveryMonthsOutOfRange),
    };
    u32::try_from(input.every).ok().filter(|every| range.contains(every)).ok_or(problem)
}

/// `start_date` and `every` are `None` where they have a problem of their own; how far the series reaches is then not known.
fn check_ends(input: &RuleInput, start_date: Option<NaiveDate>, every: Option<u32>) -> Result<Ends, RuleProblem> {
    let ends = input.ends.ok_or(RuleProblem::NoEnding)?;
    let Ends::With(ending) = ends else {
        return Ok(ends);
    };
    if matches!(ending, Ending::Times(times) if !TIMES.contains(&times)) {
        return Err(RuleProblem::TimesOutOfRange);
    }
    let Some(start_date) = start_date else {
        return Ok(ends);
    };
    let last = match ending {
        Ending::Until(until) if until < start_date => {
            return Err(RuleProblem::UntilBeforeStart { start_date });
        }
        Ending::Until(until) => Some(until),
        Ending::Times(times) => every.and_then(|every| date_of(input.rhythm(start_date, every), start_date, times)),
    };
    let latest = years_after(start_date, LONGEST_YEARS);
    if last.is_some_and(|last| last > latest) {
        return Err(RuleProblem::SpanTooLong { latest });
    }
    Ok(ends)
}

/// The date of a session of a rhythm, counted from one, if nothing is skipped; `None` past what a pattern reaches.
fn date_of(rhythm: Rhythm, start_date: NaiveDate, session: u32) -> Option<NaiveDate> {
    let endless = Pattern::new(start_date.and_time(NaiveTime::MIN), rhythm, None).ok()?;
    let steps = usize::try_from(session.saturating_sub(1)).ok()?;
    Some(endless.dates().nth(steps).unwrap_or(NaiveDate::MAX))
}

fn years_after(date: NaiveDate, years: u32) -> NaiveDate {
    date.checked_add_months(Months::new(years * 12)).unwrap_or(NaiveDate::MAX)
}
