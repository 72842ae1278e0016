//! What was found, in words for people.

use text_guard::Category;

use crate::error::Problem;
use crate::ui::or;

/// A part of a text that looks like an identifier of a family.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Finding {
    /// What it looks like.
    pub category: Category,
    /// The part itself. It is for the writer's eyes, and for those alone who may read the text anyway.
    pub part: String,
}

/// Everything in a text that looks like an identifier, each part once.
pub fn look(text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut letters = text.chars();
    let mut read = 0;
    for span in text_guard::scan(text) {
        let part = letters.by_ref().skip(span.start - read).take(span.end - span.start).collect();
        read = span.end;
        let finding = Finding { category: span.category, part };
        if !findings.contains(&finding) {
            findings.push(finding);
        }
    }
    findings
}

/// What is wrong with a field in which something was found, without a word of what was found; nothing where nothing was.
pub fn problem(field: &str, findings: &[Finding]) -> Option<Problem> {
    let mut kinds: Vec<Category> = findings.iter().map(|finding| finding.category).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let names: Vec<String> = kinds.iter().map(|category| name(*category).to_owned()).collect();
    let details = match findings.len() {
        0 => return None,
        1 => "this detail".to_owned(),
        more => format!("{more} details"),
    };
    let looks = if findings.len() == 1 { "It looks" } else { "They look" };
    let together = if findings.len() == 1 { "It" } else { "Together they" };
    Some(Problem::new(field, format!("Please change {details}. {together} could point to one family. {looks} like {}.", or(&names))))
}

/// Adds what is wrong with a field, unless the writer has looked again and says that it is nobody's.
pub fn check(field: &str, text: &str, is_nobodys: bool, problems: &mut Vec<Problem>) {
    if !is_nobodys {
        problems.extend(problem(field, &look(text)));
    }
}

/// What a part looks like.
pub const fn name(category: Category) -> &'static str {
    match category {
        Category::NhsNumber => "an NHS number",
        Category::DateOfBirth => "a date of birth",
        Category::Postcode => "a postcode",
        Category::Telephone => "a telephone number",
        Category::Email => "an email address",
        Category::VehicleRegistration => "the number of a car",
        Category::PersonName => "somebody’s full name",
        Category::CaseReference => "the number of a case",
        Category::Address => "the address of a home",
    }
}

/// How to say the same with less.
pub const fn advice(category: Category) -> &'static str {
    match category {
        Category::NhsNumber | Category::CaseReference => "Leave the number out.",
        Category::DateOfBirth => "Say an age instead, like “ten weeks old”.",
        Category::Postcode | Category::Address => "Say what kind of place it is, like “a flat on the third floor”.",
        Category::Telephone => "Leave it out, or say “by telephone”. If it is a service’s, say whose it is.",
        Category::Email => "Leave it out, or say “by email”.",
        Category::VehicleRegistration => "Say “their car”.",
        Category::PersonName => "Say “the mother” or “the baby”, or use an invented first name.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TALK: &str = "👶 Mum Sarah Jones rang from 07700 900123. Ring mum on 07700 900123, she is at M14 5RT now.";

    #[test]
    fn each_part_is_found_once_and_whole() {
        let parts: Vec<String> = look(TALK).into_iter().map(|finding| finding.part).collect();
        assert_eq!(parts, ["Sarah Jones", "07700 900123", "M14 5RT"]);
    }

    #[test]
    fn what_is_wrong_is_said_without_a_word_of_what_was_found() {
        let mut problems = Vec::new();
        check("reason", TALK, false, &mut problems);
        let message = problems.iter().map(|problem| problem.message.as_str()).collect::<String>();
        assert_eq!(
            message,
            "Please change 3 details. Together they could point to one family. They look like a postcode, a telephone number or somebody’s full name."
        );
        assert_eq!(
            problem("reason", &look("She lives at 14 Elm Road.")).unwrap().message,
            "Please change this detail. It could point to one family. It looks like the address of a home."
        );
    }

    #[test]
    fn harmless_words_and_words_that_are_nobodys_pass() {
        let mut problems = Vec::new();
        check("reason", "The silence lasted and I did not fill it.", false, &mut problems);
        check("reason", TALK, true, &mut problems);
        assert_eq!(problems, []);
    }
}
