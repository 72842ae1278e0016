//! A backup: every row of every table as it stood at one moment, in a form that neither database owns, so that it can be restored into
//! either.
//!
//! The file is gzip over lines of JSON, which `zcat` shows. The first line is the [`Header`]; then for each table its name and columns, one
//! line for each row, and their number; the last line is the [`Total`] with the SHA-256 of every line before it. A value is an integer, a
//! text, `{"hex": …}` for bytes and identities, or null; instants, dates and JSON are texts, as SQLite keeps them. Invariants: a file without
//! its last line, or with another checksum, is refused before anything is touched; a restore is one unit of work, all of it or nothing.

mod load;
mod read;
mod write;

use serde::{Deserialize, Serialize};

pub use load::load;
pub use read::{Contents, check};
pub use write::write;

/// What the first line says under `format`.
const FORMAT: &str = "reverie backup 1";

/// What a backup says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The format and its version.
    pub format: String,
    /// The last step of the schema that the rows are of.
    pub schema: i64,
    /// The moment that it shows.
    pub made_at: String,
    /// The version of the program.
    pub version: String,
}

impl Header {
    /// The header of a backup that this program makes.
    pub fn new(schema: i64, made_at: &str) -> Self {
        Self { format: FORMAT.to_owned(), schema, made_at: made_at.to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
    }
}

/// A line after the first.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    /// A row of the table that was named last.
    Row(Vec<Option<Cell>>),
    /// A table begins.
    Table { table: String, columns: Vec<String> },
    /// It ends.
    End { end: String, rows: u64 },
    /// The backup ends.
    Total(Total),
}

/// The last line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Total {
    rows: u64,
    sha256: String,
}

/// A value, where there is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
enum Cell {
    Whole(i64),
    Text(String),
    Bytes { hex: String },
}

/// Why a backup could not be made or restored, with what to do.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// Not one of ours.
    #[error("this file is no backup of Reverie")]
    NotABackup,
    /// Of a later version of the program.
    #[error("this backup was made by a newer version of Reverie (schema step {0}); restore it with that version")]
    Newer(i64),
    /// The end is not there: the disk was full, or the copy was broken off.
    #[error("this backup is not whole: its end is missing")]
    CutShort,
    /// The checksum does not fit, or a line cannot be read.
    #[error("this backup is damaged, at or before line {0}; nothing was changed")]
    Damaged(u64),
    /// A table or column that this version does not know.
    #[error("this backup holds `{0}`, which its schema does not have; nothing was changed")]
    Unknown(String),
    /// More or fewer rows arrived than left.
    #[error("of table `{table}`, {expected} rows were to be restored and {found} arrived; nothing was changed")]
    Miscounted {
        /// Which table.
        table: String,
        /// As the backup says.
        expected: u64,
        /// As the database says.
        found: i64,
    },
    /// The file.
    #[error("the file of the backup: {0}")]
    File(#[from] std::io::Error),
    /// The database.
    #[error("the database: {}", app::database::explain(.0))]
    Database(#[from] sqlx::Error),
}
