//! Checking the chain before anybody asks.

use super::check::check_in_time;
use crate::access::System;
use crate::error::AppError;

/// Walks the log where that was not done for some hours. Answers how many entries were walked.
pub async fn check_audit_log(system: &System) -> Result<u64, AppError> {
    check_in_time(system).await
}
