//! Closures, as server functions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{ClosureToSet, ClosuresPage};
use super::forms::{ClosureForm, ClosuresAddress};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(ClosuresOf::PATH, Permission::ManageClosures),
    asks(ClosureToSetAt::PATH, Permission::ManageClosures),
    asks(AddClosure::PATH, Permission::ManageClosures),
    asks(ChangeClosure::PATH, Permission::ManageClosures),
    asks(RemoveClosure::PATH, Permission::ManageClosures),
];

/// The closures and bank holidays of a year.
#[server(prefix = "/api", endpoint = "closures_of")]
pub async fn closures_of(#[server(default)] form: ClosuresAddress) -> Result<ClosuresPage, AppError> {
    let actor = crate::access::require(Permission::ManageClosures)?;
    let year = form.year(::series::local(actor.now()).date());
    super::store::closures_page(&actor, year).await
}

/// A closure to be changed, or a new one, with the sessions that fall into the days that stand in the form.
#[server(prefix = "/api", endpoint = "closure_to_set")]
pub async fn closure_to_set_at(#[server(default)] form: ClosureForm) -> Result<ClosureToSet, AppError> {
    let actor = crate::access::require(Permission::ManageClosures)?;
    super::store::closure_to_set(&actor, &form).await
}

/// Closes days.
#[server(prefix = "/api", endpoint = "add_closure")]
pub async fn add_closure(#[server(default)] form: ClosureForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageClosures)?;
    let closure = form.check()?;
    super::store::add_closure(&actor, &closure, &form.seen).await?;
    go_to(
        &ClosuresAddress::of(closure.year()),
        "The days are closed. New series step over them; sessions that are published stay as they are.",
    );
    Ok(())
}

/// Changes a closure.
#[server(prefix = "/api", endpoint = "change_closure")]
pub async fn change_closure(#[server(default)] form: ClosureForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageClosures)?;
    let closure = form.check()?;
    super::store::change_closure(&actor, &form, &closure).await?;
    go_to(&ClosuresAddress::of(closure.year()), "The closure is changed. Sessions that are published stay as they are.");
    Ok(())
}

/// Opens the days again.
#[server(prefix = "/api", endpoint = "remove_closure")]
pub async fn remove_closure(#[server(default)] form: ClosureForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::ManageClosures)?;
    super::store::remove_closure(&actor, &form).await?;
    go_to(crate::paths::CLOSURES, "The closure is removed. Series that have stepped over its days stay as they are.");
    Ok(())
}
