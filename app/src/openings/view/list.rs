//! What one has asked for, answered or been asked.

use leptos::prelude::*;

use super::opening::moment;
use crate::access::page_day;
use crate::openings::answers::OpeningLine;
use crate::openings::api::openings_list;
use crate::openings::model::State;
use crate::paths;
use crate::ui::{Audience, Badge, Empty, Icon, PageHead, Tone, load};

/// Everything that one has asked for, answered or been asked, what waits first.
#[component]
pub fn OpeningsPage() -> impl IntoView {
    load(openings_list(), |lines| {
        let ask = view! { <a class="btn" href=paths::NEW_OPENING><Icon name="plus" />"Ask to open something"</a> }.into_any();
        let list = if lines.is_empty() {
            view! {
                <Empty title="Nothing was asked for">
                    <p>"Where somebody’s safety asks for it, you can open together with somebody in the other role who wrote a post without a name, or the closed space of a group. What you ask for, and what you are asked, will be here."</p>
                </Empty>
            }
            .into_any()
        } else {
            view! { <section class="card" aria-label="Openings"><ul class="list">{lines.into_iter().map(item).collect_view()}</ul></section> }.into_any()
        };
        view! {
            <PageHead title="Openings" about="What two people can open together for somebody’s safety, and nobody alone. All times are UK time." times=page_day() actions=ask>
                <Audience tier=2 sentence="whoever asked and whoever answered; while it waits, or would have waited, whoever could answer; and what those whom it concerns have still to be told, every safeguarding lead. That something was opened stands in the log, without what." />
            </PageHead>
            {list}
        }
    })
}

/// The colour of how far an opening has come.
pub(super) const fn tone(state: State) -> Tone {
    match state {
        State::Waits => Tone::Warn,
        State::Open => Tone::Bad,
        State::Declined | State::TakenBack | State::Lapsed | State::Over => Tone::Plain,
    }
}

fn item(line: OpeningLine) -> impl IntoView {
    let (asked, until) = (moment(line.asked_at), moment(line.until));
    let meta = match line.state {
        State::Waits if line.is_readers_to_answer => format!("Asked on {asked}. Please answer until {until}."),
        State::Waits => format!("Asked on {asked}. It waits until {until}."),
        State::Open => format!("Asked on {asked}. It is open until {until}."),
        State::Over => format!("Asked on {asked}. It was open until {until}."),
        State::TakenBack => format!("Asked on {asked}. Whoever asked has taken it back."),
        State::Declined | State::Lapsed => format!("Asked on {asked}."),
    };
    let state = if line.is_readers_to_answer { "Waiting for you" } else { line.state.name() };
    view! {
        <li class="item">
            <span class="item__icon"><Icon name="lock" /></span>
            <div class="item__body">
                <a class="item__title" href=paths::opening(&line.code)>{line.subject.in_words()}</a>
                <p class="item__meta">{meta}</p>
            </div>
            <p class="item__side row gap-2">
                {line.is_untold.then(|| view! { <Badge tone=Tone::Warn>"Not told yet"</Badge> })}
                <Badge tone=tone(line.state)>{state}</Badge>
            </p>
        </li>
    }
}
