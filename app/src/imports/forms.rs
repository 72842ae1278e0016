//! What the forms of an import send.

use serde::{Deserialize, Serialize};

use crate::error::AppError;
use crate::people::WorksThere;
use crate::people::forms::works_there;

/// Which import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ImportAddress {
    /// In its address.
    pub code: String,
}

/// Taking an import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TakeImportForm {
    /// In its address.
    pub code: String,
    /// "named" where authorities have told the Centre that the people of the file work there, and otherwise their leads are asked.
    pub works_there: String,
    /// How it was told, or empty.
    pub how: String,
}

impl TakeImportForm {
    /// Whose word there is of those who are entered with an authority, or what is wrong.
    pub fn check(&self) -> Result<WorksThere, AppError> {
        works_there(&self.works_there, &self.how).map_err(|problem| AppError::Invalid(vec![problem]))
    }
}
