//! Today and one's own supervision, as JSON and for the pages.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::model::{Overview, OwnSupervision};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[asks(Today::PATH, Permission::UseOwnAccount), asks(MySupervision::PATH, Permission::SeeSupervisionChain)];

/// The next session, what waits, what comes, and who supports one's supervisor.
#[server(prefix = "/api", endpoint = "today")]
pub async fn today() -> Result<Overview, AppError> {
    let actor = crate::access::require(Permission::UseOwnAccount)?;
    super::store::overview(&actor).await
}

/// One's own supervision: supervisors, hours, sessions.
#[server(prefix = "/api", endpoint = "my_supervision")]
pub async fn my_supervision() -> Result<OwnSupervision, AppError> {
    let actor = crate::access::require(Permission::SeeSupervisionChain)?;
    super::store::own_supervision(&actor).await
}
