//! Reading who has opened something of one's own.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::model::{AccessAddress, AccessLog};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the function below asks for.
pub const ASKS: &[Asks] = &[asks(MyAccessLog::PATH, Permission::UseOwnAccount)];

/// Who has opened something of one's own in the past twelve months.
#[server(prefix = "/api", endpoint = "my_access_log")]
pub async fn my_access_log(#[server(default)] form: AccessAddress) -> Result<AccessLog, AppError> {
    let actor = crate::access::require(Permission::UseOwnAccount)?;
    super::store::access_log(&actor, form.page()).await
}
