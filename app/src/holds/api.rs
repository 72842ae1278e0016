//! Holds, as server functions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::HoldLine;
use super::forms::{HoldForm, LiftForm};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(HoldsList::PATH, Permission::HoldFromMatching),
    asks(HoldPerson::PATH, Permission::HoldFromMatching),
    asks(LiftHold::PATH, Permission::HoldFromMatching),
];

/// Everybody who is held.
#[server(prefix = "/api", endpoint = "holds_list")]
pub async fn holds_list() -> Result<Vec<HoldLine>, AppError> {
    let actor = crate::access::require(Permission::HoldFromMatching)?;
    super::store::holds_list(&actor).await
}

/// Holds somebody.
#[server(prefix = "/api", endpoint = "hold_person")]
pub async fn hold_person(#[server(default)] form: HoldForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::HoldFromMatching)?;
    super::store::hold_person(&actor, &form.check()?).await?;
    go_to(crate::paths::HOLDS, "They are not placed in a group until the hold is lifted. Nobody is told.");
    Ok(())
}

/// Lifts a hold.
#[server(prefix = "/api", endpoint = "lift_hold")]
pub async fn lift_hold(#[server(default)] form: LiftForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::HoldFromMatching)?;
    super::store::lift_hold(&actor, &form.person).await?;
    go_to(crate::paths::HOLDS, "The hold is lifted. They can be placed again.");
    Ok(())
}
