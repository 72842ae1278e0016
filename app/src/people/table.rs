//! The list of people as a table.

use super::forms::PeopleFilter;
use super::store::everybody_for;
use crate::access::{Permission, Role, Visit, require_of};
use crate::error::AppError;
use crate::ui::Table;

/// Everybody whom a filter leaves, as the list shows them.
pub async fn people_table(visit: &Visit, filter: &PeopleFilter) -> Result<Table, AppError> {
    let actor = require_of(visit, Permission::ManagePeople)?;
    let people = everybody_for(&actor, filter).await?;
    let rows = people.into_iter().map(|person| {
        let roles: Vec<&str> = person.roles.iter().map(Role::name).collect();
        let roles = roles.join(", ");
        vec![person.name, person.email, person.standing.name().to_owned(), roles, person.profession, person.authority]
    });
    Ok(Table { name: "people", head: &["Name", "Email address", "Standing", "Role", "Profession", "Authority"], rows: rows.collect() })
}
