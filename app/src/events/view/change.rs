//! Making an event, changing it and cancelling it.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::in_the_way::{WhatIsInTheWay, WhyAllTheSame};
use crate::access::{Permission, holders_in_words, page_day};
use crate::events::answers::{EventFields, EventToChange, InTheWay};
use crate::events::api::{CancelEvent, ChangeEvent, GiveEvent, MakeEvent, event_to_change_of};
use crate::events::forms::EventTimes;
use crate::events::model::{CLOSINGS, CancelledBecause, EventKind, HOST_REASONS};
use crate::groups::MeetingMode;
use crate::guard::{GuardMarks, GuardRules};
use crate::paths;
use crate::ui::{
    Audience, Choices, Field, FormState, Hidden, PageHead, PostForm, Rejected, SelectField, TextArea, day_and_month, load, param,
};

/// Making an event: what is typed becomes a draft, which is looked at before it is published.
#[component]
pub fn NewEventPage() -> impl IntoView {
    load(event_to_change_of(typed(String::new())), |event| {
        view! {
            <Head title="Make an event" up=(paths::EVENTS.to_owned(), "Events".to_owned()) />
            <WhatIsInTheWay in_the_way=event.in_the_way.clone() />
            <PostForm action=MakeEvent::PATH class="prose above-4">
                <Fields event=event.clone() />
                <div class="form-foot">
                    <button class="btn" type="submit">"See what it will look like"</button>
                    <span class="small muted">"Nobody else sees it until you publish it."</span>
                </div>
            </PostForm>
        }
    })
}

/// Changing an event, and cancelling it.
#[component]
pub fn ChangeEventPage() -> impl IntoView {
    let code = param("code");
    let typed = typed(code.clone());
    let is_giving = !typed.host.is_empty();
    load(event_to_change_of(typed), move |event| {
        let line = event.event.as_ref().map(|event| event.line.clone());
        let version = event.event.as_ref().map(|event| event.version).unwrap_or_default().to_string();
        let (title, is_draft, is_host) = line.map_or((String::new(), true, true), |line| (line.title, line.is_draft, line.is_host));
        let nothing = InTheWay::default();
        let (in_the_way, of_next) = if is_giving { (nothing, event.in_the_way.clone()) } else { (event.in_the_way.clone(), nothing) };
        let shown = in_the_way.clone();
        // Nobody is asked why a draft is as it is: it can be kept until it fits.
        let why = move || (!is_draft).then(|| view! { <WhyAllTheSame in_the_way is_host /> });
        let (own_code, own_version, hosts) = (code.clone(), version.clone(), event.hosts.clone());
        view! {
            <Head title="Change an event" up=(paths::event(&code), title) />
            <WhatIsInTheWay in_the_way=shown />
            <PostForm action=ChangeEvent::PATH class="prose above-4">
                <Hidden name="code" value=own_code.clone() />
                <Hidden name="version" value=own_version.clone() />
                <Fields event=event.clone() />
                {why()}
                <div class="form-foot"><button class="btn" type="submit">"Save changes"</button></div>
            </PostForm>
            <Give code=code.clone() version hosts is_draft in_the_way=of_next />
            {(!is_draft).then(|| view! { <Cancel code=code.clone() /> })}
        }
    })
}

/// The time that was typed and refused, or the host who was chosen, of which the page says what is in the way.
fn typed(code: String) -> EventTimes {
    let nothing = EventTimes { code, ..EventTimes::default() };
    let Some(rejected) = Rejected::of_request() else { return nothing };
    let entered = |name| rejected.entered_in(name);
    match rejected.action.as_str() {
        action if action == GiveEvent::PATH => EventTimes { host: entered("host"), ..nothing },
        action if [MakeEvent::PATH, ChangeEvent::PATH].contains(&action) => EventTimes {
            starts_on: entered("starts_on"),
            starts_time: entered("starts_time"),
            length_minutes: entered("length_minutes"),
            ..nothing
        },
        _ => nothing,
    }
}

