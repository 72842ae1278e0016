//! The part of the page of one's availability that is about another calendar.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{AddCalendar, ForgetCalendar, ReadCalendarAgain};
use super::model::{OtherCalendar, Outcome};
use crate::ui::{Banner, Field, PostForm, Rejected, Tone, clock_time, day_and_month};

/// Where somebody has their busy times read from, how that went, what is kept, and the way to end it.
#[component]
pub fn AnotherCalendar(
    /// The calendar, if there is one.
    calendar: Option<OtherCalendar>,
) -> impl IntoView {
    let part = match calendar {
        None => view! {
            <p class="below-3">"Let us know when the calendar that you use elsewhere says that you are busy, so that no session is planned then. Only the times are kept, and the address, which nobody is shown again."</p>
            <Address button="Read this calendar" />
        }
        .into_any(),
        Some(calendar) => view! { <Standing calendar /> }.into_any(),
    };
    view! {
        <section class="card" aria-labelledby="another-calendar">
            <div class="card__head"><h2 id="another-calendar">"Another calendar"</h2></div>
            {part}
            <WhatIsKept />
        </section>
    }
}

/// Which calendar it is, how reading it went, and what can be done.
#[component]
fn Standing(calendar: OtherCalendar) -> impl IntoView {
    let OtherCalendar { host, outcome, read_at, not_understood } = calendar;
    let tone = match outcome {
        Outcome::Waiting => Tone::Info,
        Outcome::Read => Tone::Good,
        _ => Tone::Warn,
    };
    let read = match read_at.map(::series::local) {
        Some(read) => format!("Last read on {} at {}.", day_and_month(read.date()), clock_time(read.time())),
        None => "It has not been read yet.".to_owned(),
    };
    let left_out = match not_understood {
        0 => None,
        1 => Some("One entry could not be understood and is left out, so you may be busy at a time that we do not know of.".to_owned()),
        several => {
            Some(format!("{several} entries could not be understood and are left out, so you may be busy at times that we do not know of."))
        }
    };
    let is_refused = Rejected::of_request().is_some_and(|rejected| rejected.action == AddCalendar::PATH);
    view! {
        <Banner tone title=outcome.sentence()>
            <p>{format!("Your calendar at {host}. {read}")}</p>
            {left_out.map(|sentence| view! { <p>{sentence}</p> })}
        </Banner>
        <div class="row above-3">
            <PostForm action=ReadCalendarAgain::PATH><button class="btn btn--second" type="submit">"Read again"</button></PostForm>
            <PostForm action=ForgetCalendar::PATH><button class="btn btn--danger" type="submit">"Forget it"</button></PostForm>
        </div>
        <details class="above-3" open=is_refused>
            <summary>"Read another one instead…"</summary>
            <div class="above-3"><Address button="Read this one instead" /></div>
        </details>
    }
}

/// Where the address is pasted.
#[component]
fn Address(button: &'static str) -> impl IntoView {
    view! {
        <PostForm action=AddCalendar::PATH>
            <Field
                name="calendar_address"
                label="Private address of the calendar"
                hint="Google: Settings of the calendar, Secret address in iCal format. Outlook: Shared calendars, Publish, “Can view when I’m busy”, ICS. Apple: share as Public Calendar."
                inputmode="url"
            />
            <div class="form-foot"><button class="btn btn--second" type="submit">{button}</button></div>
        </PostForm>
    }
}

/// What is kept and what is not.
#[component]
fn WhatIsKept() -> impl IntoView {
    view! {
        <details class="above-3">
            <summary>"What is kept"</summary>
            <div class="prose above-2">
                <ul>
                    <li>"When you are busy in the year ahead. Not one title, place or person. What is marked as free, or cancelled, does not count."</li>
                    <li>"The address, which is as good as a key to your calendar. Nobody is shown it again, not even you."</li>
                    <li>"It is read every two hours. If it cannot be, what was read before still counts."</li>
                    <li>"Whoever plans with you learns that you are busy in another calendar then, and nothing more."</li>
                    <li>"When you forget it here, all of this is gone at once."</li>
                </ul>
            </div>
        </details>
    }
}
