//! What the browser loads: it wakes the islands of a page that is complete without it.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by the page's own script when the WebAssembly has arrived.
#[wasm_bindgen]
pub fn hydrate() {
    app::keep_islands();
    leptos::mount::hydrate_islands();
}
