//! What the people whom somebody supervises have shared with them.

use leptos::prelude::*;

use super::entry::CannotBeOpened;
use crate::paths;
use crate::reflections::answers::{SharedEntry, SharedLine};
use crate::reflections::api::{shared_entry_of, shared_with_me};
use crate::reflections::forms::EntryAddress;
use crate::reflections::model::{Prompt, Words};
use crate::ui::{Audience, Badge, Empty, PageHead, Safety, Tone, day_and_month, day_month_year, load, param};

/// Every entry that is shared with the reader.
#[component]
pub fn SharedPage() -> impl IntoView {
    load(shared_with_me(), |lines| {
        let body = if lines.is_empty() {
            view! {
                <Empty title="Nothing is shared with you">
                    <p>"Where somebody whom you supervise shares an entry of their reflective log with you, it is here until they take it back."</p>
                </Empty>
            }
            .into_any()
        } else {
            let items = lines.into_iter().map(line_item).collect_view();
            view! { <section class="card" aria-label="Entries"><ul class="list">{items}</ul></section> }.into_any()
        };
        view! {
            <PageHead title="Shared with me" up=(paths::REFLECTIONS.to_owned(), "Reflective log".to_owned())
                about="Entries of reflective logs. Their writers can take them back at any time.">
                <Audience tier=2 sentence="you, and whoever wrote it. They see whether you have opened it." />
            </PageHead>
            {body}
        }
    })
}

fn line_item(line: SharedLine) -> impl IntoView {
    let SharedLine { code, writer, heading, since, is_opened } = line;
    let unread = if is_opened { "An entry that cannot be opened at the moment" } else { "An entry that you have not opened yet" };
    let heading = heading.unwrap_or_else(|| unread.to_owned());
    let since = format!("{writer}, shared on {}", day_and_month(::series::local(since).date()));
    view! {
        <li class="item">
            <div class="item__body">
                <a class="item__title" href=paths::shared_entry(&code)>{heading}</a>
                <p class="item__meta">{since}</p>
            </div>
            {(!is_opened).then(|| view! { <p class="item__side"><Badge tone=Tone::Info>"Not read yet"</Badge></p> })}
        </li>
    }
}

/// An entry that somebody has shared.
#[component]
pub fn SharedEntryPage() -> impl IntoView {
    load(shared_entry_of(EntryAddress { code: param("code") }), |entry| {
        let SharedEntry { writer, written, words } = entry;
        let title = words.as_ref().map_or_else(|| "An entry that cannot be opened".to_owned(), Words::heading);
        let about = format!("{writer} wrote this on {}.", day_month_year(written.date()));
        let sentence = format!(
            "you and {writer}, who can take it back at any time and sees that you have opened it. Nobody else, whatever their role."
        );
        let body = words.map_or_else(|| view! { <CannotBeOpened /> }.into_any(), |words| view! { <WhatWasWritten words /> }.into_any());
        view! {
            <PageHead title tab="An entry shared with you" up=(paths::SHARED_WITH_ME.to_owned(), "Shared with me".to_owned()) about>
                <Audience tier=2 sentence />
            </PageHead>
            {body}
            <Safety />
        }
    })
}

#[component]
fn WhatWasWritten(words: Words) -> impl IntoView {
    let parts = Prompt::ALL.into_iter().filter(|prompt| !words.to(*prompt).is_empty()).map(|prompt| {
        let paragraphs: Vec<_> = words
            .to(prompt)
            .split("\n\n")
            .map(|paragraph| {
                let lines: Vec<_> = paragraph.lines().map(|line| view! { {line.to_owned()}<br /> }).collect();
                view! { <p>{lines}</p> }
            })
            .collect();
        view! { <h2 class="as-h3">{prompt.question()}</h2>{paragraphs} }
    });
    view! { <article class="card prose stack gap-3">{parts.collect::<Vec<_>>()}</article> }
}
