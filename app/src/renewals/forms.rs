//! What the form of a decision sends, and what of it can be used.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::error::{AppError, Problem};
use crate::groups::{Decided, NextStep};

/// A decision about what comes after a group's last session.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DecisionForm {
    /// The group's part of the address.
    pub slug: String,
    /// The version that the person was shown.
    pub version: String,
    /// The key of a [`NextStep`].
    pub step: String,
    /// The day by which it is to be done.
    pub by: String,
}

/// How far ahead the day of a decision may lie: a decision for some day or other is none.
const AT_MOST: Months = Months::new(6);

impl DecisionForm {
    /// The version that the person was shown; one that was tampered with is no version, so the decision is refused as outdated.
    pub fn shown_version(&self) -> i64 {
        self.version.parse().unwrap_or(-1)
    }

    /// The decision, or everything that has to change.
    pub fn check(&self, today: NaiveDate) -> Result<Decided, AppError> {
        let step = NextStep::of_key(&self.step);
        let by: Option<NaiveDate> = self.by.trim().parse().ok();
        let latest = today.checked_add_months(AT_MOST).unwrap_or(today);
        let problem = match by {
            None => Some("Enter the day by which it is done, such as 26 11 2026."),
            Some(by) if by < today => Some("Choose a day from today on."),
            Some(by) if by > latest => Some("Choose a day within the next six months."),
            Some(_) => None,
        };
        let problems: Vec<Problem> =
            [step.is_none().then(|| Problem::new("step", "Choose what comes next.")), problem.map(|sentence| Problem::new("by", sentence))]
                .into_iter()
                .flatten()
                .collect();
        match (step, by) {
            (Some(what), Some(by)) if problems.is_empty() => Ok(Decided { what, by }),
            _ => Err(AppError::Invalid(problems)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        "2026-10-22".parse().unwrap()
    }

    fn form(step: &str, by: &str) -> DecisionForm {
        DecisionForm { step: step.to_owned(), by: by.to_owned(), ..DecisionForm::default() }
    }

    #[test]
    fn a_decision_has_a_step_and_a_day_within_half_a_year() {
        assert_eq!(form("end", "2026-11-26").check(today()), Ok(Decided { what: NextStep::End, by: "2026-11-26".parse().unwrap() }));
        assert!(form("later", "2026-10-22").check(today()).is_ok() && form("review", "2027-04-22").check(today()).is_ok());
        for by in ["", "soon", "2026-10-21", "2027-04-23"] {
            let Err(AppError::Invalid(problems)) = form("later", by).check(today()) else { panic!("{by}") };
            assert_eq!(problems.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>(), ["by"]);
        }
        let Err(AppError::Invalid(problems)) = form("", "").check(today()) else { panic!("refused for another reason") };
        assert_eq!(problems.len(), 2);
    }
}
