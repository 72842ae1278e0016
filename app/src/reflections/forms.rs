//! What the forms of the log send, and what of it can be used.

use serde::{Deserialize, Serialize};

use super::model::{Prompt, Words};
use crate::error::{AppError, Problem};

/// Which part of the log a page shows.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LogAddress {
    /// Which page, counted from one.
    pub page: String,
}

impl LogAddress {
    /// Which page; the first where it is no number.
    pub fn page(&self) -> i64 {
        self.page.parse().ok().filter(|page| (1..100_000).contains(page)).unwrap_or(1)
    }
}

/// What a new entry is to be about.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NewAddress {
    /// The session's part of the address; may be empty.
    pub session: String,
    /// The part of the address that a refused form had already; may be empty.
    pub code: String,
}

/// Which entry a page or a button is about.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EntryAddress {
    /// Its part of the address.
    pub code: String,
}

/// Putting back what was removed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RestoreForm {
    /// The entry's part of the address.
    pub change: String,
}

/// Sharing an entry.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ShareForm {
    /// The entry's part of the address.
    pub code: String,
    /// The supervisor's.
    pub supervisor: String,
}

/// An entry, as HTML sends it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EntryForm {
    /// Its part of the address, which is drawn when the form is made.
    pub code: String,
    /// The version that was changed; 0 where it is new.
    pub version: String,
    /// The session that it is about; may be empty.
    pub session: String,
    /// A title; may be empty.
    pub title: String,
    /// To each of the prompts; all may be empty but one.
    pub happened: String,
    pub felt: String,
    pub wonder: String,
    pub bring: String,
}

/// An entry that can be stored. Only [`EntryForm::check`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    pub(super) code: String,
    pub(super) version: i64,
    pub(super) session: String,
    pub(super) words: Words,
}

/// The longest title.
const LONGEST_TITLE: usize = 120;
/// The longest answer to a prompt: some eight pages.
const LONGEST: usize = 20_000;

impl EntryForm {
    /// What was begun, of which nothing is asked: of what is too long the beginning is kept.
    pub fn begun(&self) -> Result<NewEntry, AppError> {
        let words = self.words();
        let start = |text: String| text.chars().take(2 * LONGEST).collect();
        self.entry_of(Words {
            title: words.title.chars().take(2 * LONGEST_TITLE).collect(),
            happened: start(words.happened),
            felt: start(words.felt),
            wonder: start(words.wonder),
            bring: start(words.bring),
        })
    }

    /// The entry, or everything that has to change, in the order of the form.
    pub fn check(&self) -> Result<NewEntry, AppError> {
        let words = self.words();
        let mut problems = Vec::new();
        if words.title.chars().count() > LONGEST_TITLE {
            problems.push(Problem::new("title", format!("Shorten the title to {LONGEST_TITLE} characters or fewer.")));
        }
        for prompt in Prompt::ALL {
            if words.to(prompt).chars().count() > LONGEST {
                problems.push(Problem::new(prompt.key(), "Shorten this to 20,000 characters or fewer, or go on in another entry."));
            }
        }
        if words.is_empty() {
            problems.push(Problem::new(Prompt::Happened.key(), "Write something under one of the questions. Two lines are enough."));
        }
        if !problems.is_empty() {
            return Err(AppError::Invalid(problems));
        }
        self.entry_of(words)
    }

    fn words(&self) -> Words {
        Words {
            title: self.title.split_whitespace().collect::<Vec<_>>().join(" "),
            happened: text(&self.happened),
            felt: text(&self.felt),
            wonder: text(&self.wonder),
            bring: text(&self.bring),
        }
    }

    fn entry_of(&self, words: Words) -> Result<NewEntry, AppError> {
        let is_code = self.code.len() == 8 && self.code.bytes().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit());
        let version = self.version.parse().ok().filter(|version: &i64| is_code && *version >= 0).ok_or(AppError::NotFound)?;
        let session = self.session.chars().take(LONGEST_TITLE).collect();
        Ok(NewEntry { code: self.code.clone(), version, session, words })
    }
}

impl NewEntry {
    /// Whether nothing was written, and no title.
    pub(super) fn is_blank(&self) -> bool {
        self.words.title.is_empty() && self.words.is_empty()
    }
}

/// Lines that end in one way, without empty ones around them.
fn text(entered: &str) -> String {
    entered.replace("\r\n", "\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_lines_under_any_question_are_enough() {
        let form = EntryForm {
            code: "k3f9x2mv".to_owned(),
            version: "0".to_owned(),
            felt: "  Tired.\r\nAnd glad. ".to_owned(),
            ..EntryForm::default()
        };
        assert_eq!(form.check().unwrap().words, Words { felt: "Tired.\nAnd glad.".to_owned(), ..Words::default() });
        let fields = |form: EntryForm| match form.check() {
            Err(AppError::Invalid(problems)) => problems.into_iter().map(|problem| problem.field).collect::<Vec<_>>(),
            _ => Vec::new(),
        };
        assert_eq!(fields(EntryForm { felt: " \n".to_owned(), ..form.clone() }), ["happened"]);
        assert_eq!(fields(EntryForm { title: "x".repeat(121), bring: "x".repeat(20_001), ..form.clone() }), ["title", "bring"]);
        for code in ["", "K3F9X2MV", "k3f9x2m/"] {
            assert_eq!(EntryForm { code: code.to_owned(), ..form.clone() }.check(), Err(AppError::NotFound));
        }
    }
}
