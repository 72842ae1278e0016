//! What an edit comes to, or why it is refused.

use chrono::NaiveDateTime;
use thiserror::Error;

use super::delta::Delta;
use super::rows::SessionKey;
use crate::expand::Skip;
use crate::uk_time::date_in_words;

/// What an edit comes to, to be shown before it is saved and to be stored as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub delta: Delta,
    /// Sessions within the scope that stay as they were.
    pub left_alone: Vec<LeftAlone>,
    /// Dates of a pattern that is new or longer on which no session is held.
    pub skipped: Vec<Skip>,
}

/// A session within the scope of an edit that stays as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftAlone {
    pub session: SessionKey,
    pub why: WhyLeftAlone,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyLeftAlone {
    /// It has begun, or its attendance is being marked.
    Settled,
    /// What the edit changes had been chosen for it on its own.
    OwnChoice,
    Cancelled,
}

/// Why an edit is refused. Its `Display` is a sentence for the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum EditProblem {
    #[error("This session is not there.")]
    NoSuchSession,
    #[error("This series is not there.")]
    NoSuchSeries,
    #[error("This session has begun, or its attendance is being marked, so it can no longer be changed.")]
    Settled,
    #[error("This session is cancelled, so it cannot be changed.")]
    Cancelled,
    #[error("The series no longer has a date for this session, so there are none that follow from it.")]
    OffThePattern,
    #[error("Nothing is left to change: all of these sessions have begun or been held.")]
    NothingLeft,
    #[error("Choose a time to come: {} has passed.", starts.format("%H:%M on %-d %B %Y"))]
    IntoThePast { starts: NaiveDateTime },
    #[error("Choose a start time in whole minutes, such as 10:00.")]
    StartNotInMinutes,
    #[error(
        "Choose a start time before 01:00 or from 02:00: on {} the clocks go forward and {} does not happen.",
        date_in_words(starts.date()),
        starts.format("%H:%M")
    )]
    StartDoesNotExist { starts: NaiveDateTime },
    #[error("Choose a start date between 1 January 1970 and 31 December 2099.")]
    StartOutOfRange,
    #[error("Choose a length from 1 minute to 8 hours (480 minutes).")]
    LengthOutOfRange,
    #[error("A new rhythm is for this and the following sessions, or for all of them. Choose one of the two.")]
    PatternOfOne,
    #[error("The series would have no session: every one of its dates is skipped.")]
    NoDates,
    #[error("The series would have more than 520 sessions. Choose an earlier end, or fewer sessions.")]
    TooManySessions,
    #[error("A new row was given the identity of another.")]
    IdentityTaken,
}
