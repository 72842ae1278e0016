//! What the forms about authorities send, and what is valid of it.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::model::Stage;
use crate::error::{AppError, Problem};

/// Which of the authorities are shown, in which order, and how; every part may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RegisterFilter {
    /// The name of a region.
    pub region: String,
    /// The key of a stage.
    pub stage: String,
    /// The code of an owner, or "nobody".
    pub owner: String,
    /// "yes" leaves those whose next step is overdue or missing, "lapsed" those of which that has been true for too long.
    pub overdue: String,
    /// "stage" or "step"; by name otherwise.
    pub sort: String,
}

/// The choice of those that nobody keeps up with.
pub const NOBODY: &str = "nobody";

impl RegisterFilter {
    /// The stage, where there is one of that key: an unknown key filters nothing.
    pub fn stage(&self) -> Option<Stage> {
        Stage::of_key(&self.stage)
    }

    /// How long a next step has to be overdue or missing.
    pub fn overdue(&self) -> Option<Overdue> {
        match self.overdue.as_str() {
            "yes" => Some(Overdue::AtAll),
            "lapsed" => Some(Overdue::TooLong),
            _ => None,
        }
    }

    /// Whether anything is left out.
    pub fn is_narrow(&self) -> bool {
        !self.region.is_empty() || self.stage().is_some() || !self.owner.is_empty() || self.overdue().is_some()
    }
}

/// Which next steps that are overdue or missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overdue {
    /// Since whenever.
    AtAll,
    /// For longer than may be.
    TooLong,
}

/// Names one authority.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AuthorityForm {
    /// What stands in its address.
    pub slug: String,
}

/// Saying where the Centre stands with an authority.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ProgressForm {
    /// What stands in its address.
    pub slug: String,
    /// The version that the form was made from.
    pub version: String,
    /// The key of the stage.
    pub stage: String,
    /// The code of the owner, or empty.
    pub owner: String,
    /// What is done next, or empty.
    pub next_step: String,
    /// When, as `2026-11-05`, or empty.
    pub next_step_on: String,
}

/// Where the Centre stands from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Which authority.
    pub slug: String,
    /// The version that it was made from.
    pub version: i64,
    /// How far it has come.
    pub stage: Stage,
    /// The code of the owner, or empty. Whether there is such a coordinator, the database knows.
    pub owner: String,
    /// What is done next, with its date.
    pub next_step: Option<NextStep>,
}

/// What is done next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextStep {
    /// A few words.
    pub words: String,
    /// By when.
    pub on: NaiveDate,
}

const LONGEST_STEP: usize = 120;

impl ProgressForm {
    /// What is valid of it, or everything that is wrong.
    pub fn check(&self) -> Result<Progress, AppError> {
        let mut problems = Vec::new();
        let stage = Stage::of_key(&self.stage);
        if stage.is_none() {
            problems.push(Problem::new("stage", "Choose a stage"));
        }
        let next_step = self.next_step().unwrap_or_else(|found| {
            problems.extend(found);
            None
        });
        match stage {
            Some(stage) if problems.is_empty() => Ok(Progress {
                slug: self.slug.clone(),
                // A version that cannot be read is older than any: the person is told what stands there now.
                version: self.version.parse().unwrap_or_default(),
                stage,
                owner: self.owner.clone(),
                next_step,
            }),
            _ => Err(AppError::Invalid(problems)),
        }
    }

    /// A next step has words and a date, or there is none.
    fn next_step(&self) -> Result<Option<NextStep>, Vec<Problem>> {
        let words = self.next_step.split_whitespace().collect::<Vec<_>>().join(" ");
        let date = self.next_step_on.trim();
        let on = date.parse::<NaiveDate>().ok().filter(|on| (2020..2100).contains(&on.year()));
        let mut problems = Vec::new();
        if words.chars().count() > LONGEST_STEP {
            problems.push(Problem::new("next_step", format!("Shorten this to {LONGEST_STEP} characters or fewer")));
        }
        if words.is_empty() && !date.is_empty() {
            problems.push(Problem::new("next_step", "Say what is done on that day, or leave the date empty"));
        }
        if !words.is_empty() && on.is_none() {
            problems.push(Problem::new("next_step_on", "Choose the date of the next step"));
        }
        if problems.is_empty() { Ok(on.filter(|_| !words.is_empty()).map(|on| NextStep { words, on })) } else { Err(problems) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(words: &str, date: &str) -> ProgressForm {
        ProgressForm { stage: "agreed".to_owned(), next_step: words.to_owned(), next_step_on: date.to_owned(), ..ProgressForm::default() }
    }

    fn fields(form: &ProgressForm) -> Vec<String> {
        let Err(AppError::Invalid(problems)) = form.check() else { return Vec::new() };
        problems.into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn a_next_step_has_words_and_a_date_or_there_is_none() {
        let step = form("  Welcome   call ", "2026-11-05").check().unwrap().next_step.unwrap();

        assert_eq!((step.words.as_str(), step.on.to_string().as_str()), ("Welcome call", "2026-11-05"));
        assert_eq!(form("", "").check().unwrap().next_step, None);
        assert_eq!(fields(&form("Welcome call", "")), ["next_step_on"]);
        assert_eq!(fields(&form("Welcome call", "soon")), ["next_step_on"]);
        assert_eq!(fields(&form("Welcome call", "0026-11-05")), ["next_step_on"]);
        assert_eq!(fields(&form("", "2026-11-05")), ["next_step"]);
    }

    #[test]
    fn a_stage_is_one_of_the_list() {
        assert_eq!(fields(&ProgressForm::default()), ["stage"]);
        assert_eq!(fields(&ProgressForm { stage: "famous".to_owned(), ..form("", "") }), ["stage"]);
    }
}
