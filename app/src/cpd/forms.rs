//! What the forms of the log send, and what of it can be used.

use serde::{Deserialize, Serialize};

use crate::error::AppError;

/// For which time a page adds up, and how.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LogAddress {
    /// The key of a stretch of time.
    pub period: String,
    /// The key of a [`super::model::Body`].
    pub body: String,
}

/// Which entry a page is about.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EntryAddress {
    /// Its part of the address.
    pub entry: String,
}

/// What somebody notes beside an entry.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NoteForm {
    /// The entry's part of the address.
    pub entry: String,
    /// The version that was changed; 0 where there was none.
    pub version: String,
    /// The words; empty to remove them.
    pub words: String,
}

/// The longest note.
const LONGEST: usize = 4_000;

impl NoteForm {
    /// The words, or what has to change.
    pub fn check(&self) -> Result<&str, AppError> {
        let words = self.words.trim();
        if words.chars().count() > LONGEST || words.contains('\0') {
            return Err(AppError::invalid("words", "Write at most 4,000 characters."));
        }
        Ok(words)
    }

    /// The version that the person was shown.
    pub fn shown_version(&self) -> i64 {
        self.version.parse().unwrap_or(0).max(0)
    }
}
