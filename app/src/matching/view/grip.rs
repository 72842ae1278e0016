//! By what somebody is taken with a finger.

use leptos::prelude::*;

/// Six dots, which a mouse finds as well. Shown only where people can be moved by hand.
#[component]
pub fn Grip() -> impl IntoView {
    view! { <span class="grip with-hands" data-grip aria-hidden="true"></span> }
}
