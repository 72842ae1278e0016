//! The log as a table.

use super::forms::AuditFilter;
use super::read::listed;
use crate::access::{Permission, Visit, require_of};
use crate::error::AppError;
use crate::ui::Table;

/// The most entries of one file; days narrow it down.
pub(super) const MOST: i64 = 20_000;

/// The entries as the page shows them. Times are UK time.
pub async fn audit_table(visit: &Visit, filter: &AuditFilter) -> Result<Table, AppError> {
    let actor = require_of(visit, Permission::SeeAuditLog)?;
    let entries = listed(&actor, filter, MOST).await?;
    let rows = entries.into_iter().map(|entry| {
        vec![
            entry.sequence.to_string(),
            entry.at.format("%Y-%m-%d %H:%M:%S").to_string(),
            entry.who.unwrap_or_default(),
            entry.what,
            entry.kind,
            entry.whom.map(|(name, _)| name).unwrap_or_default(),
            entry.detail,
        ]
    });
    Ok(Table { name: "audit", head: &["Number", "When", "Who", "What", "Kind", "Whom", "Detail"], rows: rows.collect() })
}
