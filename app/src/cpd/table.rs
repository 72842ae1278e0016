//! One's own log as a table.

use super::forms::LogAddress;
use crate::access::{Permission, Visit, require_of};
use crate::error::AppError;
use crate::ui::Table;

/// Every entry of the actor's log in a stretch of time, with what they noted beside it.
pub async fn log_table(visit: &Visit, address: &LogAddress) -> Result<Table, AppError> {
    let actor = require_of(visit, Permission::Learn)?;
    let log = super::store::log_of(&actor, address).await?;
    let rows = log.entries.into_iter().map(|entry| {
        vec![
            entry.on.to_string(),
            entry.kind.name().to_owned(),
            entry.title,
            entry.with,
            entry.minutes.to_string(),
            entry.counted.map(|minutes| minutes.to_string()).unwrap_or_default(),
            entry.kind.says().to_owned(),
            entry.note,
        ]
    });
    let head = &["Date", "Kind", "What", "With whom or by whom", "Minutes", "Minutes that count", "Who says so", "My note"];
    Ok(Table { name: "cpd-log", head, rows: rows.collect() })
}
