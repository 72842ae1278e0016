//! What two people have opened together for somebody's safety, as somebody whom it concerns finds it beside what else of theirs was opened.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::access::{Asks, Permission, asks};
use crate::access_log::Further;
use crate::error::AppError;

/// What the function below asks for.
pub const ASKS: &[Asks] = &[asks(OpenedTogether::PATH, Permission::UseOwnAccount)];

/// What of one's own was opened by two people together in the past twelve months, as far as one has been told.
#[server(prefix = "/api", endpoint = "opened_together")]
pub async fn opened_together() -> Result<Vec<Further>, AppError> {
    let actor = crate::access::require(Permission::UseOwnAccount)?;
    super::store::told_of(&actor).await
}

/// The same for a page of a room that does not know of spaces.
#[cfg(feature = "ssr")]
pub fn what_was_opened_together() -> std::pin::Pin<Box<dyn Future<Output = Result<Vec<Further>, AppError>> + Send>> {
    Box::pin(opened_together())
}

/// The same for a file.
#[cfg(feature = "ssr")]
pub async fn told_of(visit: &crate::access::Visit) -> Result<Vec<Further>, AppError> {
    super::store::told_of(&crate::access::require_of(visit, Permission::UseOwnAccount)?).await
}