#[component]
fn Head(title: &'static str, up: (String, String)) -> impl IntoView {
    let holders = holders_in_words(Permission::ManageEvents);
    view! {
        <PageHead title up about="Whoever can read the space in which it is at home can come. All times are UK time." times=page_day()>
            <Audience tier=4 sentence=format!("as a draft you and {holders}; once it is published, whoever can read its space.") />
        </PageHead>
    }
}

#[component]
fn Fields(event: EventToChange) -> impl IntoView {
    let EventToChange { event, spaces, library, now, .. } = event;
    let pair = |key: &str, name: &str| (key.to_owned(), name.to_owned());
    let text = |of: fn(&EventFields) -> String| event.as_ref().map(of).unwrap_or_default();
    let kind = event.as_ref().map_or("", |event| event.line.kind.key());
    let nothing = |words: &str| event.is_none().then(|| pair("", words));
    let kinds = nothing("Choose a kind").into_iter().chain(EventKind::ALL.map(|kind| pair(kind.key(), kind.name()))).collect();
    let is_published = event.as_ref().is_some_and(|event| !event.line.is_draft);
    let home = text(|event| event.line.space.0.clone());
    let homes = nothing("Choose a space").into_iter().chain(spaces).filter(|(slug, _)| !is_published || *slug == home).collect();
    let modes = MeetingMode::ALL.map(|mode| pair(mode.key(), mode.name())).to_vec();
    let mode = event.as_ref().map_or(MeetingMode::Online, |event| event.line.mode).key().to_owned();
    let closings = CLOSINGS.map(|(hours, words)| pair(&hours.to_string(), words)).to_vec();
    let closes = event.as_ref().map_or(0, |event| event.closes_hours).to_string();
    let today = day_and_month(now.date());
    let starts_on = event.as_ref().map_or(String::new(), |event| event.line.starts.date().to_string());
    let source = text(|event| event.source.clone());
    let chosen = event.as_ref().map(|event| event.reading.clone()).unwrap_or_default();
    let number = |of: fn(&EventFields) -> i64, usual: &str| event.as_ref().map_or_else(|| usual.to_owned(), |event| of(event).to_string());
    let length = number(|event| event.line.ends.signed_duration_since(event.line.starts).num_minutes(), "60");
    view! {
        <SelectField name="kind" label="What kind of event is it?" value=kind options=kinds />
        <Field name="title" label="Title" value=text(|event| event.line.title.clone()) />
        <Field name="speaker" label="Who speaks? (optional)" hint="With their own consent: a name, and what they do." value=text(|event| event.speaker.clone()) />
        <GuardRules />
        <GuardMarks text=FormState::of_form().entered("text").unwrap_or_else(|| source.clone())>
            <TextArea name="text" label="What is it about?" rows=8 value=source.clone()
                hint="What people take away, and what they should bring. **Bold**, *italic*, - lists and > quotations work." />
        </GuardMarks>
        <div class="fields">
            <Field name="starts_on" label="Day" kind="date" class="input--date" hint=format!("Today is {today}.") value=starts_on />
            <Field name="starts_time" label="Begins at" kind="time" class="input--time" hint="UK time." value=text(|event| event.line.starts.format("%H:%M").to_string()) />
            <Field name="length_minutes" label="Minutes" inputmode="numeric" class="input--short" hint="Such as 60." value=length />
        </div>
        <SelectField name="space" label="For whom is it?" options=homes value=home.clone()
            hint=if is_published { "A published event stays at home where it is." } else { "Whoever can read this space can come. An event is at home in one space." } />
        <Choices name="mode" legend="How do you meet?" options=modes chosen=vec![mode] />
        <Field name="room_url" label="Address of the room, online" kind="url" inputmode="url"
            hint="It is shown to those with a place, from a quarter of an hour before." value=text(|event| event.room_url.clone()) />
        <Field name="place" label="Place, in person" value=text(|event| event.line.place.clone()) />
        <Field name="capacity" label="How many places? (optional)" inputmode="numeric" class="input--short"
            hint="Empty for a place for everybody. Once all are taken, people wait in order."
            value=text(|event| event.line.capacity.map(|capacity| capacity.to_string()).unwrap_or_default()) />
        <SelectField name="closes_hours" label="Until when can people say that they are coming?" options=closings value=closes />
        <Field name="minutes" label="Minutes in the CPD log" inputmode="numeric" class="input--short"
            hint="For those who were marked as there; 0 where it counts for nothing." value=number(|event| event.line.minutes, "60") />
        <Reading library chosen />
    }
}

