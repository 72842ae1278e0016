//! What is sent when another calendar is added.

use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use super::address::CalendarAddress;
#[cfg(feature = "ssr")]
use crate::error::AppError;

/// The address of another calendar, as it is sent.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AddressForm {
    /// As it was pasted.
    pub calendar_address: String,
}

impl std::fmt::Debug for AddressForm {
    /// Without what nobody may know.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("AddressForm").finish_non_exhaustive()
    }
}

#[cfg(feature = "ssr")]
impl AddressForm {
    /// Checks that it can be an address.
    pub fn check(&self) -> Result<CalendarAddress, AppError> {
        CalendarAddress::of(&self.calendar_address).ok_or_else(|| {
            AppError::invalid("calendar_address", "Paste the whole private address of the calendar. It begins with https:// or webcal://.")
        })
    }
}
