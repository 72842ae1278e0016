//! One event: what, when and where, who may come, and one's answer.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::in_the_way::{WhatIsInTheWay, WhyAllTheSame};
use super::list::Standing;
use crate::events::answers::{EventDoor, EventShown};
use crate::events::api::{AnswerEvent, DeleteEvent, PublishEvent, event_at};
use crate::events::forms::EventAddress;
use crate::events::model::{Answer, CancelledBecause, Wish, had_places_in_words, people_in_words};
use crate::news::KeptUpToDate;
use crate::paths;
use crate::sessions::SessionState;
use crate::ui::{
    Audience, Banner, Hidden, Icon, Lines, PageHead, PostForm, Safety, Tone, capital, clock_time, day, day_and_month, full_stop,
    hours_and_minutes, load, param,
};

/// An event, before, during and after.
#[component]
pub fn EventPage() -> impl IntoView {
    load(event_at(EventAddress { code: param("code") }), |event| view! { <Event event /> })
}

#[component]
fn Event(event: EventShown) -> impl IntoView {
    let line = event.line.clone();
    let about = format!("{}. {}, {}. {}. All times are UK time.", line.kind.name(), line.day(), line.hours(), line.whereabouts());
    let standing = view! { <Standing line=line.clone() /> }.into_any();
    let is_draft = line.is_draft;
    let audience = if is_draft {
        "you and those who manage events, until it is published.".to_owned()
    } else {
        format!("{} What you answer is seen by its host and those who manage events.", line.space_kind.audience(&line.space.1))
    };
    let html = event.html.clone();
    view! {
        <PageHead title=line.title.clone() up=(paths::EVENTS.to_owned(), "Events".to_owned()) about times=line.starts.date() actions=standing>
            <Audience tier=line.space_kind.tier() sentence=audience />
        </PageHead>
        {event.cancelled.map(|reason| view! { <Cancelled reason is_over={event.now >= line.ends} /> })}
        {is_draft.then(|| view! { <Draft event=event.clone() /> })}
        <div class="split above-4">
            <div>
                {event.door.map(|door| view! { <Door event=event.clone() door /> })}
                <section class="card" aria-labelledby="about">
                    <div class="card__head"><h2 id="about">"What it is about"</h2></div>
                    {(!event.speaker.is_empty()).then(|| view! { <p class="strong below-2">{format!("With {}", full_stop(&event.speaker))}</p> })}
                    <div class="prose" inner_html=html></div>
                </section>
                <Reading reading=event.reading.clone() />
            </div>
            <div class="split--side">
                <YourAnswer event=event.clone() />
                <Facts event=event.clone() />
                {event.is_keeper.then(|| view! { <Keeping event=event.clone() /> })}
            </div>
        </div>
        {is_draft.then(|| view! { <Deleting event=event.clone() /> })}
        <Safety />
        <KeptUpToDate said="The event was brought up to date." />
    }
}

#[component]
fn Cancelled(reason: CancelledBecause, is_over: bool) -> impl IntoView {
    let title = if is_over { "This event did not take place" } else { "This event will not take place" };
    view! { <div class="above-4"><Banner tone=Tone::Warn title><p>{full_stop(reason.name())}</p></Banner></div> }
}

/// Says that nobody else sees it, with the way to change that.
#[component]
fn Draft(event: EventShown) -> impl IntoView {
    let (code, version) = (event.line.code.clone(), event.version.to_string());
    let change = paths::change_event(&code);
    let (in_the_way, is_host) = (event.in_the_way, event.line.is_host);
    let may_be_published = in_the_way.verdict.may_be_published();
    let change_class = if may_be_published { "btn btn--second" } else { "btn" };
    let why = in_the_way.clone();
    view! {
        <WhatIsInTheWay in_the_way />
        <div class="above-4">
            <Banner tone=Tone::Info title="This is what it will look like. Nobody else sees it yet.">
                <PostForm action=PublishEvent::PATH class="above-2">
                    <Hidden name="code" value=code.clone() />
                    <Hidden name="version" value=version.clone() />
                    <WhyAllTheSame in_the_way=why is_host />
                    <div class="row gap-3">
                        {may_be_published.then(|| view! { <button class="btn" type="submit">"Publish it"</button> })}
                        <a class=change_class href=change>"Change it"</a>
                    </div>
                </PostForm>
            </Banner>
        </div>
    }
}

