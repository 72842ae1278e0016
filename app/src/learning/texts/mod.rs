//! The learning pages, in the order in which they are offered.

mod noticing;
mod session_of_six;
mod session_that_stays;
mod what_supervision_is_for;
mod writing;

use super::model::Text;
use crate::error::AppError;

/// Every learning page.
pub const TEXTS: &[Text] = &[what_supervision_is_for::TEXT, session_of_six::TEXT, noticing::TEXT, writing::TEXT, session_that_stays::TEXT];

/// The page at a part of an address.
pub fn text_of(slug: &str) -> Result<&'static Text, AppError> {
    TEXTS.iter().find(|text| text.slug == slug).ok_or(AppError::NotFound)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::forms::AnswersForm;
    use crate::learning::model::Question;

    fn right_answers(text: &Text) -> AnswersForm {
        let right = |question: &Question| question.options.iter().position(|choice| choice.is_right).unwrap() + 1;
        let answers = (1..).zip(text.questions).map(|(place, question)| (format!("q{place}"), right(question).to_string())).collect();
        AnswersForm { slug: text.slug.to_owned(), answers }
    }

    #[test]
    fn a_page_is_finished_by_the_right_answers_and_whoever_answers_otherwise_is_told_why() {
        for text in TEXTS {
            let mut form = right_answers(text);
            form.check(text).unwrap();
            form.answers.insert("q1".to_owned(), "99".to_owned());
            let wrong = text.questions[1].options.iter().position(|choice| !choice.is_right).unwrap();
            form.answers.insert("q2".to_owned(), (wrong + 1).to_string());
            let Err(AppError::Invalid(problems)) = form.check(text) else { panic!("{} took a wrong answer", text.slug) };
            let said: Vec<(&str, &str)> = problems.iter().map(|problem| (problem.field.as_str(), problem.message.as_str())).collect();
            let unanswered = format!("Choose an answer: {}", text.questions[0].asks);
            assert_eq!(said, [("answers[q1]", unanswered.as_str()), ("answers[q2]", text.questions[1].options[wrong].feedback)]);
        }
    }

    #[test]
    fn each_page_is_short_and_each_question_has_one_right_answer_and_something_to_say_about_each() {
        assert_eq!(TEXTS.len(), 5);
        for text in TEXTS {
            let words: usize = text
                .sections
                .iter()
                .flat_map(|section| section.paragraphs.iter().chain(section.points))
                .map(|words| words.split_whitespace().count())
                .sum();
            assert!((300..=600).contains(&words), "{} has {words} words", text.slug);
            assert!((2..=4).contains(&text.questions.len()), "{}", text.slug);
            for question in text.questions {
                assert_eq!(question.options.iter().filter(|choice| choice.is_right).count(), 1, "{}", question.asks);
                assert!(question.options.iter().all(|choice| !choice.feedback.is_empty()));
            }
        }
    }
}
