//! What of a plan does not fit, wherever one is looked at before it is stored.

use leptos::prelude::*;

use super::answers::Verdict;
use super::level::Level;
use crate::ui::{Sentences, Tone};

/// What does not fit with what else its people have, by how serious it is.
#[component]
pub fn WhatDoesNotFit(verdict: Verdict) -> impl IntoView {
    let tone = |level| if level == Level::Warn { Tone::Warn } else { Tone::Bad };
    verdict.told().into_iter().map(|(level, title, sentences)| view! { <Sentences tone=tone(level) title sentences /> }).collect_view()
}
