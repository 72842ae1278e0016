//! Matching rounds, as server functions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{RoundLine, RoundOf, RoundToStart};
use super::forms::{RoundAddress, RoundForm};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(RoundsList::PATH, Permission::ManageMatching),
    asks(RoundToStartFor::PATH, Permission::ManageMatching),
    asks(StartRound::PATH, Permission::ManageMatching),
    asks(RoundByNumber::PATH, Permission::ManageMatching),
    asks(StopRound::PATH, Permission::ManageMatching),
];

/// Every round.
#[server(prefix = "/api", endpoint = "rounds_list")]
pub async fn rounds_list() -> Result<Vec<RoundLine>, AppError> {
    let actor = crate::access::require(Permission::ManageMatching)?;
    super::store::rounds_list(&actor).await
}

/// Who would take part in a round, and what is in the way of the others.
#[server(prefix = "/api", endpoint = "round_to_start")]
pub async fn round_to_start_for(#[server(default)] form: RoundForm) -> Result<RoundToStart, AppError> {
    let actor = crate::access::require(Permission::ManageMatching)?;
    super::store::round_to_start(&actor, form.with_dates(::series::local(actor.now()).date())).await
}

/// Starts a round: what it is asked is frozen, and the engine takes it up.
#[server(prefix = "/api", endpoint = "start_round")]
pub async fn start_round(#[server(default)] form: RoundForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageMatching)?;
    let number = super::store::start_round(&actor, &form).await?;
    go_to(&crate::paths::round(number), "The round is started. Nobody is told anything of it.");
    Ok(())
}

/// A round with its proposal.
#[server(prefix = "/api", endpoint = "round_by_number")]
pub async fn round_by_number(#[server(default)] form: RoundAddress) -> Result<RoundOf, AppError> {
    let actor = crate::access::require(Permission::ManageMatching)?;
    super::store::round_of(&actor, form.number()?).await
}

/// Asks the engine to stop and keep what it has.
#[server(prefix = "/api", endpoint = "stop_round")]
pub async fn stop_round(#[server(default)] form: RoundAddress) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageMatching)?;
    let number = form.number()?;
    super::store::stop_round(&actor, number).await?;
    go_to(&crate::paths::round(number), "The engine stops in a moment, and keeps the best groups that it has.");
    Ok(())
}
