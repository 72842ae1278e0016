//! Learning, as server functions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{Learning, LearningLine};
use super::forms::{AnswersForm, LearningAddress};
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(LearningPages::PATH, Permission::Learn),
    asks(LearningPageOf::PATH, Permission::Learn),
    asks(FinishLearningPage::PATH, Permission::Learn),
];

/// Every learning page, and which of them one has finished.
#[server(prefix = "/api", endpoint = "learning_pages")]
pub async fn learning_pages() -> Result<Learning, AppError> {
    let actor = crate::access::require(Permission::Learn)?;
    let lines = super::store::learning_pages(&actor).await?;
    Ok(Learning { lines, may_revoke: actor.may(Permission::RevokeCertificates) })
}

/// One learning page.
#[server(prefix = "/api", endpoint = "learning_page_of")]
pub async fn learning_page_of(form: LearningAddress) -> Result<LearningLine, AppError> {
    let actor = crate::access::require(Permission::Learn)?;
    super::store::learning_page_of(&actor, &form.slug).await
}

/// Answers the questions of a page, which finishes it where each answer is right.
#[server(prefix = "/api", endpoint = "finish_learning_page")]
pub async fn finish_learning_page(form: AnswersForm) -> Result<(), AppError> {
    use crate::access::{go_to, require};

    let actor = require(Permission::Learn)?;
    let text = super::texts::text_of(&form.slug)?;
    form.check(text)?;
    super::store::finish(&actor, text).await?;
    go_to(&crate::paths::learning_page(text.slug), "You have finished this page. It is in your CPD log now.");
    Ok(())
}
