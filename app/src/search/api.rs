//! Search, as server functions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::Found;
use super::forms::{SearchAddress, SearchForm};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[asks(SearchResults::PATH, Permission::Search), asks(Search::PATH, Permission::Search)];

/// What a search that is kept finds now.
#[server(prefix = "/api", endpoint = "search_results")]
pub async fn search_results(#[server(default)] form: SearchAddress) -> Result<Found, AppError> {
    let actor = crate::access::require(Permission::Search)?;
    super::store::found(&actor, &form).await
}

/// Searches. The words are kept on the server, and the address holds what stands for them.
#[server(prefix = "/api", endpoint = "search")]
pub async fn search(#[server(default)] form: SearchForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::Search)?;
    let search = crate::people::store::keep_search(&actor, &form.words).await?;
    go_to(&super::address(&search, None, &form.space, 1), "");
    Ok(())
}
