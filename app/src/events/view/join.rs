//! The door to an event's room.

use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use crate::error::AppError;
use crate::events::api::event_room;
use crate::events::forms::EventAddress;
use crate::paths;
use crate::ui::{PageTitle, Refusal, SentOn, param};

/// Sends those on who have a place, while the room is open; tells them when it will be otherwise.
#[component]
pub fn JoinEventPage() -> impl IntoView {
    let code = param("code");
    let knock = async move {
        match event_room(EventAddress { code: code.clone() }).await {
            Ok(address) => view! { <SentOn to=address /> }.into_any(),
            Err(AppError::Conflict(sentence)) => view! { <ClosedDoor code sentence /> }.into_any(),
            Err(error) => view! { <Refusal error /> }.into_any(),
        }
    };
    view! { <Suspense>{Suspend::new(knock)}</Suspense> }
}

/// Why one cannot get in now, and the way back.
#[component]
fn ClosedDoor(code: String, sentence: String) -> impl IntoView {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(http::StatusCode::CONFLICT);
    }
    view! {
        <PageTitle text="The room is not open" />
        <div class="onething">
            <h1>"The room is not open"</h1>
            <p>{sentence}</p>
            <p><a class="btn" href=paths::event(&code)>"Back to the event"</a></p>
        </div>
    }
}
