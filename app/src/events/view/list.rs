//! The events that one may come to, as a list of their own and in short.

use leptos::prelude::*;

use crate::events::answers::{EventLine, Events};
use crate::events::api::{events_of, next_events};
use crate::events::model::Answer;
use crate::news::is_asked_again;
use crate::paths;
use crate::sessions::SessionState;
use crate::ui::{Audience, Badge, Empty, Icon, PageHead, Tone, load};

/// What is to come, what one has answered, and what has been.
#[component]
pub fn EventsPage() -> impl IntoView {
    load(events_of(), |events| view! { <Listed events /> })
}

#[component]
fn Listed(events: Events) -> impl IntoView {
    let Events { now, may_make, drafts, coming, past } = events;
    let first_day = coming.first().map_or_else(|| ::series::local(now).date(), |line| line.starts.date());
    let (own, others): (Vec<EventLine>, Vec<EventLine>) =
        coming.into_iter().partition(|line| line.is_host || matches!(line.answer, Some(Answer::Yes | Answer::Waiting)));
    let actions = may_make.then(|| view! { <a class="btn" href=paths::NEW_EVENT><Icon name="plus" />"Make an event"</a> }.into_any());
    let is_empty = own.is_empty() && others.is_empty();
    view! {
        <PageHead title="Events" up=(paths::LEARNING.to_owned(), "Learning".to_owned())
            about="Webinars, journal clubs, reading circles and training days. All times are UK time." times=first_day actions=actions.unwrap_or_else(|| ().into_any())>
            <Audience tier=1 sentence="only you see what you have answered here, beside the host of an event and those who manage events. Everybody else sees how many are coming." />
        </PageHead>
        {is_empty.then(|| view! {
            <Empty title="Nothing is planned at the moment">
                <p>"Events in the spaces that you can read will appear here as soon as they are published."</p>
            </Empty>
        })}
        <div class="stack gap-5">
            <Part id="own" title="Yours" lines=own />
            <Part id="coming" title="Coming up" lines=others />
            <Part id="drafts" title="Drafts" lines=drafts />
            <Part id="past" title="Past" lines=past />
        </div>
    }
}

/// Some of the events under a heading; nothing where there are none.
#[component]
fn Part(id: &'static str, title: &'static str, lines: Vec<EventLine>) -> impl IntoView {
    (!lines.is_empty()).then(|| {
        let items = lines.iter().map(event_item).collect_view();
        view! {
            <section class="card" aria-labelledby=id data-kind="event">
                <div class="card__head"><h2 id=id>{title}</h2></div>
                <ul class="list">{items}</ul>
            </section>
        }
    })
}

fn event_item(line: &EventLine) -> impl IntoView + use<> {
    let is_cancelled = line.state == SessionState::Cancelled;
    let day = line.starts.date();
    let meta = format!("{}. {}, {}. {}.", line.kind.name(), line.day(), line.hours(), line.whereabouts());
    let open = (!is_over(line) && !line.is_draft).then(|| format!(" {}.", line.places()));
    view! {
        <li class="item">
            <span class="datebox" aria-hidden="true">
                <span>{day.format("%a").to_string()}</span>" "<b>{day.format("%-d").to_string()}</b>" "<span>{day.format("%b").to_string()}</span>
            </span>
            <div class="item__body">
                <a class="item__title" class:struck=is_cancelled href=paths::event(&line.code)>{line.title.clone()}</a>
                <p class="item__meta">{meta}{open}</p>
                <p class="item__meta">{format!("In {}", line.space.1)}</p>
            </div>
            <p class="item__side"><Standing line=line.clone() /></p>
        </li>
    }
}

/// Whether there is nothing to answer any more.
fn is_over(line: &EventLine) -> bool {
    matches!(line.state, SessionState::NotMarked | SessionState::Done | SessionState::Cancelled)
}

/// How the reader stands to an event, in a word or two.
#[component]
pub fn Standing(
    /// The event.
    line: EventLine,
) -> impl IntoView {
    let (tone, words) = match (line.state, line.answer) {
        (SessionState::Cancelled, _) => (Tone::Plain, "Cancelled"),
        _ if line.is_draft => (Tone::Warn, "Draft"),
        (SessionState::NotMarked, _) if line.is_host => (Tone::Warn, "Attendance not finished"),
        _ if line.is_host => (Tone::Info, "You host it"),
        (SessionState::Open, Some(Answer::Yes)) => (Tone::Info, "Join now"),
        (_, Some(Answer::Yes)) => (Tone::Good, if is_over(&line) { "You had a place" } else { "You have a place" }),
        (SessionState::Planned | SessionState::Open, Some(Answer::Waiting)) => (Tone::Warn, "You are waiting"),
        (SessionState::Planned | SessionState::Open, Some(Answer::No)) => (Tone::Plain, "You are not coming"),
        _ => return ().into_any(),
    };
    view! { <Badge tone>{words}</Badge> }.into_any()
}

/// The next few events, for the side of a page that knows nothing of them. A page that only looks again for what is new has them already.
#[component]
pub fn NextEvents() -> impl IntoView {
    (!is_asked_again()).then(|| load(next_events(), |lines| view! { <ComingEvents lines /> }))
}

/// The next few events in short, for the side of another page; nothing where there are none.
#[component]
pub fn ComingEvents(
    /// The events.
    lines: Vec<EventLine>,
) -> impl IntoView {
    (!lines.is_empty()).then(|| {
        let items = lines.into_iter().map(short_item).collect_view();
        view! {
            <section class="card" aria-labelledby="coming-events" data-kind="event">
                <div class="card__head"><h2 id="coming-events">"Coming events"</h2><a href=paths::EVENTS>"All events"</a></div>
                <ul class="list">{items}</ul>
            </section>
        }
    })
}

fn short_item(line: EventLine) -> impl IntoView {
    let day = line.starts.date();
    let meta = format!(
        "{}, {}. {}.",
        line.kind.name(),
        line.hours(),
        if line.answer.is_some() || line.is_host { line.whereabouts().to_owned() } else { line.places() }
    );
    view! {
        <li class="item">
            <p class="datebox">
                <span>{day.format("%a").to_string()}</span>" "<b>{day.format("%-d").to_string()}</b>" "<span>{day.format("%b").to_string()}</span>
            </p>
            <div class="item__body">
                <a class="item__title" href=paths::event(&line.code)>{line.title.clone()}</a>
                <p class="item__meta">{meta}</p>
                <Standing line />
            </div>
        </li>
    }
}
