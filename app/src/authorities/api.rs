//! Reading the register, and saying where the Centre stands with an authority.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{AuthorityRecord, Register};
use super::forms::{AuthorityForm, ProgressForm};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(RegisterOfAuthorities::PATH, Permission::SeeAuthorities),
    asks(Authority::PATH, Permission::SeeAuthorities),
    asks(SetProgress::PATH, Permission::ManageAuthorities),
];

/// Every authority.
#[server(prefix = "/api", endpoint = "register_of_authorities")]
pub async fn register_of_authorities() -> Result<Register, AppError> {
    let actor = crate::access::require(Permission::SeeAuthorities)?;
    super::store::register(&actor).await
}

/// One authority.
#[server(prefix = "/api", endpoint = "authority")]
pub async fn authority(#[server(default)] form: AuthorityForm) -> Result<AuthorityRecord, AppError> {
    let actor = crate::access::require(Permission::SeeAuthorities)?;
    super::store::record_of(&actor, &form.slug).await?.ok_or(AppError::NotFound)
}

/// Says where the Centre stands with an authority.
#[server(prefix = "/api", endpoint = "set_progress")]
pub async fn set_progress(#[server(default)] form: ProgressForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};
    use crate::paths;

    let actor = require(Permission::ManageAuthorities)?;
    let progress = form.check()?;
    super::store::set_progress(&actor, &progress).await?;
    go_to(&paths::authority(&progress.slug), "Saved.");
    Ok(())
}
