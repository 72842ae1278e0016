//! What the forms of changes send, and what of it can be used.

use ::series::timetable::Scope;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::availability::KeepReason;
use crate::error::{AppError, Problem};
use crate::groups::CancelReason;

/// Another time, length or supervisor. Every answer holds dates, figures and codes alone, so it may stand in an address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TimesForm {
    /// The code of the session in hand.
    pub session: String,
    /// `this`, `following` or `all`.
    pub scope: String,
    /// The date.
    pub starts_on: String,
    /// The time on the clocks of the United Kingdom.
    pub starts_time: String,
    /// How long the session lasts.
    pub length_minutes: String,
    /// The code of the person who leads; empty where the form does not ask.
    pub supervisor: String,
    /// The code of who led it when the form was opened.
    pub was_supervisor: String,
    /// Why it is changed although something of it does not fit; empty where all does.
    pub reason: String,
    /// The mark of what was shown, so that what is stored is what was seen.
    pub seen: String,
    /// The page of many sessions from which it was opened; empty for the session's own.
    pub back: String,
}

/// Where, and what it is called. What is typed here may name a place or a person, so it never stands in an address: it is posted to be looked at, and once
/// more to be saved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DetailsForm {
    /// The code of the session in hand.
    pub session: String,
    /// `this`, `following` or `all`: a name of its own, since both forms stand on one page.
    pub which: String,
    /// Where; empty for the group's own place.
    pub place: String,
    /// What it is called beside its group; mostly empty.
    pub title: String,
    /// The place when the form was opened.
    pub was_place: String,
    /// The title when the form was opened.
    pub was_title: String,
    /// The mark of what was shown, so that what is stored is what was seen.
    pub seen: String,
    /// The page of many sessions from which it was opened; empty for the session's own.
    pub back: String,
}

/// What the page of a session is asked to show: what each of its two forms would come to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChangeForm {
    /// Another time, length or supervisor.
    pub times: TimesForm,
    /// Another place or title.
    pub details: DetailsForm,
}

/// Cancelling a session or several.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CancelSeriesForm {
    /// The code of the session in hand.
    pub session: String,
    /// `this`, `following` or `all`.
    pub scope: String,
    /// Why, for those who are told.
    pub reason: String,
    /// The mark of what was shown.
    pub seen: String,
}

/// Taking a change back.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct UndoForm {
    /// Which change.
    pub change: String,
    /// The page on which the button stands.
    pub back: String,
}

/// Asking when a session cannot be held on some days.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BusyForm {
    /// The code of the session in hand; empty for one that is yet to be planned.
    pub session: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
}

/// The longest stretch of days that is asked about: a month and the weeks around it.
const MOST_DAYS: i64 = 45;

impl BusyForm {
    /// The first day and the last.
    pub fn check(&self) -> Result<(NaiveDate, NaiveDate), AppError> {
        let day = |field: &str, text: &str| text.parse::<NaiveDate>().map_err(|_| AppError::invalid(field, "Choose a date."));
        let (from, until) = (day("from", &self.from)?, day("until", &self.until)?);
        let days = (until - from).num_days();
        if (0..=MOST_DAYS).contains(&days) { Ok((from, until)) } else { Err(AppError::invalid("until", "Choose at most 45 days.")) }
    }
}

/// Only the session in hand.
pub const THIS: &str = "this";
/// It and those after it.
pub const FOLLOWING: &str = "following";
/// Every one that has not begun.
pub const ALL: &str = "all";

/// What a form of times asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// Which sessions.
    pub scope: Scope,
    /// When the session in hand is to start.
    pub starts: NaiveDateTime,
    /// How long it is to last.
    pub length_minutes: u32,
    /// Why it is changed although something of it does not fit.
    pub reason: Option<KeepReason>,
}

impl TimesForm {
    /// Whether anything was answered that a preview could be made of.
    pub fn is_answered(&self) -> bool {
        !self.starts_on.is_empty() || !self.starts_time.is_empty()
    }

    /// What was asked for, or everything that cannot be read, in the order of the form.
    pub fn check(&self) -> Result<Times, Vec<Problem>> {
        let date = self.starts_on.trim().parse::<NaiveDate>().map_err(|_| Problem::new("starts_on", "Choose a date."));
        let time = time_of(self.starts_time.trim()).ok_or_else(|| Problem::new("starts_time", "Choose a start time, such as 10:00."));
        let length = self.length_minutes.trim().parse::<u32>();
        let length = length.map_err(|_| Problem::new("length_minutes", "Enter the length in whole minutes, such as 90."));
        let scope = scope_of(&self.scope);
        match (date, time, length, scope) {
            (Ok(date), Ok(time), Ok(length_minutes), Ok(scope)) => {
                Ok(Times { scope, starts: date.and_time(time), length_minutes, reason: KeepReason::of_key(&self.reason) })
            }
            (date, time, length, scope) => Err([date.err(), time.err(), length.err(), scope.err()].into_iter().flatten().collect()),
        }
    }
}

