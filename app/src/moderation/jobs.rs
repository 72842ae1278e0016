//! What the program does for moderation on its own.

use super::store::{who_is_asked, write_to};
use crate::access::System;
use crate::error::AppError;

/// Writes to those who were asked to decide, one letter to each for what came within an hour. Says how many were written.
///
/// Safe to run in several processes at once: what somebody was asked is taken by one of them.
pub async fn write_to_moderators(system: &System) -> Result<u64, AppError> {
    let mut written = 0_u64;
    for person in who_is_asked(system).await? {
        written = written.saturating_add(u64::from(write_to(system, person).await?));
    }
    Ok(written)
}
