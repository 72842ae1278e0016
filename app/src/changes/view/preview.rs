//! What a change comes to, session by session, before it is stored.

use leptos::prelude::*;

use crate::changes::answers::{Detail, EditLine, Preview, Span};
use crate::ui::{Heading, Listing, OnPhone, day_month_year, short_day, time_range};

/// Who is told, in the button and beside it.
pub struct Told {
    pub sentence: String,
    pub button: String,
}

impl Told {
    /// The words for a preview and for what the button does: "Save and tell 5 people".
    pub fn of(preview: &Preview, verb: &str) -> Self {
        let (sentence, button) = match preview.told {
            0 => ("Nobody else is told.".to_owned(), verb.to_owned()),
            1 => ("One person gets one message, with the dates and nobody’s name.".to_owned(), format!("{verb} and tell 1 person")),
            number => (
                format!("{number} people get one message each, with the dates and nobody’s name."),
                format!("{verb} and tell {number} people"),
            ),
        };
        Self { sentence: format!("{sentence} You can undo it for ten seconds before it leaves."), button }
    }
}

/// Every session that changes, every one that stays, and every date that is left out.
#[component]
pub fn WhatChanges(preview: Preview) -> impl IntoView {
    let title = match preview.lines.len() {
        1 => "1 session changes".to_owned(),
        number => format!("{number} sessions change"),
    };
    let rows = preview.lines.into_iter().map(row).collect_view();
    let left = preview.left_alone.into_iter().map(|left| {
        let when = format!("{}, {}", day_month_year(left.starts.date()), crate::ui::clock_time(left.starts.time()));
        view! { <li>{when}<span class="muted">{format!(": {}.", left.why)}</span></li> }
    });
    let left: Vec<AnyView> = left.map(IntoAny::into_any).collect();
    let skipped = preview
        .skipped
        .into_iter()
        .map(|skip| view! { <li>{day_month_year(skip.date)}<span class="muted">{format!(": {}.", skip.reason)}</span></li> }.into_any())
        .collect();
    view! {
        <div class="above-6">
            <h3>{title}</h3>
            <div class="above-2">
                <Listing
                    caption="Each session that changes, as it is and as it would be"
                    headings=["Now", "Then"].map(Heading::of)
                    on_phone=OnPhone::Change
                >
                    {rows}
                </Listing>
            </div>
            <Listed title="These stay as they are" items=left />
            <Listed title="No session is held on" items=skipped />
        </div>
    }
}

/// A list under a title, where there is anything in it.
#[component]
fn Listed(title: &'static str, items: Vec<AnyView>) -> impl IntoView {
    (!items.is_empty()).then(|| view! { <div class="prose above-4"><h3>{title}</h3><ul class="above-2">{items}</ul></div> })
}

fn row(line: EditLine) -> impl IntoView {
    let now = line.before.map_or_else(|| "–".to_owned(), in_words);
    let then = match (line.before, line.after) {
        (_, None) => view! { <b>"Cancelled"</b> }.into_any(),
        (None, Some(after)) => view! { <b>"New: "</b>{in_words(after)} }.into_any(),
        (Some(_), Some(after)) => in_words(after).into_any(),
    };
    let said = |what, value: &str| view! { <small>{detail(what, value)}</small> };
    let before = line.details.iter().map(|detail| said(detail.what, &detail.before)).collect_view();
    let after = line.details.iter().map(|detail| said(detail.what, &detail.after)).collect_view();
    view! { <tr role="row"><td role="cell">{now}{before}</td><td role="cell">{then}{after}</td></tr> }
}

/// "Led by Daniel O.", "At its usual place", "Called “Review of our agreement”".
fn detail(what: Detail, value: &str) -> String {
    match (what, value) {
        (Detail::Supervisor, name) => format!("Led by {name}"),
        (Detail::Place, "") => "At its usual place".to_owned(),
        (Detail::Place, place) => format!("At {place}"),
        (Detail::Title, "") => "Without a title of its own".to_owned(),
        (Detail::Title, title) => format!("Called “{title}”"),
    }
}

/// "Thu 22 Oct, 10:00 to 11:30".
fn in_words(span: Span) -> String {
    format!("{}, {}", short_day(span.starts.date()), time_range(span.starts, span.ends))
}
