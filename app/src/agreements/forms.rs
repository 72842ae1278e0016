//! What the forms of agreements send, and what of it can be used.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::model::Section;
use crate::error::{AppError, Problem};

/// Which group's agreement, and which version of it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AgreementAddress {
    /// The group.
    pub slug: String,
    /// `v2`, or empty for the version that matters to the reader now.
    pub version: String,
}

/// Saying that one agrees.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AgreeForm {
    /// The group.
    pub slug: String,
    /// The version that was read.
    pub version: String,
    /// Holds `yes` once the box is ticked.
    pub read: Vec<String>,
}

impl AgreeForm {
    /// The version that the person has read.
    pub fn check(&self) -> Result<i64, AppError> {
        if !self.read.iter().any(|tick| tick == "yes") {
            return Err(AppError::invalid("read", "Tick the box to say that you have read the agreement and agree to it."));
        }
        self.version.parse().map_err(|_| AppError::NotFound)
    }
}

/// Proposing a text.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ProposalForm {
    /// The group.
    pub slug: String,
    /// The newest version when the form was opened, 0 where there was none.
    pub base: String,
    /// When the text is to be looked at again.
    pub review_on: String,
    /// The text of each part, by [`field_of_section`].
    pub sections: BTreeMap<String, String>,
}

/// A text that can be proposed. Only [`ProposalForm::check`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub(super) base: i64,
    pub(super) review_on: NaiveDate,
    pub(super) sections: Vec<Section>,
}

/// How long one part of a text may be, in characters.
const LONGEST_SECTION: usize = 6_000;
/// How far ahead the next review may be: a year, as the standard text says.
const LONGEST_UNTIL_REVIEW: Days = Days::new(366);

/// The name under which a form sends a part, counted from zero.
pub fn field_of_section(place: usize) -> String {
    format!("s{place}")
}

impl ProposalForm {
    /// Everything that has to change before the text can be proposed, or the proposal. `start` is the text that the form began with: its
    /// headings stay, its parts are replaced.
    pub fn check(&self, start: &[Section], today: NaiveDate) -> Result<Proposal, AppError> {
        let mut problems = Vec::new();
        let review_on = check_review(&self.review_on, today).map_err(|problem| problems.push(problem)).ok();
        let mut sections = Vec::new();
        for (place, before) in start.iter().enumerate() {
            let field = field_of_section(place);
            let text = tidy(self.sections.get(&field).map_or("", String::as_str));
            if let Some(problem) = check_section(&field, before, &text) {
                problems.push(problem);
            }
            sections.push(Section { heading: before.heading.clone(), text });
        }
        let Some(review_on) = review_on.filter(|_| problems.is_empty()) else { return Err(AppError::Invalid(problems)) };
        Ok(Proposal { base: self.base.parse().unwrap_or(-1), review_on, sections })
    }
}

fn check_review(review_on: &str, today: NaiveDate) -> Result<NaiveDate, Problem> {
    let wrong = || Problem::new("review_on", "Enter the day of the next review: after today, and within a year.");
    let review_on: NaiveDate = review_on.trim().parse().map_err(|_| wrong())?;
    let latest = today.checked_add_days(LONGEST_UNTIL_REVIEW).unwrap_or(NaiveDate::MAX);
    if review_on > today && review_on <= latest { Ok(review_on) } else { Err(wrong()) }
}

fn check_section(field: &str, before: &Section, text: &str) -> Option<Problem> {
    let field = format!("sections[{field}]");
    if text.is_empty() {
        return Some(Problem::new(&field, format!("Enter a text for “{}”. If it does not apply to you, say so.", before.heading)));
    }
    let is_long = text.chars().count() > LONGEST_SECTION;
    is_long.then(|| Problem::new(&field, format!("Shorten “{}” to {LONGEST_SECTION} characters.", before.heading)))
}

/// As people mean it: the same line ends from every browser, no space at the ends.
fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start() -> Vec<Section> {
        ["Who agrees", "Review"].map(|heading| Section { heading: heading.to_owned(), text: "Before.".to_owned() }).to_vec()
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 10, 22).unwrap()
    }

    fn form(texts: [&str; 2], review_on: &str) -> ProposalForm {
        let sections = texts.iter().enumerate().map(|(place, text)| (field_of_section(place), (*text).to_owned())).collect();
        ProposalForm { base: "1".to_owned(), review_on: review_on.to_owned(), sections, ..ProposalForm::default() }
    }

    fn fields_of(form: &ProposalForm) -> Vec<String> {
        let Err(AppError::Invalid(problems)) = form.check(&start(), today()) else { return Vec::new() };
        problems.into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn a_text_keeps_its_headings_and_tidies_its_lines() {
        let proposal = form([" One.\r\n\r\nTwo. ", "Once a year."], "2027-01-22").check(&start(), today()).unwrap();
        assert_eq!((proposal.sections[0].heading.as_str(), proposal.sections[0].text.as_str()), ("Who agrees", "One.\n\nTwo."));
    }

    #[test]
    fn a_part_is_neither_empty_nor_endless() {
        let long = "a".repeat(6_001);
        assert_eq!(fields_of(&form(["  \r\n", &long], "2027-01-22")), ["sections[s0]", "sections[s1]"]);
        assert_eq!(fields_of(&ProposalForm { review_on: "2027-01-22".to_owned(), ..ProposalForm::default() }).len(), 2);
    }

    #[test]
    fn a_review_is_after_today_and_within_a_year() {
        for day in ["", "soon", "2026-10-22", "2027-10-24", "22/01/2027"] {
            assert_eq!(fields_of(&form(["One.", "Two."], day)), ["review_on"], "{day}");
        }
        assert!(form(["One.", "Two."], "2027-10-22").check(&start(), today()).is_ok());
    }

    #[test]
    fn nobody_agrees_without_saying_that_they_have_read_it() {
        let form = AgreeForm { version: "2".to_owned(), ..AgreeForm::default() };
        assert_eq!(form.check().unwrap_err().status(), 422);
        assert_eq!(AgreeForm { read: vec!["yes".to_owned()], ..form }.check().unwrap(), 2);
    }
}
