//! The register as a table.

use super::forms::RegisterFilter;
use crate::access::{Permission, Visit, require_of};
use crate::error::AppError;
use crate::ui::Table;

/// The lines of the register that a filter leaves, in its order.
pub async fn register_table(visit: &Visit, filter: &RegisterFilter) -> Result<Table, AppError> {
    let actor = require_of(visit, Permission::SeeAuthorities)?;
    let register = super::store::register(&actor).await?;
    let rows = register.shown(filter).into_iter().map(|authority| {
        let step = authority.next_step.as_ref();
        vec![
            authority.name.clone(),
            authority.gss_code.clone(),
            authority.region.clone(),
            authority.stage.name().to_owned(),
            authority.owner.as_ref().map_or("Nobody", |owner| owner.short.as_str()).to_owned(),
            step.map(|step| step.words.clone()).unwrap_or_default(),
            step.map(|step| step.on.to_string()).unwrap_or_default(),
            authority.upkeep(register.today).words().to_owned(),
            authority.practitioners.to_string(),
        ]
    });
    let rows = rows.collect();
    let head = &[
        "Authority",
        "ONS code",
        "Region",
        "Stage",
        "Owner",
        "Next step",
        "Date of the next step",
        "State of the next step",
        "Practitioners",
    ];
    Ok(Table { name: "authorities", head, rows })
}
