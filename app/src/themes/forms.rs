//! What the forms of themes send, and what of it can be used.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::model::{Outcome, Work};
use crate::error::{AppError, Problem};
use crate::guard;

/// Which theme a page or a button is about.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ThemeAddress {
    /// Its part of the address.
    pub code: String,
}

/// A theme, as HTML sends it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ThemeForm {
    /// What is met again and again.
    pub words: String,
    /// In how many groups.
    pub groups_met: String,
    /// The key of a [`Work`].
    pub intervention: String,
    /// Whether they want to be told what becomes of it: `yes` or `no`.
    pub tell: String,
}

/// A theme that can be stored. Only [`ThemeForm::check`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTheme {
    pub(super) words: String,
    pub(super) groups_met: i64,
    pub(super) intervention: Work,
    pub(super) is_to_be_told: bool,
}

/// Gathering themes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct GatherForm {
    /// The themes.
    pub chosen: Vec<String>,
    /// The gathered theme that they go into; empty for a new one.
    pub into: String,
    /// The title of a new one.
    pub title: String,
}

/// What becomes of a gathered theme.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DecisionForm {
    /// Its part of the address.
    pub code: String,
    /// The version that was shown.
    pub version: String,
    /// The key of an [`Outcome`].
    pub outcome: String,
    /// What those who raised it are told: what it is, what was changed, or why it is set aside.
    pub words: String,
    /// Where it is.
    pub address: String,
    /// What the Centre heard, for the improvement log.
    pub heard: String,
    /// On which day it was changed.
    pub changed_on: String,
}

/// A decision that can be stored. Only [`DecisionForm::check`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDecision {
    pub(super) version: i64,
    pub(super) outcome: Outcome,
    pub(super) words: String,
    pub(super) address: String,
    /// What was heard, and when it was changed; for a line of the improvement log alone.
    pub(super) improvement: Option<(String, NaiveDate)>,
}

/// A line of the improvement log that comes of no theme.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ImprovementForm {
    /// What the Centre heard.
    pub heard: String,
    /// What it changed.
    pub changed: String,
    /// On which day.
    pub changed_on: String,
}

/// A line that can be stored. Only [`ImprovementForm::check`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewImprovement {
    pub(super) heard: String,
    pub(super) changed: String,
    pub(super) changed_on: NaiveDate,
}

/// The longest words of anything here.
const LONGEST: usize = 1_000;
/// The longest title.
const LONGEST_TITLE: usize = 120;
/// So many figures in a row are a number of somebody, and no year.
const NUMBER: usize = 5;

/// The one place where words are looked at before they are kept: nothing by which a family or a practitioner could be found belongs in them.
fn looked_at(field: &str, entered: &str, ask: &str) -> Result<String, Problem> {
    let words = entered.replace("\r\n", "\n").trim().to_owned();
    if words.is_empty() {
        return Err(Problem::new(field, ask));
    }
    if words.chars().count() > LONGEST {
        return Err(Problem::new(field, "Shorten this to 1,000 characters or fewer."));
    }
    if let Some(problem) = guard::problem(field, &guard::look(&words)) {
        return Err(problem);
    }
    // A theme has no need of figures, so that it is stopped for less than a post.
    let has_number = words.split(|letter: char| !letter.is_ascii_digit()).any(|figures| figures.len() >= NUMBER);
    if words.contains('@') || has_number {
        return Err(Problem::new(field, "Leave out numbers and addresses by which somebody could be found. The theme is enough."));
    }
    Ok(words)
}

/// The problems among several answers, in the order of the form.
fn refused(problems: impl IntoIterator<Item = Option<Problem>>) -> AppError {
    AppError::Invalid(problems.into_iter().flatten().collect())
}

impl ThemeForm {
    /// The theme, or everything that has to change.
    pub fn check(&self) -> Result<NewTheme, AppError> {
        let words = looked_at("words", &self.words, "Say what is met again and again, in a sentence or two that names nobody.");
        let groups_met = self.groups_met.trim().parse().ok().filter(|groups| (1..=50).contains(groups));
        let intervention = Work::of_key(&self.intervention);
        let is_to_be_told = match self.tell.as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        match (words, groups_met, intervention, is_to_be_told) {
            (Ok(words), Some(groups_met), Some(intervention), Some(is_to_be_told)) => {
                Ok(NewTheme { words, groups_met, intervention, is_to_be_told })
            }
            (words, groups, intervention, tell) => Err(refused([
                words.err(),
                groups.is_none().then(|| Problem::new("groups_met", "Enter in how many groups you have met it, from 1 to 50.")),
                intervention.is_none().then(|| Problem::new("intervention", "Choose in which work it was met.")),
                tell.is_none().then(|| Problem::new("tell", "Choose whether you want to be told what becomes of it.")),
            ])),
        }
    }
}

impl GatherForm {
    /// The title of a new gathered theme, or none where an existing one is named.
    pub fn check(&self) -> Result<Option<String>, AppError> {
        let chosen = self.chosen.is_empty().then(|| Problem::new("chosen", "Tick the themes that belong together."));
        if !self.into.is_empty() {
            return chosen.map_or(Ok(None), |problem| Err(refused([Some(problem)])));
        }
        let title = looked_at("title", &self.title, "Give what you gather a title, or choose what it belongs to.")
            .map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "))
            .and_then(|title| {
                let is_short = title.chars().count() <= LONGEST_TITLE;
                if is_short { Ok(title) } else { Err(Problem::new("title", "Shorten the title to 120 characters or fewer.")) }
            });
        match (title, chosen) {
            (Ok(title), None) => Ok(Some(title)),
            (title, chosen) => Err(refused([chosen, title.err()])),
        }
    }
}

