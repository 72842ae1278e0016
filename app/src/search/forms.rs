//! What the form of search sends.

use serde::{Deserialize, Serialize};

/// What to search for.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SearchForm {
    /// Words, or a day.
    pub words: String,
    /// The part of the address of the space in which alone to look; empty for everywhere.
    pub space: String,
}

/// A search that is kept.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SearchAddress {
    /// What stands for the words; empty where nothing is searched for.
    pub search: String,
    /// The key of the kind of text that alone is looked for; empty for every kind.
    pub kind: String,
    /// The part of the address of the space in which alone to look; empty for everywhere.
    pub space: String,
    /// Which page of one kind; empty for the first.
    pub page: String,
}
