//! Taking the page along with what is dragged over it.

use leptos::prelude::window;

/// So near to the edge of the screen, in pixels, a pointer takes the page along, by so many at a time.
const EDGE: f64 = 56.0;
const STRIDE: f64 = 24.0;

/// Scrolls the page a little where a pointer is near to the upper or lower edge of the screen.
pub fn scroll_at_the_edge(y: f64) {
    let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
    let by = match y {
        y if y < EDGE => -STRIDE,
        y if y > height - EDGE => STRIDE,
        _ => return,
    };
    window().scroll_by_with_x_and_y(0.0, by);
}
