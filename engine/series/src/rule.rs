//! What a series repeats, and what is wrong with a rule that cannot be used.

use std::ops::RangeInclusive;

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::pattern::Pattern;
use crate::uk_time::{date_in_words, local_time_exists};

/// A series as it is planned with a form: every n weeks from a date, at a local time of the United Kingdom, for a length, until it ends.
///
/// Only [`Rule::new`] makes one, so whoever holds a `Rule` knows that it ends and that its first session exists on the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    start: NaiveDateTime,
    length_minutes: u32,
    every_weeks: u32,
    ending: Ending,
}

/// When a series ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ending {
    /// On this date at the latest; a session on the date itself is held. A skipped date is lost.
    Until(NaiveDate),
    /// After this many sessions that are held, 1 to 520. A skipped date makes the series longer.
    Times(u32),
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
    /// Weeks from one session to the next, 1 to 52: 1 is weekly, 2 is fortnightly.
    pub every_weeks: i64,
    /// `None` says that no ending was chosen, which is a problem of its own.
    pub ending: Option<Ending>,
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
    #[error("Choose when the series ends: on a date, or after a number of sessions.")]
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
    EveryWeeks,
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
        let every_weeks = check_every_weeks(&input);
        let ending = check_ending(&input, start_date.ok(), every_weeks.ok());
        match (start_date, start_time, length, every_weeks, ending) {
            (Ok(start_date), Ok(start_time), Ok(length_minutes), Ok(every_weeks), Ok(ending)) => {
                Ok(Self { start: start_date.and_time(start_time), length_minutes, every_weeks, ending })
            }
            (start_date, start_time, length, every_weeks, ending) => {
                Err([start_date.err(), start_time.err(), length.err(), every_weeks.err(), ending.err()].into_iter().flatten().collect())
            }
        }
    }

    /// Date and local time of the first session that the rule asks for. It may itself be skipped.
    pub fn start(&self) -> NaiveDateTime {
        self.start
    }

    /// How long each session lasts, in elapsed minutes.
    pub fn length_minutes(&self) -> u32 {
        self.length_minutes
    }

    /// How long each session lasts, as elapsed time.
    pub fn length(&self) -> TimeDelta {
        TimeDelta::minutes(i64::from(self.length_minutes))
    }

    /// Weeks from one session to the next, 1 to 52.
    pub fn every_weeks(&self) -> u32 {
        self.every_weeks
    }

    pub fn ending(&self) -> Ending {
        self.ending
    }

    /// What it repeats, without the length.
    pub fn pattern(&self) -> Pattern {
        Pattern::weekly(self.start, self.every_weeks, self.ending)
    }
}

impl RuleProblem {
    /// The part of the rule that has to change.
    pub fn part(&self) -> RulePart {
        match self {
            Self::StartDateOutOfRange => RulePart::StartDate,
            Self::StartTimeNotInMinutes | Self::StartDoesNotExist { .. } => RulePart::StartTime,
            Self::LengthTooShort | Self::LengthTooLong => RulePart::Length,
            Self::EveryWeeksOutOfRange => RulePart::EveryWeeks,
            Self::NoEnding | Self::UntilBeforeStart { .. } | Self::TimesOutOfRange | Self::SpanTooLong { .. } => RulePart::Ending,
        }
    }
}

const LONGEST_MINUTES: u32 = 8 * 60;
const EVERY_WEEKS: RangeInclusive<u32> = 1..=52;
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

fn check_every_weeks(input: &RuleInput) -> Result<u32, RuleProblem> {
    u32::try_from(input.every_weeks).ok().filter(|weeks| EVERY_WEEKS.contains(weeks)).ok_or(RuleProblem::EveryWeeksOutOfRange)
}

/// `start_date` and `every_weeks` are `None` where they have a problem of their own; how far the series reaches is then not known.
fn check_ending(input: &RuleInput, start_date: Option<NaiveDate>, every_weeks: Option<u32>) -> Result<Ending, RuleProblem> {
    let ending = input.ending.ok_or(RuleProblem::NoEnding)?;
    if matches!(ending, Ending::Times(times) if !TIMES.contains(&times)) {
        return Err(RuleProblem::TimesOutOfRange);
    }
    let Some(start_date) = start_date else {
        return Ok(ending);
    };
    let last = match ending {
        Ending::Until(until) if until < start_date => {
            return Err(RuleProblem::UntilBeforeStart { start_date });
        }
        Ending::Until(until) => Some(until),
        Ending::Times(times) => every_weeks.and_then(|weeks| date_of_step(start_date, weeks, times.saturating_sub(1))),
    };
    let latest = years_after(start_date, LONGEST_YEARS);
    if last.is_some_and(|last| last > latest) {
        return Err(RuleProblem::SpanTooLong { latest });
    }
    Ok(ending)
}

/// `None` past the end of the calendar, some 260,000 years from now.
fn date_of_step(start_date: NaiveDate, every_weeks: u32, step: u32) -> Option<NaiveDate> {
    let weeks = u64::from(step) * u64::from(every_weeks);
    start_date.checked_add_days(Days::new(weeks * 7))
}

fn years_after(date: NaiveDate, years: u32) -> NaiveDate {
    date.checked_add_months(Months::new(years * 12)).unwrap_or(NaiveDate::MAX)
}
