//! What somebody has been told, for themselves alone; and what a demonstration shows of its messages.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::model::{News, NewsAddress, ShownMessage};
use crate::access::{Asks, Permission, asks, asks_nothing};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[asks(MyNews::PATH, Permission::UseOwnAccount), asks_nothing(DemonstrationMail::PATH)];

/// A page of what one has been told. With it one has looked.
#[server(prefix = "/api", endpoint = "my_news")]
pub async fn my_news(#[server(default)] form: NewsAddress) -> Result<News, AppError> {
    let actor = crate::access::require(Permission::UseOwnAccount)?;
    super::store::news_of(&actor, form.page()).await
}

/// The messages that a demonstration wrote instead of sending them, the newest first.
#[server(prefix = "/api", endpoint = "demonstration_mail")]
pub async fn demonstration_mail() -> Result<Vec<ShownMessage>, AppError> {
    let anyone = crate::access::anyone()?;
    super::store::demonstration_mail(&anyone).await
}
