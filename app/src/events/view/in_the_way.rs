//! What is in the way of an event at its time, and why it is held then all the same.

use leptos::prelude::*;

use crate::availability::{KeepReason, WhatDoesNotFit};
use crate::events::answers::InTheWay;
use crate::events::model::HOST_REASONS;
use crate::ui::Choices;

/// What else its host has then, or has said, by how serious it is, with ways to what of it the reader may open; nothing where they are free.
#[component]
pub fn WhatIsInTheWay(in_the_way: InTheWay) -> impl IntoView {
    let InTheWay { verdict, links } = in_the_way;
    let links = (!links.is_empty()).then(|| {
        let items = links.into_iter().map(|(address, words)| view! { <li><a href=address>{words}</a></li> }).collect_view();
        view! { <p class="above-3">"In the way:"</p><ul class="plain stack gap-1 above-1">{items}</ul> }
    });
    view! { <WhatDoesNotFit verdict />{links} }
}

/// Asked where something only warns. That they have agreed is not asked of the host themselves.
#[component]
pub fn WhyAllTheSame(in_the_way: InTheWay, is_host: bool) -> impl IntoView {
    let is_asked = in_the_way.verdict.may_be_published() && !in_the_way.verdict.warns.is_empty();
    is_asked.then(|| {
        let reasons = HOST_REASONS.into_iter().filter(|(reason, _)| !is_host || *reason != KeepReason::Agreed);
        let options = reasons.map(|(reason, words)| (reason.key().to_owned(), words.to_owned())).collect();
        view! { <Choices name="reason" legend="Why is it held then all the same?" options /> }
    })
}
