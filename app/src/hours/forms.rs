//! What the forms of hours send, and what of it can be used.

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::intervention::Intervention;
use super::model::Span;
use crate::error::{AppError, Problem};
use crate::groups::GroupKind;

/// For which time a page adds up.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HoursAddress {
    /// The key of a [`super::model::Stretch`].
    pub period: String,
}

/// Which entry a page or a button is about.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EntryAddress {
    /// Its part of the address.
    pub code: String,
}

/// Taking a removal back.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RestoreForm {
    /// The entry's part of the address.
    pub change: String,
}

/// Hours had elsewhere, as HTML sends them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EntryForm {
    /// The entry's part of the address; empty where it is new.
    pub code: String,
    /// The version that was changed; empty where it is new.
    pub version: String,
    /// On which day.
    pub held_on: String,
    /// How long.
    pub minutes: String,
    /// The key of a [`GroupKind`].
    pub format: String,
    /// The key of an [`Intervention`].
    pub intervention: String,
    /// With whom, in general words.
    pub supervised_by: String,
}

/// An entry that can be stored. Only [`EntryForm::check`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    pub(super) held_on: NaiveDate,
    pub(super) minutes: i64,
    pub(super) format: GroupKind,
    pub(super) intervention: Intervention,
    pub(super) supervised_by: String,
}

/// The longest description of a supervisor that anybody needs.
const LONGEST: usize = 80;
/// How far back hours are logged: longer than any time of registration.
const YEARS_BACK: Months = Months::new(12 * 10);

impl EntryForm {
    /// The entry, or everything that has to change, in the order of the form.
    pub fn check(&self, today: NaiveDate) -> Result<NewEntry, AppError> {
        let held_on = self.held_on.trim().parse().ok().filter(|day: &NaiveDate| *day <= today && *day + YEARS_BACK > today);
        let minutes = self.minutes.trim().parse().ok().filter(|minutes| (5..=600).contains(minutes));
        let (format, intervention) = (GroupKind::of_key(&self.format), Intervention::of_key(&self.intervention));
        let supervised_by = self.check_supervised_by();
        let problems: Vec<Problem> = [
            held_on.is_none().then(|| Problem::new("held_on", "Choose the day on which it was, today or before.")),
            minutes.is_none().then(|| Problem::new("minutes", "Enter the minutes, from 5 to 600, such as 90.")),
            format.is_none().then(|| Problem::new("format", "Choose in which format it was.")),
            intervention.is_none().then(|| Problem::new("intervention", "Choose what it was on.")),
            supervised_by.as_ref().err().cloned(),
        ]
        .into_iter()
        .flatten()
        .collect();
        match (held_on, minutes, format, intervention, supervised_by) {
            (Some(held_on), Some(minutes), Some(format), Some(intervention), Ok(supervised_by)) => {
                Ok(NewEntry { held_on, minutes, format, intervention, supervised_by })
            }
            _ => Err(AppError::Invalid(problems)),
        }
    }

    /// The version that was changed.
    pub fn shown_version(&self) -> Result<i64, AppError> {
        self.version.parse().map_err(|_| AppError::NotFound)
    }

    /// General words: whatever looks like an address or the number of somebody is refused, since neither belongs here.
    fn check_supervised_by(&self) -> Result<String, Problem> {
        let words = self.supervised_by.split_whitespace().collect::<Vec<_>>().join(" ");
        let problem = |message: String| Err(Problem::new("supervised_by", message));
        if words.is_empty() {
            return problem("Say with whom in general words, such as “line manager, NHS trust”.".to_owned());
        }
        if words.chars().count() > LONGEST {
            return problem(format!("Shorten it to {LONGEST} characters or fewer."));
        }
        if words.contains('@') || words.chars().any(|letter| letter.is_ascii_digit()) {
            return problem("Leave out figures and addresses. The role and the kind of employer are enough.".to_owned());
        }
        Ok(words)
    }
}

/// From when until when a registration runs.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PeriodForm {
    /// The first day.
    pub starts_on: String,
    /// The last day.
    pub ends_on: String,
}

impl PeriodForm {
    /// The days, if they follow each other and are those of a registration.
    pub fn check(&self) -> Result<Span, AppError> {
        let day = |entered: &str| entered.trim().parse().ok().filter(|day: &NaiveDate| (2000..2200).contains(&day.year()));
        match (day(&self.starts_on), day(&self.ends_on)) {
            (Some(from), Some(to)) if to < from => Err(AppError::invalid("ends_on", "Choose a last day that comes after the first.")),
            (Some(from), Some(to)) if to >= from + YEARS_BACK => {
                Err(AppError::invalid("ends_on", "Choose a last day less than ten years after the first."))
            }
            (Some(from), Some(to)) => Ok(Span { from, to }),
            (from, to) => {
                let problem = |field, day: Option<NaiveDate>, words| day.is_none().then(|| Problem::new(field, words));
                let first = problem("starts_on", from, "Choose the first day of your registration period.");
                Err(AppError::Invalid([first, problem("ends_on", to, "Choose its last day.")].into_iter().flatten().collect()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        "2026-10-22".parse().unwrap()
    }

    fn form() -> EntryForm {
        EntryForm {
            held_on: "2026-10-22".to_owned(),
            minutes: "60".to_owned(),
            format: "one_to_one".to_owned(),
            intervention: "general".to_owned(),
            supervised_by: "  Line manager,\n NHS trust ".to_owned(),
            ..EntryForm::default()
        }
    }

    fn fields(form: &EntryForm) -> Vec<String> {
        let AppError::Invalid(problems) = form.check(today()).unwrap_err() else { panic!("refused for another reason") };
        problems.into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn an_entry_is_of_a_day_that_has_been_and_says_with_whom_in_one_line() {
        assert_eq!(form().check(today()).unwrap().supervised_by, "Line manager, NHS trust");
        for (day, minutes) in [("2026-10-23", "4"), ("2016-10-22", "601"), ("soon", "an hour"), ("", "")] {
            let wrong = EntryForm { held_on: day.to_owned(), minutes: minutes.to_owned(), ..form() };
            assert_eq!(fields(&wrong), ["held_on", "minutes"]);
        }
        assert_eq!(fields(&EntryForm::default()), ["held_on", "minutes", "format", "intervention", "supervised_by"]);
    }

    #[test]
    fn no_address_and_no_number_of_anybody_is_kept() {
        for wrong in ["ruth@nhs.example", "NHS number 943 476 5919", &"x".repeat(81), " \n "] {
            assert_eq!(fields(&EntryForm { supervised_by: wrong.to_owned(), ..form() }), ["supervised_by"], "{wrong}");
        }
    }

    #[test]
    fn a_registration_ends_after_it_begins() {
        let period = |from: &str, to: &str| PeriodForm { starts_on: from.to_owned(), ends_on: to.to_owned() }.check();
        assert!(period("2025-09-01", "2028-08-31").is_ok());
        for (from, to, field) in [
            ("2026-09-01", "2026-08-31", "ends_on"),
            ("2026-09-01", "2036-09-01", "ends_on"),
            ("", "2026-08-31", "starts_on"),
            ("0026-09-01", "2026-08-31", "starts_on"),
        ] {
            let AppError::Invalid(problems) = period(from, to).unwrap_err() else { panic!("refused for another reason") };
            assert_eq!(problems.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>(), [field]);
        }
    }
}
