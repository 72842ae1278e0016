//! What came in and what was decided, month by month, as a table.

use super::model::Outcome;
use super::store::months;
use crate::access::{Permission, Visit, require_of};
use crate::error::AppError;
use crate::ui::Table;

/// The counts of the page of moderation.
pub async fn moderation_table(visit: &Visit) -> Result<Table, AppError> {
    let actor = require_of(visit, Permission::Moderate)?;
    let rows = months(&actor).await?.into_iter().map(|month| {
        let of = |outcome: Outcome| month.decisions.iter().find(|(other, _)| *other == outcome).map_or(0, |(_, count)| *count).to_string();
        let counts = Outcome::OF_REPORTS.into_iter().chain(Outcome::OF_WAITING).map(of);
        let median = month.median_minutes.map(|minutes| minutes.to_string()).unwrap_or_default();
        [month.first_day.format("%Y-%m").to_string(), month.reports.to_string()].into_iter().chain(counts).chain([median]).collect()
    });
    let head = &[
        "Month",
        "Reports",
        "Left as it is",
        "Warned",
        "Asked to change",
        "Hidden",
        "Hidden, posting paused",
        "Shown",
        "Sent back",
        "Working minutes (median)",
    ];
    Ok(Table { name: "moderation", head, rows: rows.collect() })
}
