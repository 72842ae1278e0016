//! What of the log lives in the browser: what is written keeps itself. Without it, an entry is kept by its button.

use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::web_sys::Element;

use super::api::keep_reflection_draft;
use super::forms::EntryForm;
use crate::ui::{Entered, Keeping};

/// A form that keeps itself while somebody writes in it.
#[island]
pub fn KeepsWhatIsBegun(
    /// How often the copy was kept that stands there.
    kept: i64,
    children: Children,
) -> impl IntoView {
    let frame = NodeRef::<html::Div>::new();
    let keeping = Keeping::new(kept);
    let written = move |_| {
        let form = move || frame.get_untracked().and_then(|frame| filled_in(&frame)).unwrap_or_default();
        keeping.changed(move |kept| keep_reflection_draft(form(), kept));
    };
    view! {
        <div node_ref=frame on:input=written on:submit=move |_: SubmitEvent| keeping.sent()>
            {children()}
            <p class="small muted" role="status">{keeping.said()}</p>
        </div>
    }
}

/// What stands in the form now.
fn filled_in(frame: &Element) -> Option<EntryForm> {
    let entered = Entered::within(frame)?;
    Some(EntryForm {
        code: entered.of("code"),
        version: entered.of("version"),
        session: entered.of("session"),
        title: entered.of("title"),
        happened: entered.of("happened"),
        felt: entered.of("felt"),
        wonder: entered.of("wonder"),
        bring: entered.of("bring"),
    })
}
