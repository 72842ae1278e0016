//! What the program does for the waiting list on its own.

use super::store::{offers_to_pass_on, pass_on};
use crate::access::System;
use crate::error::AppError;

/// Lets each place go to the next who fits that was declined, or not answered about in time, and tells the coordinator. Says how many offers
/// ended so.
///
/// Safe to run in several processes at once: each offer is taken by one of them.
pub async fn pass_places_on(system: &System) -> Result<u64, AppError> {
    let mut passed = 0_u64;
    for passing in offers_to_pass_on(system).await? {
        if pass_on(system, &passing).await? {
            passed = passed.saturating_add(1);
        }
    }
    Ok(passed)
}
