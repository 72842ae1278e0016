//! Patterns as recurrence rules of RFC 5545, read and written.
//!
//! What is understood is what a series can be: `FREQ=WEEKLY`, and `FREQ=MONTHLY` on a weekday (`BYDAY=2TU`, `BYDAY=-1TH`, or
//! `BYDAY=TU;BYSETPOS=2`), with `INTERVAL`, and `COUNT` or `UNTIL` or neither. Everything else is refused by name, so that no rule is ever
//! half understood. The start must be a date of the rule, because RFC 5545 leaves open what else would mean.
//!
//! Two differences are bridged here. In a recurrence rule `COUNT` counts dates, also those that `EXDATE` takes out again; in a series
//! "n times" counts sessions that are held. And `UNTIL` is an instant there, a date here.

mod parse;
mod parts;
mod print;

pub(crate) use parse::parse;

use chrono::NaiveDateTime;
use chrono_tz::Europe::London;
use thiserror::Error;

use crate::expand::Skip;
use crate::pattern::{Pattern, PatternProblem};

/// Why a recurrence rule cannot be read. Its `Display` names the part.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RruleProblem {
    #[error("The rule is longer than 500 characters.")]
    TooLong,
    #[error("“{part}” is not a part of a rule: parts look like FREQ=WEEKLY and are separated by semicolons.")]
    NotAPart { part: String },
    #[error("{name} is not supported: a series has FREQ, INTERVAL, BYDAY, BYSETPOS, COUNT or UNTIL.")]
    NotSupported { name: String },
    #[error("{name} stands there twice.")]
    Twice { name: &'static str },
    #[error("FREQ is missing.")]
    NoFrequency,
    #[error("FREQ={value} is not supported: a series is WEEKLY or MONTHLY.")]
    FrequencyNotSupported { value: String },
    #[error("{name}={value} cannot be read.")]
    Unreadable { name: &'static str, value: String },
    #[error("BYDAY={value} is not supported: a weekly series is held on one weekday, such as TU.")]
    WeeklyDaysNotSupported { value: String },
    #[error("BYDAY={value} is not supported: a monthly series is held on one weekday of the month, 1 to 5 or -1 (the last), such as 2TU.")]
    MonthlyDaysNotSupported { value: String },
    #[error("FREQ=MONTHLY without BYDAY is not supported: a monthly series is held on a weekday, such as BYDAY=2TU.")]
    NoMonthlyDay,
    #[error("BYSETPOS is not supported here: it goes with FREQ=MONTHLY and one weekday without a number.")]
    PositionNotSupported,
    #[error("COUNT and UNTIL exclude each other.")]
    CountAndUntil,
    #[error("COUNT={value} is not supported: a series has 1 to 5,000 sessions.")]
    CountOutOfRange { value: String },
    #[error("INTERVAL={value} is not supported: 1 to 52 weeks or 1 to 12 months lie between sessions.")]
    IntervalOutOfRange { value: String },
    #[error("UNTIL={value} lies before the start.")]
    UntilBeforeStart { value: String },
    #[error("The start is not a date of the rule: {start} is a {}, and the rule says {rule_says}.", start.format("%A"))]
    StartNotInRule { start: NaiveDateTime, rule_says: String },
    #[error("{0}")]
    Pattern(PatternProblem),
}

impl Pattern {
    /// Reads a recurrence rule of a series that starts at a local time of the United Kingdom.
    ///
    /// `COUNT` becomes "n times" as it stands; where dates are skipped, it is the caller's to take them off first.
    pub fn from_rrule(start: NaiveDateTime, text: &str) -> Result<Self, RruleProblem> {
        parse(London, start, text)
    }

    /// Writes the recurrence rule, without the name of the property: `FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;COUNT=12`.
    ///
    /// The skips are those that the file names in `EXDATE`; "n times" is written as the count that leaves n when they are taken out.
    pub fn to_rrule(&self, skips: &[Skip]) -> String {
        print::print(London, self, skips)
    }
}

#[cfg(test)]
mod tests;
