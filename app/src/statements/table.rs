//! Statements as tables.

use super::answers::{Line, Statement};
use super::forms::{MonthAddress, StatementAddress};
use super::store;
use crate::access::{Permission, Visit, require_of};
use crate::error::AppError;
use crate::ui::Table;

/// The actor's own statement of a month.
pub async fn own_statement_table(visit: &Visit, address: &MonthAddress) -> Result<Table, AppError> {
    let actor = require_of(visit, Permission::SeeOwnStatement)?;
    Ok(table(store::own_statement(&actor, address).await?.lines))
}

/// A supervisor's statement of a month; where nobody is named, the list holds nothing.
pub async fn statement_table(visit: &Visit, address: &StatementAddress) -> Result<Table, AppError> {
    let actor = require_of(visit, Permission::SeeStatements)?;
    if address.person.is_empty() {
        return Ok(table(Vec::new()));
    }
    let Statement { lines, .. } = store::statement_of(&actor, address).await?;
    Ok(table(lines))
}

fn table(lines: Vec<Line>) -> Table {
    let row = |line: Line| {
        let counted = if line.is_delivered() { line.length_minutes } else { 0 };
        let afterwards = line.afterwards().unwrap_or_default();
        vec![
            line.starts.format("%Y-%m-%d %H:%M").to_string(),
            line.name,
            line.kind.name().to_owned(),
            line.part.name().to_owned(),
            line.other.unwrap_or_default(),
            line.standing.name().to_owned(),
            line.length_minutes.to_string(),
            counted.to_string(),
            line.came.present.to_string(),
            line.came.part.to_string(),
            line.came.apologies.to_string(),
            line.came.late_apologies.to_string(),
            line.came.absent.to_string(),
            afterwards,
        ]
    };
    let head = &[
        "Began",
        "Session",
        "Kind",
        "Part",
        "For or by whom",
        "State",
        "Minutes",
        "Minutes counted",
        "Present",
        "Present for a part",
        "Apologies",
        "Late apologies",
        "Absent",
        "After the month",
    ];
    Table { name: "statement", head, rows: lines.into_iter().map(row).collect() }
}
