//! That two people at the Centre have opened something.

use leptos::prelude::*;

use crate::spaces::opened::TimeOpened;
use crate::ui::{Sentences, Tone, full_stop};

/// When something was opened, by whom and why, for those whom it concerns. Nothing where it never was.
#[component]
pub fn Opened(
    /// Each time, the last one first.
    opened: Vec<TimeOpened>,
    /// What was done.
    title: &'static str,
) -> impl IntoView {
    (!opened.is_empty()).then(|| {
        let sentences = opened.iter().map(|time| full_stop(&sentence(time))).collect();
        view! { <Sentences tone=Tone::Warn title sentences /> }
    })
}

fn sentence(time: &TimeOpened) -> String {
    let words = time.in_words();
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