impl DecisionForm {
    /// The decision, or everything that has to change.
    pub fn check(&self) -> Result<NewDecision, AppError> {
        let version = self.version.parse().map_err(|_| AppError::NotFound)?;
        let Some(outcome) = Outcome::of_key(&self.outcome) else {
            return Err(AppError::invalid("outcome", "Choose what became of it."));
        };
        let ask = match outcome {
            Outcome::Improvement => "Say what was changed.",
            Outcome::SetAside => "Say why it is set aside. Those who raised it read this.",
            Outcome::Resource | Outcome::Event => "Say what it is, in a sentence.",
        };
        let words = looked_at("words", &self.words, ask);
        let address = place(&self.address, outcome);
        let improvement = (outcome == Outcome::Improvement).then(|| (heard(&self.heard), day(&self.changed_on)));
        match (words, address, improvement) {
            (Ok(words), Ok(address), None) => Ok(NewDecision { version, outcome, words, address, improvement: None }),
            (Ok(words), Ok(address), Some((Ok(heard), Ok(on)))) => {
                Ok(NewDecision { version, outcome, words, address, improvement: Some((heard, on)) })
            }
            (words, address, improvement) => {
                let (heard, on) = improvement.map_or((None, None), |(heard, on)| (heard.err(), on.err()));
                Err(refused([words.err(), address.err(), heard, on]))
            }
        }
    }
}

fn heard(entered: &str) -> Result<String, Problem> {
    looked_at("heard", entered, "Say what the Centre heard.")
}

fn day(entered: &str) -> Result<NaiveDate, Problem> {
    entered.trim().parse().map_err(|_| Problem::new("changed_on", "Choose the day from which it holds."))
}

/// An address within the product or on the web; needed for what somebody is to open.
fn place(entered: &str, outcome: Outcome) -> Result<String, Problem> {
    let address = entered.trim();
    let is_needed = matches!(outcome, Outcome::Resource | Outcome::Event);
    let is_place = (address.starts_with('/') && !address.starts_with("//")) || address.starts_with("https://");
    let is_clean = address.len() <= 500
        && !address.contains(|letter: char| letter.is_whitespace() || letter.is_control() || "\\\"<>".contains(letter));
    match address {
        "" if is_needed => Err(Problem::new("address", "Enter where it is, such as https://… or /library/…")),
        "" => Ok(String::new()),
        _ if is_place && is_clean => Ok(address.to_owned()),
        _ => Err(Problem::new("address", "Enter an address that begins with https:// or with / for a page of Reverie.")),
    }
}

impl ImprovementForm {
    /// The line, or everything that has to change.
    pub fn check(&self) -> Result<NewImprovement, AppError> {
        let changed = looked_at("changed", &self.changed, "Say what was changed.");
        match (heard(&self.heard), changed, day(&self.changed_on)) {
            (Ok(heard), Ok(changed), Ok(changed_on)) => Ok(NewImprovement { heard, changed, changed_on }),
            (heard, changed, on) => Err(refused([heard.err(), changed.err(), on.err()])),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields<T>(checked: Result<T, AppError>) -> Vec<String> {
        match checked {
            Err(AppError::Invalid(problems)) => problems.into_iter().map(|problem| problem.field).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn a_theme_names_nobody_and_says_how_widely_it_was_met() {
        let form = ThemeForm {
            words: " Fathers are hard to reach since 2024. ".to_owned(),
            groups_met: "3".to_owned(),
            intervention: "vig".to_owned(),
            tell: "yes".to_owned(),
        };
        assert_eq!(form.check().unwrap().words, "Fathers are hard to reach since 2024.");
        for words in ["", "ask ruth@nhs.example", "the case 943476", &"x".repeat(1_001)] {
            assert_eq!(fields(ThemeForm { words: words.to_owned(), ..form.clone() }.check()), ["words"], "{words}");
        }
        assert_eq!(fields(ThemeForm::default().check()), ["words", "groups_met", "intervention", "tell"]);
    }

    #[test]
    fn what_becomes_of_a_theme_can_be_opened_or_has_a_reason() {
        let decision = |outcome: &str, address: &str| DecisionForm {
            version: "1".to_owned(),
            outcome: outcome.to_owned(),
            words: "A page about fathers.".to_owned(),
            address: address.to_owned(),
            ..DecisionForm::default()
        };
        assert!(decision("resource", "/library/fathers").check().is_ok() && decision("event", "https://centre.example/a").check().is_ok());
        for wrong in ["", "javascript:alert(1)", "//elsewhere.example", "http://plain.example", "https://a b", "https://a\"b"] {
            assert_eq!(fields(decision("resource", wrong).check()), ["address"], "{wrong}");
        }
        assert!(decision("set_aside", "").check().is_ok());
        assert_eq!(fields(DecisionForm { words: String::new(), ..decision("set_aside", "") }.check()), ["words"]);
        assert_eq!(fields(decision("improvement", "").check()), ["heard", "changed_on"]);
        assert_eq!(fields(decision("else", "").check()), ["outcome"]);
    }

    #[test]
    fn what_is_gathered_has_a_title_or_goes_into_what_has_one() {
        let form = GatherForm { chosen: vec!["abcdefgh".to_owned()], into: String::new(), title: "  Fathers \n".to_owned() };
        assert_eq!(form.check(), Ok(Some("Fathers".to_owned())));
        assert_eq!(GatherForm { into: "k3f9x2mv".to_owned(), title: String::new(), ..form.clone() }.check(), Ok(None));
        assert_eq!(fields(GatherForm::default().check()), ["chosen", "title"]);
    }
}
