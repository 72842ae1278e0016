//! What the program does for polls on its own.

use super::store::{announce, forget_links, polls_to_announce};
use crate::access::System;
use crate::error::AppError;

/// Tells the organiser of each poll that has closed by itself, once. Says how many were told.
///
/// Safe to run in several processes at once: each poll is taken by one of them.
pub async fn announce_closed_polls(system: &System) -> Result<u64, AppError> {
    let mut told = 0_u64;
    for poll in polls_to_announce(system).await? {
        if announce(system, poll).await? {
            told = told.saturating_add(1);
        }
    }
    Ok(told)
}

/// Forgets the links of polls that closed long ago.
pub async fn forget_poll_links(system: &System) -> Result<u64, AppError> {
    forget_links(system).await
}
