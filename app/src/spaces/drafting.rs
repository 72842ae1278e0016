//! What one has begun to write, and where, as server functions.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::forms::DraftForm;
#[cfg(feature = "ssr")]
use super::forms::ThreadAddress;
use crate::access::{Asks, Permission, asks};
use crate::error::AppError;

/// What the functions below ask for.
pub const ASKS: &[Asks] = &[
    asks(KeepDraft::PATH, Permission::UseCommunity),
    asks(DropDraft::PATH, Permission::UseCommunity),
    asks(PreviewText::PATH, Permission::UseCommunity),
];

/// Keeps a text while it is typed in a window that knows of a copy which was `kept` so often. Answers how often it is now.
#[server(prefix = "/api", endpoint = "keep_draft")]
pub async fn keep_draft(form: DraftForm, #[server(default)] kept: i64) -> Result<i64, AppError> {
    let actor = crate::access::require(Permission::UseCommunity)?;
    let desk = desk_of(&actor, &form).await?;
    let begun = super::store::Begun { title: &form.title, text: &form.text, is_unnamed: form.is_unnamed };
    super::store::keep_typed(&actor, &desk, &begun, kept).await
}

/// Forgets what one has begun to write.
#[server(prefix = "/api", endpoint = "drop_draft")]
pub async fn drop_draft(form: DraftForm) -> Result<(), AppError> {
    let actor = crate::access::require(Permission::UseCommunity)?;
    let desk = desk_of(&actor, &form).await?;
    super::store::drop_draft(&actor, &desk).await?;
    crate::access::stay("The draft is gone.");
    Ok(())
}

/// What a text will look like. Nothing of it is kept.
#[server(prefix = "/api", endpoint = "preview_text")]
pub async fn preview_text(form: DraftForm) -> Result<String, AppError> {
    crate::access::require(Permission::UseCommunity)?;
    Ok(super::written::preview(&form.text))
}

/// The place that a draft is for, if the actor may write there.
#[cfg(feature = "ssr")]
async fn desk_of(actor: &crate::access::Actor, form: &DraftForm) -> Result<super::store::Desk, AppError> {
    use super::store::Desk;

    if !form.held.is_empty() {
        // What waits stands with its case and is no draft.
        return Err(AppError::NotFound);
    }
    let place = place_of(actor, form).await?;
    let (Some(thread), false) = (place.thread, form.post.is_empty()) else { return Ok(place.desk) };
    let number = super::api::number_of(&form.post)?;
    super::store::post_to_change(actor, &thread, number).await?;
    Ok(Desk::Change(thread.id(), number))
}

/// Where somebody writes a new thread or a reply, or has written what waits.
#[cfg(feature = "ssr")]
pub(super) struct WritingPlace {
    pub space: super::store::OpenedSpace,
    pub thread: Option<super::store::OpenedThread>,
    pub desk: super::store::Desk,
}

/// The space in which a thread is begun, the thread that is replied to, or a post that waits, if the actor may write there.
#[cfg(feature = "ssr")]
pub(super) async fn place_of(actor: &crate::access::Actor, form: &DraftForm) -> Result<WritingPlace, AppError> {
    use super::store::{Desk, open_held, open_space, open_thread};

    if !form.held.is_empty() {
        let held = open_held(actor, &form.held).await?;
        return Ok(WritingPlace { desk: held.desk(), space: held.space().clone(), thread: None });
    }
    if form.number.is_empty() {
        let space = open_space(actor, &form.space).await?;
        return Ok(WritingPlace { desk: Desk::Thread(space.id()), space, thread: None });
    }
    let address = ThreadAddress { space: form.space.clone(), number: form.number.clone(), page: String::new() };
    let thread = open_thread(actor, &address).await?;
    Ok(WritingPlace { space: thread.space().clone(), desk: Desk::Reply(thread.id()), thread: Some(thread) })
}
