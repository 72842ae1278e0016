//! The list of groups as a table.

use super::forms::GroupFilter;
use super::store::every_group;
use crate::access::{Permission, Visit, require_of};
use crate::error::AppError;
use crate::ui::Table;

/// The groups that one is in or leads, or every group, as the list shows them. Times are UK time.
pub async fn groups_table(visit: &Visit, filter: &GroupFilter) -> Result<Table, AppError> {
    let actor = require_of(visit, Permission::SeeOwnGroups)?;
    let groups = every_group(&actor, filter).await?;
    let rows = groups.into_iter().map(|group| {
        vec![
            // A file goes on to others, so it names nobody who is supervised; the page tells two pairs of one name apart.
            group.name.clone(),
            group.kind.name().to_owned(),
            group.on().unwrap_or_default().to_owned(),
            group.supervisor.short.clone(),
            group.members.to_string(),
            group.capacity.to_string(),
            group.next.map(|next| next.format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default(),
            group.standing().to_owned(),
        ]
    });
    let head = &["Group", "Kind", "Intervention", "Supervisor", "Members", "Places", "Next session", "Agreement"];
    Ok(Table { name: "groups", head, rows: rows.collect() })
}
