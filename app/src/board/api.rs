//! The board as JSON, and what the page shows.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::model::{Board, BoardForm};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the function below asks for.
pub const ASKS: &[Asks] = &[asks(BoardFor::PATH, Permission::SeeEveryGroup)];

/// Every supervisor's sessions in the week that a day is in.
#[server(prefix = "/api", endpoint = "board_for")]
pub async fn board_for(form: BoardForm) -> Result<Board, AppError> {
    use super::store;
    use crate::access::require;

    let actor = require(Permission::SeeEveryGroup)?;
    let asked = form.check()?;
    store::board_for(&actor, &asked).await
}