/// The longest place or title.
const LONGEST: usize = 200;

impl DetailsForm {
    /// As the page on which it was filled in is answered it, to show what it comes to.
    #[cfg(feature = "ssr")]
    pub fn as_answer(&self) -> Result<String, AppError> {
        serde_json::to_string(self).map_err(|cause| crate::database::unavailable(&cause.to_string()))
    }

    /// What such an answer says; nothing where it is none.
    #[cfg(feature = "ssr")]
    pub fn of_answer(answer: &str) -> Option<Self> {
        serde_json::from_str(answer).ok()
    }

    /// Whether anything was answered that a preview could be made of.
    pub fn is_answered(&self) -> bool {
        !self.which.is_empty()
    }

    /// The scope, if what was typed fits.
    pub fn check(&self) -> Result<Scope, AppError> {
        let too_long = |field: &str, text: &str| {
            let sentence = format!("Shorten this to {LONGEST} characters.");
            (text.chars().count() > LONGEST).then(|| Problem::new(field, sentence))
        };
        let scope = scope_of(&self.which).map_err(|problem| Problem { field: "which".to_owned(), ..problem });
        let problems: Vec<Problem> =
            [too_long("place", &self.place), too_long("title", &self.title), scope.clone().err()].into_iter().flatten().collect();
        scope.ok().filter(|_| problems.is_empty()).ok_or(AppError::Invalid(problems))
    }
}

impl CancelSeriesForm {
    /// Which sessions, and why.
    pub fn check(&self) -> Result<(Scope, CancelReason), AppError> {
        let scope = scope_of(&self.scope).map_err(|_| Problem::new("scope", "Choose which sessions are cancelled."));
        let which = if scope == Ok(Scope::This) { "the session cannot take place" } else { "they cannot take place" };
        let reason = CancelReason::OFFERED.into_iter().find(|reason| reason.key() == self.reason);
        let reason = reason.ok_or_else(|| Problem::new("reason", format!("Choose why {which}.")));
        match (scope, reason) {
            (Ok(scope), Ok(reason)) => Ok((scope, reason)),
            (scope, reason) => Err(AppError::Invalid([scope.err(), reason.err()].into_iter().flatten().collect())),
        }
    }

    /// The scope that stands in the address or in the form; where none does, what several sessions are cancelled by first.
    pub fn scope(&self) -> Scope {
        scope_of(&self.scope).unwrap_or(Scope::ThisAndFollowing)
    }
}

fn time_of(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text, "%H:%M").or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S")).ok()
}

fn scope_of(key: &str) -> Result<Scope, Problem> {
    match key {
        THIS => Ok(Scope::This),
        FOLLOWING => Ok(Scope::ThisAndFollowing),
        ALL => Ok(Scope::All),
        _ => Err(Problem::new("scope", "Choose which sessions change.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(problems: &[Problem]) -> Vec<&str> {
        problems.iter().map(|problem| problem.field.as_str()).collect()
    }

    #[test]
    fn everything_that_cannot_be_read_is_said_at_once() {
        let problems = TimesForm { starts_time: "25:00".to_owned(), ..TimesForm::default() }.check().unwrap_err();
        assert_eq!(fields(&problems), ["starts_on", "starts_time", "length_minutes", "scope"]);
    }

    #[test]
    fn sessions_are_cancelled_with_a_scope_and_a_reason_from_the_list() {
        let form = CancelSeriesForm { scope: "some".to_owned(), reason: "because".to_owned(), ..CancelSeriesForm::default() };
        let AppError::Invalid(problems) = form.check().unwrap_err() else { panic!("it is refused where it was asked") };
        assert_eq!(fields(&problems), ["scope", "reason"]);
        let form = CancelSeriesForm { scope: ALL.to_owned(), reason: "too_few".to_owned(), ..form };
        assert_eq!(form.check(), Ok((Scope::All, CancelReason::TooFew)));
        let one = CancelSeriesForm { scope: THIS.to_owned(), ..form };
        assert_eq!(one.check(), Ok((Scope::This, CancelReason::TooFew)));
    }

    #[test]
    fn a_title_as_long_as_a_letter_is_refused_where_it_was_typed() {
        let form = DetailsForm { title: "a".repeat(201), which: ALL.to_owned(), ..DetailsForm::default() };
        let AppError::Invalid(problems) = form.check().unwrap_err() else { panic!("it is refused where it was asked") };
        assert_eq!(fields(&problems), ["title"]);
    }
}