/// What of the library is worth reading before, folded away since it is long.
#[component]
fn Reading(library: Vec<(String, String)>, chosen: Vec<String>) -> impl IntoView {
    let is_open = !chosen.is_empty() || FormState::of_form().problem("reading").is_some();
    view! {
        <details class="below-4" open=is_open>
            <summary>"What is worth reading before"</summary>
            <Choices name="reading" legend="From the library (optional)" several=true options=library chosen />
        </details>
    }
}

/// Giving it to another host, who is free then or hosts it for a reason. Of a draft nobody is asked for one.
#[component]
fn Give(code: String, version: String, hosts: Vec<(String, String)>, is_draft: bool, in_the_way: InTheWay) -> impl IntoView {
    let (about, nobody) = if is_draft {
        (
            "Those who can read its space are offered. Whether they are free then is looked at once more when they publish it. You are both written to.",
            "Nobody else who hosts events and can read its space can have anything planned then.",
        )
    } else {
        (
            "Those who can read its space are offered, if they are free then. You are both written to.",
            "Nobody else who hosts events and can read its space is free then.",
        )
    };
    let form = (!hosts.is_empty()).then(|| {
        let options: Vec<(String, String)> = std::iter::once((String::new(), "Choose".to_owned())).chain(hosts).collect();
        let reasons = HOST_REASONS.map(|(reason, words)| (reason.key().to_owned(), words.to_owned())).to_vec();
        let legend = "Where it needs a reason: why do they host it all the same? (optional)";
        let why = move || (!is_draft).then(|| view! { <Choices name="why" legend options=reasons /> });
        view! {
            <p>{about}</p>
            <PostForm action=GiveEvent::PATH class="above-4">
                <Hidden name="code" value=code.clone() />
                <Hidden name="version" value=version.clone() />
                <SelectField name="host" label="Who hosts it?" options=options.clone() />
                {why()}
                <div class="form-foot"><button class="btn btn--second" type="submit">"Give it to them"</button></div>
            </PostForm>
        }
    });
    let nobody = form.is_none().then(|| view! { <p>{nobody}</p> });
    view! {
        <section class="card above-5" id="host" aria-labelledby="host-title">
            <div class="card__head"><h2 id="host-title">"Give it to another host"</h2></div>
            <WhatIsInTheWay in_the_way />
            {form}
            {nobody}
        </section>
    }
}

/// Cancelling, with a reason that everybody who answered is told.
#[component]
fn Cancel(code: String) -> impl IntoView {
    let options = CancelledBecause::ALL.map(|reason| (reason.key().to_owned(), reason.name().to_owned())).to_vec();
    view! {
        <section class="card above-5" id="cancel" aria-labelledby="cancel-title">
            <div class="card__head"><h2 id="cancel-title">"Cancel the event"</h2></div>
            <PostForm action=CancelEvent::PATH>
                <Hidden name="code" value=code.clone() />
                <Choices name="because" legend="Why can it not take place?" hint="Everybody who has a place or waits is told." options=options.clone() />
                <div class="form-foot"><button class="btn btn--danger" type="submit">"Cancel it and tell everybody"</button></div>
            </PostForm>
        </section>
    }
}
