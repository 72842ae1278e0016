//! The library as a table.

use super::forms::LibraryFilter;
use crate::access::{Permission, Visit, require_of};
use crate::error::AppError;
use crate::registration::intervention_name;
use crate::ui::Table;

/// Every item that a filter leaves.
pub async fn library_table(visit: &Visit, filter: &LibraryFilter) -> Result<Table, AppError> {
    let actor = require_of(visit, Permission::Learn)?;
    let items = super::store::every_item(&actor, filter).await?;
    let rows = items.into_iter().map(|item| {
        vec![
            item.title,
            item.authors,
            item.year.map(|year| year.to_string()).unwrap_or_default(),
            item.kind.name().to_owned(),
            intervention_words(&item.intervention).to_owned(),
            item.audience.name().to_owned(),
            item.link,
            item.licence,
            item.reviewed_on.map(|day| day.to_string()).unwrap_or_default(),
            item.due_on.to_string(),
        ]
    });
    let head =
        &["Title", "Authors or publisher", "Year", "Kind", "Intervention", "Meant for", "Link", "Licence", "Reviewed on", "Next review"];
    Ok(Table { name: "library", head, rows: rows.collect() })
}

/// The words for an intervention's key, which is empty for the work in general.
pub fn intervention_words(key: &str) -> &'static str {
    if key.is_empty() { "Parent-infant work in general" } else { intervention_name(key) }
}
