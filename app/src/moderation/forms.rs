//! What the forms of moderation send, and what of it can be used.

use serde::{Deserialize, Serialize};

use super::model::{Outcome, PAUSES};
use crate::error::{AppError, Problem};
use crate::guard;
use crate::spaces::{PostAddress, Reason};

/// The longest words of anything here.
const LONGEST: usize = 2_000;

/// Which list is asked for.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct QueueFilter {
    /// `closed` for what is decided; anything else is what is not.
    pub show: String,
}

impl QueueFilter {
    /// Whether what is decided is asked for.
    pub fn is_closed(&self) -> bool {
        self.show == "closed"
    }
}

/// Which case, report, decision or post that waits.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CaseAddress {
    /// Its part of the address.
    pub code: String,
    /// The version that was shown, where something is changed.
    pub version: String,
}

/// Which file of the post that a case is about.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CaseFileAddress {
    /// The case's part of the address.
    pub case: String,
    /// The file's code.
    pub code: String,
}

/// Reporting a post.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReportForm {
    /// The space's part of the address.
    pub space: String,
    /// The thread's number in it.
    pub number: String,
    /// The number of the post.
    pub post: String,
    /// The key of a [`Reason`].
    pub reason: String,
    /// What else there is to say.
    pub words: String,
    /// The code of somebody who looks after the space and whom it is about; empty where it is about none of them.
    pub about: String,
    /// Whether what was marked in the words is nobody's: `yes`.
    pub nobodys: String,
}

/// A report that can be stored. Only [`ReportForm::check`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReport {
    pub(super) reason: Reason,
    pub(super) words: String,
    pub(super) about: String,
}

impl ReportForm {
    /// The post that is reported.
    pub fn post(&self) -> PostAddress {
        PostAddress { space: self.space.clone(), number: self.number.clone(), post: self.post.clone() }
    }

    /// A report, or everything that has to change.
    pub fn check(&self) -> Result<NewReport, AppError> {
        let mut problems = Vec::new();
        let reason = Reason::of_key(&self.reason);
        if reason.is_none() {
            problems.push(Problem::new("reason", "Choose what is wrong with it."));
        }
        let words = looked_at("words", &self.words, &self.nobodys, &mut problems);
        if reason == Some(Reason::Other) && words.is_empty() {
            problems.push(Problem::new("words", "Say in a sentence what is wrong with it."));
        }
        match reason {
            Some(reason) if problems.is_empty() => Ok(NewReport { reason, words, about: self.about.clone() }),
            _ => Err(AppError::Invalid(problems)),
        }
    }
}

/// What is decided about a case.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DecisionForm {
    /// The case's part of the address.
    pub code: String,
    /// The version that was shown.
    pub version: String,
    /// The key of an [`Outcome`].
    pub outcome: String,
    /// The key of a [`Reason`].
    pub reason: String,
    /// For how many days, where posting is paused.
    pub days: String,
    /// What the author is told beside it.
    pub words: String,
    /// Whether what was marked in the words is nobody's: `yes`.
    pub nobodys: String,
}

/// A decision that can be stored. Only [`DecisionForm::check`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDecision {
    pub(super) version: i64,
    pub(super) outcome: Outcome,
    pub(super) reason: Option<Reason>,
    pub(super) days: Option<i64>,
    pub(super) words: String,
}

impl DecisionForm {
    /// A decision of those that can be made, or everything that has to change.
    pub fn check(&self, possible: &[Outcome]) -> Result<NewDecision, AppError> {
        let mut problems = Vec::new();
        let outcome = Outcome::of_key(&self.outcome).filter(|outcome| possible.contains(outcome));
        if outcome.is_none() {
            problems.push(Problem::new("outcome", "Choose what becomes of it."));
        }
        let needs_reason = outcome.is_some_and(Outcome::needs_reason);
        let reason = Reason::of_key(&self.reason).filter(|_| needs_reason);
        if needs_reason && reason.is_none() {
            problems.push(Problem::new("reason", "Choose the reason. Its author is told it."));
        }
        let days = self.days.parse().ok().filter(|days| PAUSES.contains(days) && outcome == Some(Outcome::Pause));
        if outcome == Some(Outcome::Pause) && days.is_none() {
            problems.push(Problem::new("days", "Choose for how many days posting is paused."));
        }
        let words = looked_at("words", &self.words, &self.nobodys, &mut problems);
        if matches!(outcome, Some(Outcome::Ask | Outcome::SendBack)) && words.is_empty() {
            problems.push(Problem::new("words", "Say what its author should change."));
        }
        let version = self.version.parse().map_err(|_| AppError::NotFound)?;
        match outcome {
            Some(outcome) if problems.is_empty() => Ok(NewDecision { version, outcome, reason, days, words }),
            _ => Err(AppError::Invalid(problems)),
        }
    }
}

