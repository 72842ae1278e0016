//! What the program does for openings on its own.

use crate::access::System;
use crate::error::AppError;

/// Ends what nobody answered in time, and what was open until now, and writes it down. Says how many ended.
///
/// Nothing depends on when this runs: what its time is over for is closed. Safe to run in several processes at once: each is ended by one of them.
pub async fn end_openings(system: &System) -> Result<u64, AppError> {
    super::store::end(system).await
}
