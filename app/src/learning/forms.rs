//! What the questions of a learning page send, and whether they are answered.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::model::{Choice, Question, Text, answer_field};
use crate::error::{AppError, Problem};

/// Which learning page it is about.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LearningAddress {
    /// Its part of the address.
    pub slug: String,
}

/// The answers to the questions of a page.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AnswersForm {
    /// The page's part of the address.
    pub slug: String,
    /// By `q1`, `q2` …: the place of the choice, counted from one.
    pub answers: BTreeMap<String, String>,
}

impl AnswersForm {
    /// Whether each question has its right answer; where one has not, what there is to say about the one that was chosen.
    pub fn check(&self, text: &Text) -> Result<(), AppError> {
        let problems: Vec<Problem> = (1..)
            .zip(text.questions)
            .filter_map(|(place, question)| {
                let message = match self.chosen(place, question) {
                    // Said with the question, since the list of problems has one of these for each.
                    None => format!("Choose an answer: {}", question.asks),
                    Some(choice) if choice.is_right => return None,
                    Some(choice) => choice.feedback.to_owned(),
                };
                Some(Problem::new(&answer_field(place), message))
            })
            .collect();
        if problems.is_empty() { Ok(()) } else { Err(AppError::Invalid(problems)) }
    }

    fn chosen(&self, place: usize, question: &Question) -> Option<&'static Choice> {
        let chosen: usize = self.answers.get(&format!("q{place}"))?.parse().ok()?;
        question.options.get(chosen.checked_sub(1)?)
    }
}
