//! A text on its way into the database: the one place where it is looked at.

use super::markdown;
use super::model::LONGEST_POST;
use super::plain::plain_text;
use crate::error::AppError;
use crate::guard;

/// A text that can be kept. Only [`Written::of`] and [`Written::for_a_moderator`] make one of what somebody typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    source: String,
    html: String,
    is_unnamed: bool,
    is_marked: bool,
}

impl Written {
    /// The text of a field called `text`, or what has to change. Whatever else a text must pass before anybody reads it belongs here: nothing is
    /// posted but what this has made.
    pub fn of(entered: &str) -> Result<Self, AppError> {
        let text = Self::for_a_moderator(entered)?;
        if text.is_marked {
            return Err(AppError::Invalid(guard::problem("text", &guard::look(&text.source)).into_iter().collect()));
        }
        Ok(text)
    }

    /// The same of a writer who was told what could identify a family, says that it does not, and asks a moderator: something in it may be marked, and
    /// it is shown to nobody else before one has looked at it.
    pub fn for_a_moderator(entered: &str) -> Result<Self, AppError> {
        // A text that is far too long is not worth counting to its end, nor turning into anything.
        let length = entered.chars().take(10 * LONGEST_POST).count();
        if length > LONGEST_POST {
            return Err(AppError::invalid(
                "text",
                format!("Shorten the text to 20,000 characters: it has {}. Nothing of it is lost, it is still in the box.", said(length)),
            ));
        }
        let source = plain_text(entered);
        let html = markdown::to_html(&source);
        if source.is_empty() || html.trim().is_empty() {
            return Err(AppError::invalid("text", "Write something first."));
        }
        let is_marked = !guard::look(&source).is_empty();
        Ok(Self { source, html, is_unnamed: false, is_marked })
    }

    /// A text that was kept, on its way from one place in the database to another.
    pub(super) fn of_kept(source: String, html: String) -> Self {
        Self { source, html, is_unnamed: false, is_marked: false }
    }

    /// The same with its writer's name, or without.
    #[must_use]
    pub fn bearing_name(self, bears_name: bool) -> Self {
        Self { is_unnamed: !bears_name, ..self }
    }

    /// Whether nobody is told whose it is.
    pub fn is_unnamed(&self) -> bool {
        self.is_unnamed
    }

    /// The same with a title in which something is marked.
    #[must_use]
    pub fn marked(self) -> Self {
        Self { is_marked: true, ..self }
    }

    /// Whether something in it could identify a family, so that a moderator looks at it before anybody else.
    pub fn is_marked(&self) -> bool {
        self.is_marked
    }

    /// As it was typed.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// As a page shows it.
    pub fn html(&self) -> &str {
        &self.html
    }

    /// The first words.
    pub fn excerpt(&self) -> String {
        markdown::excerpt(&self.source)
    }

    /// The codes of people who may be meant: `@` and eight characters.
    pub fn codes(&self) -> Vec<String> {
        let mut codes = codes_in(&self.source);
        codes.truncate(MOST_MENTIONS);
        codes
    }

    /// The same text, meaning somebody more.
    pub fn meaning(entered: &str, code: &str) -> String {
        if code.is_empty() || entered.contains(&format!("@{code}")) {
            entered.to_owned()
        } else {
            format!("{}\n\n@{code}", entered.trim_end())
        }
    }
}

/// The codes in a text, each once.
pub(super) fn codes_in(text: &str) -> Vec<String> {
    let mut codes: Vec<String> = text
        .split('@')
        .skip(1)
        .filter_map(|rest| rest.get(..8))
        .filter(|code| code.bytes().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit()))
        .map(ToOwned::to_owned)
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// How many people one post can mean.
const MOST_MENTIONS: usize = 20;

fn said(length: usize) -> String {
    if length >= 10 * LONGEST_POST { "more than 200,000".to_owned() } else { crate::ui::figure(i64::try_from(length).unwrap_or(i64::MAX)) }
}

/// What a text that is being typed will look like. It need not be one that can be kept yet.
pub fn preview(entered: &str) -> String {
    let start: String = entered.chars().take(LONGEST_POST).collect();
    markdown::to_html(&plain_text(&start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_of_a_megabyte_is_refused_and_so_is_nothing() {
        let refused = |text: &str| Written::of(text).unwrap_err().status();
        assert_eq!([refused(&"a".repeat(1_000_000)), refused(&"ä ".repeat(10_001)), refused(" \n ")], [422; 3]);
        assert!(Written::of(&"ä".repeat(20_000)).is_ok());
    }

    #[test]
    fn people_are_meant_by_their_codes() {
        let written = Written::of("Thank you @k3f9x2mv and @k3f9x2mv, not @Short.").unwrap();
        assert_eq!(written.codes(), ["k3f9x2mv"]);
        assert_eq!(Written::meaning("Thank you", "k3f9x2mv"), "Thank you\n\n@k3f9x2mv");
        assert_eq!(Written::meaning("Thank you @k3f9x2mv", "k3f9x2mv"), "Thank you @k3f9x2mv");
    }

    #[test]
    fn what_could_identify_a_family_is_not_posted_and_not_repeated() {
        let Err(AppError::Invalid(problems)) = Written::of("She is Kelly’s baby, NHS number 943 476 5919.") else {
            panic!("it is posted")
        };
        assert!(problems.iter().all(|problem| problem.field == "text" && !problem.message.contains("943")), "{problems:?}");
    }
}
