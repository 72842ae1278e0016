//! The pages of asking: three for coordinators, and one for whoever is asked.

mod ask;
mod equity;

mod answers;

mod make;

mod own;

pub use answers::AnswersPage;
pub use ask::AskPage;
pub use make::MakePage;
pub use own::AskedPage;

use leptos::prelude::*;

use super::answers::{Terms, WrittenBeside};
use crate::access::{Permission, holders_in_words};
use crate::sessions::HostRole;
use crate::ui::{Audience, clock_time, day_month_year};

/// Who sees what people are asked and answer.
#[component]
fn AskingAudience() -> impl IntoView {
    let holders = holders_in_words(Permission::ManageMatching);
    view! { <Audience tier=4 sentence=format!("the Centre’s {holders}. Nobody who is asked learns what the others answer.") /> }
}

/// When and how a group would meet.
#[component]
fn WhenAndHow(terms: Terms) -> impl IntoView {
    let first = first_in_words(&terms);
    let Terms { supervisor, when, way, .. } = terms;
    view! {
        <p class="strong">{when}</p>
        <p class="small muted">{format!("{} would lead it. {way}. {first}", supervisor.short)}</p>
    }
}

/// "The first session would be on Thursday 22 October 2026 at 10:00, the last until Friday 16 July 2027."
fn first_in_words(terms: &Terms) -> String {
    terms.first.map_or_else(
        || "No date is left on which it could meet.".to_owned(),
        |first| {
            format!(
                "The first session would be on {} at {}. The group would meet until {}.",
                day_month_year(first.date()),
                clock_time(first.time()),
                day_month_year(terms.until)
            )
        },
    )
}

/// The letters to whoever would be beside the supervisor.
#[component]
fn LettersBeside(beside: Vec<WrittenBeside>) -> impl IntoView {
    let letter = |one: WrittenBeside| {
        let what = match one.role {
            HostRole::CoSupervisor => "The letter to the co-supervisor",
            HostRole::Observer => "The letter to the observer",
        };
        view! { <Letter what letter=one.letter /> }
    };
    beside.into_iter().map(letter).collect_view()
}

/// A letter as it is sent, below a line that opens it.
#[component]
fn Letter(what: &'static str, letter: (String, String)) -> impl IntoView {
    let (subject, body) = letter;
    let paragraphs = body.split("\n\n").map(|paragraph| view! { <p class="above-2">{paragraph.to_owned()}</p> }).collect_view();
    view! {
        <details class="above-3 small">
            <summary>{what}</summary>
            <p class="strong above-2">{subject}</p>
            {paragraphs}
        </details>
    }
}
