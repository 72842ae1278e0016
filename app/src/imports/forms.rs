//! What the forms of an import send.

use serde::{Deserialize, Serialize};

/// Which import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ImportAddress {
    /// In its address.
    pub code: String,
}
