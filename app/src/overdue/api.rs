//! Overdue supervision, as a server function.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::model::{OverdueList, OverduePart};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the function below asks for.
pub const ASKS: &[Asks] = &[asks(OverduePeople::PATH, Permission::SeeEveryGroup)];

/// Everybody whose supervision is overdue, those first who have waited longest.
#[server(prefix = "/api", endpoint = "overdue_people")]
pub async fn overdue_people(form: OverduePart) -> Result<OverdueList, AppError> {
    let actor = crate::access::require(Permission::SeeEveryGroup)?;
    super::store::overdue_people(&actor, crate::groups::page_number(&form.page)).await
}
