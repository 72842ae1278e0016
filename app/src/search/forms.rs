//! What the form of search sends.

use serde::{Deserialize, Serialize};

/// What to search for.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SearchForm {
    /// Words, or a day.
    pub words: String,
}

/// A search that is kept.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SearchAddress {
    /// What stands for the words; empty where nothing is searched for.
    pub search: String,
}
