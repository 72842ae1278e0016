//! Which statement is asked for.

use serde::{Deserialize, Serialize};

use super::model::Month;
use crate::error::AppError;

/// One's own statement of a month; the present one where none is named.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MonthAddress {
    /// "2026-10".
    pub month: String,
}

/// A supervisor's statement of a month.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StatementAddress {
    /// The person's part of the address.
    pub person: String,
    /// "2026-10".
    pub month: String,
}

/// The month of an address; the present one where none is named.
pub fn month_of(part: &str, present: Month) -> Result<Month, AppError> {
    if part.is_empty() { Ok(present) } else { Month::of_address(part).ok_or(AppError::NotFound) }
}
