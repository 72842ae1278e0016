//! What the program does for digests on its own.

use super::store::{forget_old_links, send, who_is_due};
use crate::access::System;
use crate::error::AppError;

/// Writes the digests that are due. Says how many were written.
///
/// Safe to run in several processes at once: each person is taken by one of them.
pub async fn send_digests(system: &System) -> Result<u64, AppError> {
    let mut written = 0_u64;
    let due = who_is_due(system).await?;
    for person in &due {
        written = written.saturating_add(u64::from(send(system, *person).await?));
    }
    if !due.is_empty() {
        forget_old_links(system).await?;
    }
    Ok(written)
}
