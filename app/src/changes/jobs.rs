//! What the program does for published series on its own.

use super::store::{extend, forget, series_to_extend};
use crate::access::System;
use crate::availability::store::forget_kept;
use crate::error::AppError;

/// Plans the further sessions of every series without an end. Says how many series went on; one that cannot holds up no other.
///
/// Safe to run in several processes at once: each takes the group first, and finds the horizon moved on where another was quicker.
pub async fn plan_further_sessions(system: &System) -> Result<u64, AppError> {
    let mut extended = 0_u64;
    for (series, group, supervisor) in series_to_extend(system).await? {
        match extend(system, (series, group, supervisor)).await {
            Ok(was_extended) => extended = extended.saturating_add(u64::from(was_extended)),
            // The others are no worse for it, and this one is tried again.
            Err(error) => tracing::warn!(series.id = %series, %error, "A series could not be planned further."),
        }
    }
    Ok(extended)
}

/// Forgets what can no longer be undone, and what was kept as it is of sessions that have begun. Says how many changes there were.
pub async fn forget_changes(system: &System) -> Result<u64, AppError> {
    forget_kept(system).await?;
    forget(system).await
}
