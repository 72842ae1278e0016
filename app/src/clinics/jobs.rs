//! What the program does for open clinics on its own.

use super::store::{follow, sessions_to_follow};
use crate::access::System;
use crate::error::AppError;

/// Gives free places to those who wait for them, tells those who wait for a session that was cancelled, and forgets who waited for one that has begun. Says how
/// many people there were.
///
/// A place that is given back goes on at once; this is for those that come in another way, as where a clinic has more places from now on. Safe to run in
/// several processes at once: each session is taken by one of them.
pub async fn follow_clinics(system: &System) -> Result<u64, AppError> {
    let mut people = 0_u64;
    for session in sessions_to_follow(system).await? {
        people = people.saturating_add(follow(system, session).await?);
    }
    Ok(people)
}
