//! What the forms of open clinics send.

use serde::{Deserialize, Serialize};

/// Booking a place at a session, waiting for one, or waiting no more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BookForm {
    /// The session's part of the address.
    pub session: String,
    /// The version of the clinic's agreement that the person was shown, and agrees to by booking.
    pub version: String,
}

impl BookForm {
    /// The version that was shown; one that was tampered with is no version, so that nobody agrees to it.
    pub fn shown_version(&self) -> i64 {
        self.version.parse().unwrap_or(0)
    }
}

/// Giving a place back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GiveBackForm {
    /// The session's part of the address.
    pub session: String,
}
