//! The waiting list as a table.

use super::forms::WaitingFilter;
use super::model::{days_since, times_in_words};
use super::store::everybody_waiting;
use crate::access::{Permission, Visit, require_of};
use crate::error::AppError;
use crate::ui::Table;

/// Everybody whom a filter leaves, as the list shows them.
pub async fn waiting_table(visit: &Visit, filter: &WaitingFilter) -> Result<Table, AppError> {
    let actor = require_of(visit, Permission::ManageWaiting)?;
    let today = ::series::local(actor.now()).date();
    let rows = everybody_waiting(&actor, filter).await?.into_iter().map(|line| {
        let held = line.offer.map(|offer| (offer.group_name, ::series::local(offer.until).format("%Y-%m-%d %H:%M").to_string()));
        let (group, until) = held.unwrap_or_default();
        vec![
            line.person.short,
            line.about,
            line.asked.kind.name().to_owned(),
            line.asked.way.name().to_owned(),
            times_in_words(&line.asked.times),
            line.asked.urgency.name().to_owned(),
            ::series::local(line.since).date().to_string(),
            days_since(line.since, today).to_string(),
            line.asked.wanted,
            group,
            until,
        ]
    });
    let head = &[
        "Person",
        "Work",
        "Waiting for",
        "Way to meet",
        "Times that suit",
        "How soon",
        "Since",
        "Days",
        "Group asked for",
        "Place held in",
        "Held until",
    ];
    Ok(Table { name: "waiting", head, rows: rows.collect() })
}
