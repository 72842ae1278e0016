//! What the pages of learning show.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The entrance to learning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Learning {
    /// Every learning page.
    pub lines: Vec<LearningLine>,
    /// Whether the reader revokes certificates.
    pub may_revoke: bool,
}

/// A learning page, and whether the reader has finished it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LearningLine {
    /// Its part of the address.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub about: String,
    /// For how long it counts.
    pub minutes: i64,
    /// When the reader finished it.
    pub finished_on: Option<NaiveDate>,
}
