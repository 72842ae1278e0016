//! What the program does for published series on its own.

use super::store::{extend, forget, series_to_extend};
use crate::access::System;
use crate::error::AppError;

/// Plans the further sessions of every series without an end. Says how many series went on.
///
/// Safe to run in several processes at once: each takes the group first, and finds the horizon moved on where another was quicker.
pub async fn plan_further_sessions(system: &System) -> Result<u64, AppError> {
    let mut extended = 0_u64;
    for series in series_to_extend(system).await? {
        if extend(system, series).await? {
            extended = extended.saturating_add(1);
        }
    }
    Ok(extended)
}

/// Forgets what can no longer be undone. Says how many changes there were.
pub async fn forget_changes(system: &System) -> Result<u64, AppError> {
    forget(system).await
}
