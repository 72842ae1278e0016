//! One's own hours as a table.

use super::forms::HoursAddress;
use super::model::Stretch;
use crate::access::{Permission, Visit, require_of};
use crate::error::AppError;
use crate::ui::Table;

/// Every line of the actor's hours in a stretch of time, each with who says so.
pub async fn hours_table(visit: &Visit, address: &HoursAddress) -> Result<Table, AppError> {
    let actor = require_of(visit, Permission::KeepOwnHours)?;
    let hours = super::store::hours_of(&actor, Stretch::of_key(&address.period)).await?;
    let sessions = hours.sessions.into_iter().map(|session| {
        vec![
            session.starts.date().to_string(),
            session.name,
            session.kind.name().to_owned(),
            session.intervention.name().to_owned(),
            session.state.name().to_owned(),
            session.minutes.to_string(),
            "Verified by the supervisor".to_owned(),
            session.supervisor_in_full,
        ]
    });
    let elsewhere = hours.elsewhere.into_iter().map(|entry| {
        vec![
            entry.held_on.to_string(),
            "Elsewhere".to_owned(),
            entry.format.name().to_owned(),
            entry.intervention.name().to_owned(),
            "Present".to_owned(),
            entry.minutes.to_string(),
            "Self-reported, not verified".to_owned(),
            entry.supervised_by,
        ]
    });
    let head = &["Date", "Supervision", "Format", "Intervention", "Attendance", "Minutes", "Who says so", "With whom"];
    Ok(Table { name: "hours", head, rows: sessions.chain(elsewhere).collect() })
}
