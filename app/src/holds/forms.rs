//! What the forms of holds send, and what of it can be used.

use serde::{Deserialize, Serialize};

use crate::error::AppError;
use crate::people::EmailAddress;

/// Holding somebody. There is deliberately no field for a reason.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HoldForm {
    /// Their work email.
    pub email: String,
}

impl HoldForm {
    /// The email.
    pub fn check(&self) -> Result<EmailAddress, AppError> {
        EmailAddress::of(&self.email).ok_or_else(|| AppError::invalid("email", "Enter a work email, like name@council.gov.uk."))
    }
}

/// Lifting a hold.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LiftForm {
    /// The code of the person.
    pub person: String,
}
