//! Dates of their own, and days away.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::hours::stretch_of;
use crate::availability::model::{DateOverride, LeaveKind};
use crate::error::{AppError, Problem};

/// What holds on one date.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DateForm {
    /// The person's code; empty for one's own.
    pub person: String,
    /// The date.
    pub on: String,
    /// `none` or `other`.
    pub what: String,
    /// From when, with other hours.
    pub date_from: String,
    /// Until when, with other hours.
    pub date_to: String,
}

/// The date has no hours.
pub const NONE: &str = "none";
/// The date has other hours.
pub const OTHER: &str = "other";

/// How far ahead something can be said: two years.
const FARTHEST: Days = Days::new(731);

impl DateForm {
    /// What is valid of it, or everything that is wrong.
    pub fn check(&self, today: NaiveDate) -> Result<DateOverride, AppError> {
        let on = date_of(("on", "Choose the date."), &self.on, today);
        let hours = match self.what.as_str() {
            NONE => Ok(None),
            OTHER => stretch_of(("date_from", &self.date_from), ("date_to", &self.date_to)).map(Some),
            _ => Err(vec![Problem::new("what", "Choose whether you have other hours on that date, or none.")]),
        };
        match (on, hours) {
            (Ok(on), Ok(hours)) => Ok(DateOverride { on, hours }),
            (on, hours) => Err(AppError::Invalid(on.err().into_iter().chain(hours.err().unwrap_or_default()).collect())),
        }
    }

    /// The date; one that cannot be read is none that is there.
    pub fn date(&self) -> Result<NaiveDate, AppError> {
        self.on.trim().parse().map_err(|_| AppError::NotFound)
    }
}

/// A date from today on; the field comes with what to say where it is empty.
fn date_of((field, missing): (&str, &str), text: &str, today: NaiveDate) -> Result<NaiveDate, Problem> {
    let date: NaiveDate = text.trim().parse().map_err(|_| Problem::new(field, missing))?;
    match (date < today, date > today + FARTHEST) {
        (true, _) => Err(Problem::new(field, "Choose a date from today on.")),
        (_, true) => Err(Problem::new(field, "Choose a date within the next two years.")),
        _ => Ok(date),
    }
}

/// Days away.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LeaveForm {
    /// The person's code; empty for one's own.
    pub person: String,
    /// The first day.
    pub first: String,
    /// The last day.
    pub last: String,
    /// The key of a [`LeaveKind`].
    pub leave_kind: String,
}

/// Days away that can be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewLeave {
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
    /// Why.
    pub kind: LeaveKind,
}

impl LeaveForm {
    /// What is valid of it, or everything that is wrong.
    pub fn check(&self, today: NaiveDate) -> Result<NewLeave, AppError> {
        let first = date_of(("first", "Choose the first day."), &self.first, today);
        let last = match (&first, date_of(("last", "Choose the last day."), &self.last, today)) {
            (Ok(first), Ok(last)) if last < *first => Err(Problem::new("last", "Choose a last day on or after the first.")),
            (_, last) => last,
        };
        let kind = LeaveKind::of_key(&self.leave_kind).ok_or_else(|| Problem::new("leave_kind", "Choose why."));
        match (first, last, kind) {
            (Ok(first), Ok(last), Ok(kind)) => Ok(NewLeave { first, last, kind }),
            (first, last, kind) => Err(AppError::Invalid([first.err(), last.err(), kind.err()].into_iter().flatten().collect())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::fields;
    use super::*;
    use crate::availability::model::fixture::stretch;

    fn today() -> NaiveDate {
        "2026-10-22".parse().unwrap()
    }

    #[test]
    fn a_date_has_other_hours_or_none_and_is_not_past() {
        let none = DateForm { on: "2026-10-29".to_owned(), what: NONE.to_owned(), ..DateForm::default() };
        assert_eq!(none.check(today()), Ok(DateOverride { on: "2026-10-29".parse().unwrap(), hours: None }));
        let other = DateForm { what: OTHER.to_owned(), date_from: "08:00".to_owned(), date_to: "20:00".to_owned(), ..none.clone() };
        assert_eq!(other.check(today()).map(|said| said.hours), Ok(Some(stretch("08:00", "20:00"))));
        assert_eq!(fields(DateForm { on: "2026-10-21".to_owned(), what: String::new(), ..none.clone() }.check(today())), ["on", "what"]);
        assert_eq!(fields(DateForm { on: "9999-12-31".to_owned(), ..none }.check(today())), ["on"]);
    }

    #[test]
    fn leave_ends_on_or_after_the_day_on_which_it_begins() {
        let form = LeaveForm {
            first: "2026-10-29".to_owned(),
            last: "2026-10-29".to_owned(),
            leave_kind: "training".to_owned(),
            ..LeaveForm::default()
        };
        assert_eq!(form.check(today()).map(|leave| leave.kind), Ok(LeaveKind::Training));
        assert_eq!(fields(LeaveForm { last: "2026-10-28".to_owned(), ..form.clone() }.check(today())), ["last"]);
        assert_eq!(fields(LeaveForm::default().check(today())), ["first", "last", "leave_kind"]);
    }
}
