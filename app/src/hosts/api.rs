//! Adding co-supervisors and observers to a session, and removing them.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::ShownHosts;
use super::forms::{AddHostForm, RemoveHostForm};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;
use crate::sessions::forms::SessionAddress;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(HostsOf::PATH, Permission::PlanSessions),
    asks(AddHost::PATH, Permission::PlanSessions),
    asks(RemoveHost::PATH, Permission::PlanSessions),
];

/// The hosts of a session, and who is free to be one.
#[server(prefix = "/api", endpoint = "hosts_of")]
pub async fn hosts_of(#[server(default)] form: SessionAddress) -> Result<ShownHosts, AppError> {
    let actor = crate::access::require(Permission::PlanSessions)?;
    let session = super::store::open_session_to_host(&actor, &form.code).await?;
    super::store::hosts_page(&actor, &session).await
}

/// Adds a co-supervisor or an observer who is free.
#[server(prefix = "/api", endpoint = "add_host")]
pub async fn add_host(#[server(default)] form: AddHostForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::PlanSessions)?;
    let session = super::store::open_session_to_host(&actor, &form.session).await?;
    let role = form.check()?;
    super::store::add_host(&actor, &session, &form.person, role).await?;
    go_to(&crate::paths::session_hosts(session.code()), "They are added. They and everybody who comes have been told.");
    Ok(())
}

/// Removes a co-supervisor or an observer.
#[server(prefix = "/api", endpoint = "remove_host")]
pub async fn remove_host(#[server(default)] form: RemoveHostForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::PlanSessions)?;
    let session = super::store::open_session_to_host(&actor, &form.session).await?;
    super::store::remove_host(&actor, &session, &form.person).await?;
    go_to(&crate::paths::session_hosts(session.code()), "They are removed, and have been told.");
    Ok(())
}
