//! What the page of holds shows.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::people::PersonName;

/// Somebody who is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldLine {
    /// Who.
    pub person: PersonName,
    /// Who holds them.
    pub by: PersonName,
    /// Since when.
    pub since: NaiveDate,
}
