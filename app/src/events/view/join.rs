//! The door to an event's room.

use leptos::prelude::*;

use crate::error::AppError;
use crate::events::api::event_room;
use crate::events::forms::EventAddress;
use crate::paths;
use crate::sessions::ClosedDoor;
use crate::ui::{Refusal, SentOn, param};

/// Sends those on who have a place, while the room is open; tells them when it will be otherwise.
#[component]
pub fn JoinEventPage() -> impl IntoView {
    let code = param("code");
    let knock = async move {
        match event_room(EventAddress { code: code.clone() }).await {
            Ok(address) => view! { <SentOn to=address /> }.into_any(),
            Err(AppError::Conflict(sentence)) => {
                view! { <ClosedDoor sentence back=(paths::event(&code), "Back to the event") /> }.into_any()
            }
            Err(error) => view! { <Refusal error /> }.into_any(),
        }
    };
    view! { <Suspense>{Suspend::new(knock)}</Suspense> }
}