/// Deleting a draft, which asks once more.
#[component]
fn Deleting(event: EventShown) -> impl IntoView {
    let (code, version) = (event.line.code, event.version.to_string());
    view! {
        <details class="above-5">
            <summary>"Delete this draft…"</summary>
            <p class="above-2">"It cannot be brought back. Nobody has been told of it. Once an event is published it can only be cancelled."</p>
            <PostForm action=DeleteEvent::PATH class="above-3">
                <Hidden name="code" value=code.clone() />
                <Hidden name="version" value=version.clone() />
                <button class="btn btn--danger" type="submit">"Delete the draft"</button>
            </PostForm>
        </details>
    }
}

/// How to get in, as large as it is near.
#[component]
fn Door(event: EventShown, door: EventDoor) -> impl IntoView {
    let today = event.now.date();
    let moment = match (door, event.line.starts.date() == today) {
        (EventDoor::Open, _) => "open",
        (_, true) => "today",
        (_, false) => "later",
    };
    let (title, sentence) = match door {
        EventDoor::Open => ("The room is open".to_owned(), "You can come in now.".to_owned()),
        EventDoor::OpensAt(opens) => {
            (format!("The room opens at {}", clock_time(opens.time())), "From then on, you join from this page.".to_owned())
        }
        EventDoor::InPerson => (event.line.place.clone(), "You meet in person, at this place.".to_owned()),
        EventDoor::Closed => ("The room is closed".to_owned(), "The event is over.".to_owned()),
    };
    let is_online = !matches!(door, EventDoor::InPerson);
    view! {
        <section class="hero join" data-moment=moment data-kind="event" aria-labelledby="join">
            <Lines class="hero__lines" />
            <div>
                <p class="hero__in">{capital(&day(event.line.starts.date(), today))}</p>
                <h2 id="join">{title}</h2>
                <p class="muted above-1">{sentence}</p>
            </div>
            {(door == EventDoor::Open).then(|| view! {
                <div class="hero__acts"><a class="btn btn--dawn" href=paths::join_event(&event.line.code)><Icon name="video" />"Join"</a></div>
            })}
            {is_online.then(|| view! {
                <p class="hero__foot">"The room is run by an outside provider. Speak of families here as you would in the community: nothing that could point to one."</p>
            })}
        </section>
    }
}

#[component]
fn Reading(reading: Vec<(String, String)>) -> impl IntoView {
    (!reading.is_empty()).then(|| {
        let items =
            reading.into_iter().map(|(slug, title)| view! { <li><a href=paths::library_item(&slug)>{title}</a></li> }).collect_view();
        view! {
            <section class="card" aria-labelledby="reading">
                <div class="card__head"><h2 id="reading">"Worth reading before"</h2></div>
                <ul class="plain stack gap-2">{items}</ul>
            </section>
        }
    })
}

/// What the reader has answered, and what they can answer instead.
#[component]
fn YourAnswer(event: EventShown) -> impl IntoView {
    let line = event.line.clone();
    let is_to_come = !line.is_draft && matches!(line.state, SessionState::Planned | SessionState::Open) && event.now < line.starts;
    if !event.may_come || line.is_draft || (!is_to_come && event.own.is_none()) {
        return ().into_any();
    }
    if let Some(own) = event.own.filter(|_| !is_to_come) {
        let counts = own
            .state
            .was_there()
            .then(|| view! { <p class="small above-2">"It counts in "<a href=paths::CPD_LOG>"your CPD log"</a>"."</p> });
        return view! {
            <section class="card" aria-labelledby="answer">
                <div class="card__head"><h2 id="answer">"Your attendance"</h2></div>
                <p>{full_stop(&own.words())}</p>
                {counts}
            </section>
        }
        .into_any();
    }
    let closes = format!("{}, {}", day_and_month(event.closes.date()), clock_time(event.closes.time()));
    let state = match line.answer {
        Some(Answer::Yes) => "You have a place.".to_owned(),
        Some(Answer::Waiting) if event.before_reader == 0 => "You are waiting for a place, and are the next to have one.".to_owned(),
        Some(Answer::Waiting) if event.before_reader == 1 => "You are waiting for a place. One person is ahead of you.".to_owned(),
        Some(Answer::Waiting) => format!("You are waiting for a place. {} people are ahead of you.", event.before_reader),
        Some(Answer::No) => "You have said that you are not coming.".to_owned(),
        None if !event.is_open => "Answers are closed.".to_owned(),
        None if line.is_full() => "Every place is taken. You can wait for one: whoever has waited longest has the next.".to_owned(),
        None => "Are you coming?".to_owned(),
    };
    let (come, has_place) = match line.answer {
        Some(Answer::Yes | Answer::Waiting) => (None, true),
        _ if !event.is_open => (None, false),
        _ if line.is_full() => (Some("Wait for a place"), false),
        _ => (Some("I’m coming"), false),
    };
    let away = match line.answer {
        Some(Answer::Yes) => "Give my place back",
        Some(Answer::Waiting) => "Stop waiting",
        _ => "I can’t come",
    };
    let code = line.code.clone();
    let is_no = line.answer == Some(Answer::No);
    view! {
        <section class="card" aria-labelledby="answer">
            <div class="card__head"><h2 id="answer">"Your answer"</h2></div>
            <p>{state}</p>
            <div class="row above-3">
                {come.map(|words| view! { <WishButton code=code.clone() wish=Wish::Come class="btn" words /> })}
                {(!is_no).then(|| view! { <WishButton code=code.clone() wish=Wish::StayAway class="btn btn--second" words=away /> })}
                {is_no.then(|| view! { <WishButton code=code.clone() wish=Wish::TakeBack class="btn btn--ghost" words="Take my answer back" /> })}
            </div>
            {event.is_open.then(|| view! { <p class="small muted above-3">{format!("You can say that you are coming until {closes}, and give a place back until it begins.")}</p> })}
            {has_place.then(|| view! { <p class="small above-2"><a href=paths::event_file(&code)>"Add to my own calendar"</a></p> })}
        </section>
    }
    .into_any()
}

