//! The form of a new poll.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::paths;
use crate::polls::answers::PollToMake;
use crate::polls::api::{MakePoll, poll_to_make_for};
use crate::polls::forms::{NewPollAddress, time_field};
use crate::polls::model::{MOST_TIMES, PollKind};
use crate::ui::{Audience, DeviceAway, Field, FormState, Hidden, PageHead, PostForm, SelectField, TextArea, address_with, load, query};

/// Times of a week or single dates, offered to a group or to people by name.
#[component]
pub fn NewPollPage() -> impl IntoView {
    let slug = query("group").unwrap_or_default();
    let kind = PollKind::of_key(&query("kind").unwrap_or_default());
    load(poll_to_make_for(NewPollAddress { slug }), move |poll| view! { <NewPoll poll kind /> })
}

#[component]
fn NewPoll(poll: PollToMake, kind: PollKind) -> impl IntoView {
    let slug = poll.group.as_ref().map(|(slug, _)| slug.clone()).unwrap_or_default();
    let (up, about) = match &poll.group {
        Some((slug, name)) => (
            (paths::group(slug), name.clone()),
            "Everybody in the group gets an email with a link of their own, and answers without signing in.",
        ),
        None => (
            (paths::POLLS.to_owned(), "Polls for times".to_owned()),
            "Everybody you name gets an email with a link of their own, and answers without signing in.",
        ),
    };
    let begins_on = poll.begins_on;
    view! {
        <PageHead title="Offer times" up about>
            <Audience tier=4 sentence="each person you ask sees the times and their own answers. You see who answered what; others who plan see how many people each time suits." />
        </PageHead>
        <Kinds slug=slug.clone() kind />
        <PostForm action=MakePoll::PATH class="prose above-4">
            <Hidden name="slug" value=slug />
            <Hidden name="kind" value=kind.key() />
            {poll.group.is_none().then(|| view! {
                <TextArea name="emails" label="Who do you want to ask?" hint="The work email of each person, one on a line. They must be invited or registered already." />
            })}
            <Facts poll kind />
            <h2 class="as-h3 above-5">"The times"</h2>
            <p class="hint">{format!("Up to {MOST_TIMES}, UK time. Lines that stay empty are left out. ")}<DeviceAway day=begins_on /></p>
            {(1..=AT_FIRST).map(|place| view! { <TimeRow place kind /> }).collect_view()}
            <MoreTimes kind />
            <div class="form-foot">
                <button class="btn" type="submit">"Send the links"</button>
            </div>
        </PostForm>
    }
}

/// How many lines for times are shown at once; the others open below them.
const AT_FIRST: usize = 5;

/// Times of a week, or dates.
#[component]
fn Kinds(slug: String, kind: PollKind) -> impl IntoView {
    let link = |to: PollKind, name: &'static str| {
        let address = address_with(paths::NEW_POLL, &[("group", &slug), ("kind", to.key())]);
        let current = (to == kind).then_some("page");
        view! { <a href=address aria-current=current>{name}</a> }
    };
    view! {
        <nav class="seg" aria-label="What kind of times">
            {link(PollKind::Weekly, "Times of a week, for a series")}
            {link(PollKind::Dates, "Single dates")}
        </nav>
    }
}

#[component]
fn Facts(poll: PollToMake, kind: PollKind) -> impl IntoView {
    let is_weekly = kind == PollKind::Weekly;
    view! {
        <Field name="length_minutes" label="Length in minutes" kind="number" inputmode="numeric" class="input--short"
            value=poll.length_minutes.to_string() />
        {is_weekly.then(|| view! {
            <Field name="every_weeks" label="Weeks from one session to the next" kind="number" inputmode="numeric" class="input--short"
                value=poll.every_weeks.to_string() hint="1 for every week, 2 for every second week, and so on." />
        })}
        <Field name="closes_on" label="Answers until" kind="date" class="input--date" value=poll.closes_on.to_string()
            hint="The poll closes by itself at the end of this day." />
        {is_weekly.then(|| view! {
            <Field name="begins_on" label="Sessions would begin in the week of" kind="date" class="input--date" value=poll.begins_on.to_string() />
        })}
    }
}

/// One time: its day or date, and when it begins.
#[component]
fn TimeRow(place: usize, kind: PollKind) -> impl IntoView {
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    let day = match kind {
        PollKind::Weekly => {
            let days = (1..).zip(DAYS).map(|(number, day)| (number.to_string(), day.to_owned()));
            let options = [(String::new(), "No day".to_owned())].into_iter().chain(days).collect();
            view! { <SelectField name=time_field(place, "day") label="Day" options /> }.into_any()
        }
        PollKind::Dates => view! { <Field name=time_field(place, "date") label="Date" kind="date" class="input--date" /> }.into_any(),
    };
    view! {
        <fieldset class="above-3">
            <legend class="label">{format!("Time {place}")}</legend>
            <div class="fields">
                {day}
                <Field name=time_field(place, "time") label="Starts at" kind="time" class="input--time" />
            </div>
        </fieldset>
    }
}

/// The lines for further times, which stand open where one of them was filled in.
#[component]
fn MoreTimes(kind: PollKind) -> impl IntoView {
    let state = FormState::of_form();
    let is_used = (AT_FIRST + 1..=MOST_TIMES).any(|place| {
        ["day", "date", "time"].iter().any(|part| state.entered(&time_field(place, part)).is_some_and(|value| !value.is_empty()))
    });
    view! {
        <details class="above-4" open=is_used>
            <summary>"More times"</summary>
            {(AT_FIRST + 1..=MOST_TIMES).map(|place| view! { <TimeRow place kind /> }).collect_view()}
        </details>
    }
}