/// Giving a case to somebody else who may decide.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HandOverForm {
    /// The case's part of the address.
    pub code: String,
    /// The version that was shown.
    pub version: String,
    /// The code of who takes it.
    pub to: String,
}

/// Why something should be decided again.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AppealForm {
    /// The part of the address of the report or of the decision.
    pub code: String,
    /// The words.
    pub words: String,
    /// Whether what was marked in the words is nobody's: `yes`.
    pub nobodys: String,
}

impl AppealForm {
    /// The words, or what has to change.
    pub fn check(&self) -> Result<String, AppError> {
        asked_for("words", &self.words, &self.nobodys, "Say why it should be decided otherwise.")
    }
}

/// A note for those who handle a case.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NoteForm {
    /// The case's part of the address.
    pub code: String,
    /// The words.
    pub note: String,
    /// Whether what was marked in the words is nobody's: `yes`.
    pub nobodys: String,
}

impl NoteForm {
    /// The words, or what has to change.
    pub fn check(&self) -> Result<String, AppError> {
        asked_for("note", &self.note, &self.nobodys, "Write something first.")
    }
}

/// Words that there must be.
fn asked_for(field: &str, entered: &str, nobodys: &str, ask: &str) -> Result<String, AppError> {
    let mut problems = Vec::new();
    let words = looked_at(field, entered, nobodys, &mut problems);
    if words.is_empty() {
        problems.push(Problem::new(field, ask));
    }
    if problems.is_empty() { Ok(words) } else { Err(AppError::Invalid(problems)) }
}

/// The one place where words are looked at before they are kept.
fn looked_at(field: &str, entered: &str, nobodys: &str, problems: &mut Vec<Problem>) -> String {
    let words = entered.replace("\r\n", "\n").trim().to_owned();
    if words.chars().count() > LONGEST {
        problems.push(Problem::new(field, "Shorten this to 2,000 characters or fewer."));
    }
    guard::check(field, &words, !nobodys.is_empty(), problems);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(error: &AppError) -> Vec<&str> {
        let AppError::Invalid(problems) = error else { panic!("another reason") };
        problems.iter().map(|problem| problem.field.as_str()).collect()
    }

    #[test]
    fn a_report_says_why_and_names_no_family() {
        let form = |reason: &str, words: &str| ReportForm { reason: reason.to_owned(), words: words.to_owned(), ..ReportForm::default() };
        assert_eq!(form("unkind", " ").check().unwrap().reason, Reason::Unkind);
        assert_eq!(fields(&form("", "").check().unwrap_err()), ["reason"]);
        assert_eq!(fields(&form("other", "").check().unwrap_err()), ["words"]);
        assert_eq!(fields(&form("identifies", "Baby Mia Jones, NHS number 943 476 5919").check().unwrap_err()), ["words"]);
    }

    #[test]
    fn a_decision_has_a_reason_where_something_was_wrong_and_a_pause_an_end() {
        let form = |outcome: &str, reason: &str, days: &str| DecisionForm {
            version: "1".to_owned(),
            outcome: outcome.to_owned(),
            reason: reason.to_owned(),
            days: days.to_owned(),
            ..DecisionForm::default()
        };
        let check = |form: DecisionForm| form.check(&Outcome::OF_REPORTS);
        assert_eq!(check(form("leave", "unkind", "7")).unwrap().reason, None);
        assert_eq!(check(form("pause", "unkind", "7")).unwrap().days, Some(7));
        assert_eq!(fields(&check(form("pause", "", "5")).unwrap_err()), ["reason", "days"]);
        assert_eq!(fields(&check(form("ask", "unkind", "")).unwrap_err()), ["words"]);
        // What waits is shown or sent back, and a reported post is neither.
        assert_eq!(fields(&check(form("show", "", "")).unwrap_err()), ["outcome"]);
    }
}
