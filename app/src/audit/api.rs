//! The log, as server functions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::AuditLog;
use super::forms::AuditFilter;
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[asks(LogOf::PATH, Permission::SeeAuditLog), asks(CheckLog::PATH, Permission::SeeAuditLog)];

/// A page of the log, and what the last check of it found.
#[server(prefix = "/api", endpoint = "audit_log")]
pub async fn log_of(#[server(default)] form: AuditFilter) -> Result<AuditLog, AppError> {
    let actor = crate::access::require(Permission::SeeAuditLog)?;
    super::read::log_of(&actor, form).await
}

/// Walks the whole log now.
#[server(prefix = "/api", endpoint = "check_log")]
pub async fn check_log() -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::SeeAuditLog)?;
    super::check::check_now(&actor).await?;
    go_to(crate::paths::AUDIT, "The log was checked from its beginning.");
    Ok(())
}
