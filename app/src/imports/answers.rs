//! What the pages of an import show.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::people::Standing;

/// What one has brought: the files that wait to be taken, and those that can still be taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnImports {
    /// The newest first.
    pub imports: Vec<ImportLine>,
}

/// An import in the list of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportLine {
    /// In its address.
    pub code: String,
    /// When it was brought.
    pub brought_at: DateTime<Utc>,
    /// When it was taken, if it was.
    pub taken_at: Option<DateTime<Utc>>,
}

/// An import: what would become of it, or what has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    /// In its address.
    pub code: String,
    /// Until when it is kept.
    pub kept_until: DateTime<Utc>,
    /// The headings that are not understood.
    pub left_out: Vec<String>,
    /// Whoever would be added.
    pub added: Vec<AddedLine>,
    /// Whoever would be changed.
    pub changed: Vec<ChangedLine>,
    /// How many are here as the file says.
    pub same: usize,
    /// Rows that are not taken, each with what to do.
    pub left: Vec<LeftRow>,
    /// What has become of it, once it was taken.
    pub taken: Option<Taken>,
}

/// Somebody who would be added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddedLine {
    /// The row.
    pub row: usize,
    /// "Rahman, Amina".
    pub name: String,
    /// The email.
    pub email: String,
    /// "Practitioner, Bradford".
    pub about: String,
    /// "All answers", "Hours are missing".
    pub answers: String,
    /// With whom they would stay, and until when they are cleared, each in a sentence.
    pub more: Vec<String>,
}

/// Somebody who would be changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedLine {
    /// The row.
    pub row: usize,
    /// The person's code.
    pub code: String,
    /// "Rahman, Amina".
    pub name: String,
    /// What would be different, each in a sentence.
    pub changes: Vec<String>,
}

/// A row that is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftRow {
    /// Its number.
    pub row: usize,
    /// Whom it is about, as far as it says so: "Rahman, Amina".
    pub name: String,
    /// What stands in the cell, the heading above it, and what to do.
    pub problems: Vec<CellToMend>,
}

/// A cell that has to be put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellToMend {
    /// The heading as it stands in the file, or as it is expected where there is none.
    pub heading: String,
    /// What to do.
    pub message: String,
}

/// What has become of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// When.
    pub at: DateTime<Utc>,
    /// Whoever was added or changed by it and is so still.
    pub people: Vec<TakenLine>,
    /// How many of them can be invited.
    pub to_invite: usize,
    /// Whether it was taken back, as far as that could be.
    pub is_taken_back: bool,
}

/// Somebody whom an import added or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenLine {
    /// The person's code.
    pub code: String,
    /// "Rahman, Amina".
    pub name: String,
    /// How far they have come in joining.
    pub standing: Standing,
    /// Whether they were added, and not changed.
    pub is_added: bool,
}
