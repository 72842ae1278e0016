//! The pages that somebody will most likely open next.

use leptos::nonce::use_nonce;
use leptos::prelude::*;
use serde_json::json;

/// Has the browser fetch pages before they are asked for, and make one ready to be shown when the pointer comes to rest on its link
/// (Speculation Rules, WICG). The browser keeps them for minutes, whatever they say of keeping, and forgets them when a form was sent; one that
/// does not know the rules passes them over.
#[component]
pub fn Ahead(
    /// The addresses of the pages.
    addresses: Vec<String>,
) -> impl IntoView {
    let rules = json!({
        "prefetch": [{ "urls": addresses, "eagerness": "immediate" }],
        "prerender": [{ "urls": addresses, "eagerness": "moderate" }],
    });
    // Nothing in an address may end the script.
    let rules = rules.to_string().replace('<', "\\u003c");
    view! { <script type="speculationrules" nonce=use_nonce() inner_html=rules></script> }
}
