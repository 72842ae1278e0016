use leptos::prelude::*;

/// A picture beside a word. It is hidden from screen readers, so the word must be there.
#[component]
pub fn Icon(
    /// The name in the sprite without its prefix, for example `users-round`.
    name: &'static str,
    /// Further classes, with a space before them.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    view! {
        <svg class=format!("icon{class}") aria-hidden="true" focusable="false">
            <use href=format!("/icons.svg#i-{name}")></use>
        </svg>
    }
}
