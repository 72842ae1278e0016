//! What was removed from a log is deleted for good.

use crate::access::System;
use crate::error::AppError;

/// Deletes the entries that were removed more than an hour ago. Answers how many there were.
pub async fn forget_reflections(system: &System) -> Result<u64, AppError> {
    super::store::forget_removed(system).await
}
