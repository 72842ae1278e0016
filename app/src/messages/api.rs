//! What a demonstration shows of its messages. Everywhere else messages are seen by those who receive them, and by nobody here.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::model::ShownMessage;
use crate::access::{Asks, asks_nothing};
use crate::error::AppError;

/// What the function below asks for.
pub const ASKS: &[Asks] = &[asks_nothing(DemonstrationMail::PATH)];

/// The messages that a demonstration wrote instead of sending them, the newest first.
#[server(prefix = "/api", endpoint = "demonstration_mail")]
pub async fn demonstration_mail() -> Result<Vec<ShownMessage>, AppError> {
    let anyone = crate::access::anyone()?;
    super::store::demonstration_mail(&anyone).await
}
