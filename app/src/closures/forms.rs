//! What the forms of closures send, and what of it can be used.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::model::ClosedDays;
use crate::error::{AppError, Problem};

/// Which year is shown.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ClosuresAddress {
    /// The year; the present one where it is empty or cannot be read.
    pub year: String,
}

impl ClosuresAddress {
    /// Where the closures of a year are listed.
    pub fn of(year: i32) -> String {
        format!("{}?year={year}", crate::paths::CLOSURES)
    }
}

/// A closure, new or changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClosureForm {
    /// Its part of the address; empty where it is new.
    pub code: String,
    /// The version that was shown; empty where it is new.
    pub version: String,
    /// The first day.
    pub first: String,
    /// The last day.
    pub last: String,
    /// What everybody reads.
    pub name: String,
    /// The sessions that were shown to fall into it.
    pub seen: String,
}

/// A closure that can be stored. Only [`ClosureForm::check`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewClosure {
    pub(super) days: ClosedDays,
    pub(super) name: String,
}

impl NewClosure {
    /// The year in whose list it stands.
    pub fn year(&self) -> i32 {
        self.days.first.year()
    }
}

/// The longest name that fits beside a date.
const LONGEST_NAME: usize = 60;
/// The most days that are closed at once: a longer time is more likely to be a slip.
const MOST_DAYS: i64 = 60;

impl ClosuresAddress {
    /// The year that is asked for, within those that anybody plans.
    pub fn year(&self, today: NaiveDate) -> i32 {
        self.year.parse().ok().filter(|year| (2000..2100).contains(year)).unwrap_or_else(|| today.year())
    }
}

impl ClosureForm {
    /// The closure, or everything that has to change, in the order of the form.
    pub fn check(&self) -> Result<NewClosure, AppError> {
        let (first, last) = (day_of(&self.first), day_of(&self.last));
        let name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        let problems: Vec<Problem> =
            [first.is_none().then(|| Problem::new("first", "Choose the first day.")), check_last(first, last), check_name(&name)]
                .into_iter()
                .flatten()
                .collect();
        match (first, last) {
            (Some(first), Some(last)) if problems.is_empty() => Ok(NewClosure { days: ClosedDays { first, last }, name }),
            _ => Err(AppError::Invalid(problems)),
        }
    }

    /// The days that stand in it, where they can be read and follow each other.
    pub fn days(&self) -> Option<ClosedDays> {
        let (first, last) = (day_of(&self.first)?, day_of(&self.last)?);
        check_last(Some(first), Some(last)).is_none().then_some(ClosedDays { first, last })
    }

    /// The version that was shown; one that was tampered with is no version, so the change is refused as outdated.
    pub fn shown_version(&self) -> i64 {
        self.version.parse().unwrap_or(0)
    }
}

fn day_of(entered: &str) -> Option<NaiveDate> {
    entered.trim().parse().ok().filter(|day: &NaiveDate| (2000..2100).contains(&day.year()))
}

fn check_last(first: Option<NaiveDate>, last: Option<NaiveDate>) -> Option<Problem> {
    let Some(last) = last else { return Some(Problem::new("last", "Choose the last day; for one day it is the same as the first.")) };
    let days = last.signed_duration_since(first?).num_days();
    match days {
        ..0 => Some(Problem::new("last", "Choose a last day on or after the first.")),
        0..MOST_DAYS => None,
        _ => Some(Problem::new("last", format!("Choose at most {MOST_DAYS} days at once."))),
    }
}

fn check_name(name: &str) -> Option<Problem> {
    match name.chars().count() {
        0 => Some(Problem::new("name", "Enter a name, such as Christmas closure.")),
        1..=LONGEST_NAME => None,
        _ => Some(Problem::new("name", format!("Shorten it to {LONGEST_NAME} characters or fewer."))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(first: &str, last: &str) -> ClosureForm {
        ClosureForm { first: first.to_owned(), last: last.to_owned(), name: " Christmas \n closure ".to_owned(), ..ClosureForm::default() }
    }

    fn fields(form: &ClosureForm) -> Vec<String> {
        let AppError::Invalid(problems) = form.check().unwrap_err() else { panic!("refused for another reason") };
        problems.into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn a_closure_has_days_that_follow_each_other_and_a_name_in_one_line() {
        let closure = form("2026-12-24", "2027-01-01").check().unwrap();
        assert_eq!((closure.name.as_str(), closure.days.last.to_string().as_str()), ("Christmas closure", "2027-01-01"));
        assert!(form("2026-12-23", "2026-12-23").check().is_ok());
        for (first, last, field) in [
            ("2026-12-24", "2026-12-23", "last"),
            ("2026-12-24", "2027-12-24", "last"),
            ("", "2026-12-24", "first"),
            ("0026-12-24", "2026-12-24", "first"),
        ] {
            assert_eq!(fields(&form(first, last)), [field]);
            assert!(form(first, last).days().is_none());
        }
        assert_eq!(fields(&ClosureForm::default()), ["first", "last", "name"]);
        assert_eq!(fields(&ClosureForm { name: "x".repeat(61), ..form("2026-12-24", "2026-12-24") }), ["name"]);
    }

    #[test]
    fn a_year_that_cannot_be_read_is_the_present_one() {
        let year = |year: &str| ClosuresAddress { year: year.to_owned() }.year("2026-10-22".parse().unwrap());
        assert_eq!([year("2027"), year(""), year("soon"), year("999999")], [2027, 2026, 2026, 2026]);
    }
}