#[component]
fn WishButton(code: String, wish: Wish, class: &'static str, words: &'static str) -> impl IntoView {
    view! {
        <PostForm action=AnswerEvent::PATH>
            <Hidden name="code" value=code.clone() />
            <Hidden name="wish" value=wish.key() />
            <button class=class type="submit">{words}</button>
        </PostForm>
    }
}

#[component]
fn Facts(event: EventShown) -> impl IntoView {
    let line = event.line;
    let is_ahead = matches!(line.state, SessionState::Planned | SessionState::Open);
    let waiting = match event.waiting {
        0 => String::new(),
        1 => " 1 person is waiting.".to_owned(),
        more => format!(" {more} people are waiting."),
    };
    let places =
        if is_ahead { format!("{}. {}.{waiting}", line.places(), people_in_words(line.coming)) } else { had_places_in_words(line.coming) };
    let counts = if line.minutes == 0 { "Nothing".to_owned() } else { hours_and_minutes(line.minutes) };
    view! {
        <section class="card" aria-labelledby="facts">
            <div class="card__head"><h2 id="facts">"Good to know"</h2></div>
            <dl class="facts">
                <dt>"Places"</dt><dd>{places}</dd>
                <dt>"Hosted by"</dt><dd>{event.host.short}</dd>
                <dt>"At home in"</dt><dd>{line.space.1}</dd>
                <dt>"Counts for"</dt><dd>{format!("{counts}, in the CPD log of those who were there")}</dd>
            </dl>
        </section>
    }
}

/// What its host does.
#[component]
fn Keeping(event: EventShown) -> impl IntoView {
    let (line, code) = (event.line.clone(), event.line.code.clone());
    let has_begun = event.now >= line.starts;
    let is_cancelled = line.state == SessionState::Cancelled;
    let may_change = !is_cancelled && (line.is_draft || !has_begun);
    let record = if has_begun && line.state != SessionState::Done { "Mark who came" } else { "See who is coming" };
    let record = if line.state == SessionState::Done { "See who came" } else { record };
    let may_cancel = !line.is_draft && !is_cancelled && event.now < line.ends;
    view! {
        <section class="card" aria-labelledby="keeping">
            <div class="card__head"><h2 id="keeping">"For its host"</h2></div>
            <ul class="list">
                {(!line.is_draft).then(|| view! { <li class="item"><a href=paths::event_record(&code)>{record}</a></li> })}
                {may_change.then(|| view! { <li class="item"><a href=paths::change_event(&code)>"Change it…"</a></li> })}
                {may_change.then(|| view! { <li class="item"><a href=format!("{}#host", paths::change_event(&code))>"Give it to another host…"</a></li> })}
                {may_cancel.then(|| view! { <li class="item"><a href=format!("{}#cancel", paths::change_event(&code))>"Cancel it…"</a></li> })}
            </ul>
        </section>
    }
}
