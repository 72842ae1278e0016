use leptos::prelude::*;

/// A picture beside a word. It is hidden from screen readers, so the word must be there.
#[component]
pub fn Icon(
    /// The name in the sprite without its prefix, for example `users-round`.
    name: &'static str,
) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true" focusable="false">
            <use href=format!("/icons.svg#i-{name}")></use>
        </svg>
    }
}
