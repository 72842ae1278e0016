//! Answering by the link in a message, without signing in.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_axum::ResponseOptions;

use crate::polls::answers::PollToAnswer;
use crate::polls::api::{AnswerPoll, poll_by_link};
use crate::polls::forms::{PollAddress, answer_field};
use crate::polls::model::{Answer, Subject, Time};
use crate::ui::{
    Audience, Banner, FormState, Hidden, PageHead, PageTitle, PostForm, Tone, UkTime, WhatIsWrong, day_month_year, field_id, field_name,
    load, param,
};

/// What somebody sees of a poll by their link: the times, and their own answers.
#[component]
pub fn AnswerPage() -> impl IntoView {
    let code = param("code");
    load(poll_by_link(PollAddress { code: code.clone() }), move |poll| match poll {
        Some(poll) => view! { <ToAnswer code poll /> }.into_any(),
        None => view! { <LinkOver /> }.into_any(),
    })
}

/// In place of a poll whose link is wrong or was taken back: which of these, nobody can tell who only has the link.
#[component]
fn LinkOver() -> impl IntoView {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(http::StatusCode::GONE);
    }
    view! {
        <PageTitle text="This link does not work any more" />
        <h1>"This link does not work any more"</h1>
        <p>"Perhaps a part of it is missing: please copy the whole link from the newest message. If that does not help, tell the Centre’s coordinator when you can come."</p>
    }
}

#[component]
fn ToAnswer(code: String, poll: PollToAnswer) -> impl IntoView {
    let is_open = poll.subject.is_open(poll.now);
    let first_day = poll.times.iter().map(|time| time.starts.date()).min().unwrap_or_else(|| ::series::local(poll.now).date());
    let (hello, last_day) = (format!("Hello, {}.", poll.given_name), day_month_year(poll.subject.last_day()));
    let what = if poll.is_for_group {
        "We are looking for a time for one of your supervision groups"
    } else {
        "We are looking for a time for supervision"
    };
    let rhythm = poll.subject.rhythm().map(|rhythm| format!(". It would be {rhythm}")).unwrap_or_default();
    let body = if is_open {
        view! {
            <p class="above-3">{format!("{hello} {what}{rhythm}. Please say for each time whether it suits you. ")}<UkTime day=first_day /></p>
            <p>{format!("You can answer until {last_day}, and change your answers with the same link until then.")}</p>
            <Times code poll />
        }
        .into_any()
    } else {
        view! { <Closed hello last_day poll /> }.into_any()
    };
    view! {
        <PageHead title="When can you come?">
            <Audience tier=2 sentence="the person who offered these times sees your name beside your answers. Others who plan see only how many people each time suits. The others who are asked see nothing." />
        </PageHead>
        {body}
    }
}

/// What somebody reads who comes after the poll has closed.
#[component]
fn Closed(hello: String, last_day: String, poll: PollToAnswer) -> impl IntoView {
    let PollToAnswer { subject, times, own, .. } = poll;
    let answers = times
        .into_iter()
        .filter_map(|time| own.get(&time.place).map(|answer| (subject.words(time), answer.name())))
        .map(|(words, answer)| view! { <li>{format!("{words}: {}", answer.to_lowercase())}</li> })
        .collect::<Vec<_>>();
    let thanks = if answers.is_empty() {
        "We have no answer from you. If there are times that do not suit you, please tell the Centre’s coordinator."
    } else {
        "Thank you for your answers, which are below. You are told as soon as something is planned."
    };
    view! {
        <div class="above-4">
            <Banner tone=Tone::Info title="This poll has closed"><p>{format!("{hello} It could be answered until {last_day}. {thanks}")}</p></Banner>
        </div>
        {(!answers.is_empty()).then(|| view! { <ul class="above-4">{answers}</ul> })}
    }
}

#[component]
fn Times(code: String, poll: PollToAnswer) -> impl IntoView {
    let PollToAnswer { subject, times, own, .. } = poll;
    let button = if own.is_empty() { "Send my answers" } else { "Change my answers" };
    view! {
        <PostForm action=AnswerPoll::PATH class="above-4">
            <Hidden name="code" value=code />
            <ul class="attend">
                {times.into_iter().map(|time| view! { <TimeLine subject time own=own.get(&time.place).copied() /> }).collect_view()}
            </ul>
            <div class="form-foot"><button class="btn" type="submit">{button}</button></div>
        </PostForm>
    }
}

/// A time, with the three answers beside it.
#[component]
fn TimeLine(subject: Subject, time: Time, own: Option<Answer>) -> impl IntoView {
    let state = FormState::of_form();
    let name = answer_field(time.place);
    let chosen = state.entered(&name).unwrap_or_else(|| own.map(|answer| answer.key().to_owned()).unwrap_or_default());
    let problem = state.problem(&name);
    let words = subject.words(time);
    let radios = Answer::ALL.map(|answer| radio(answer, &name, &chosen)).collect_view();
    view! {
        <li>
            <fieldset>
                <legend class="vh">{words.clone()}</legend>
                <span class="who" aria-hidden="true"><b>{words}</b></span>
                <WhatIsWrong problem />
                <span class="pick pick--many">{radios}</span>
            </fieldset>
        </li>
    }
}

fn radio(answer: Answer, name: &str, chosen: &str) -> impl IntoView + use<> {
    let tone = match answer {
        Answer::Yes => "p",
        Answer::IfNeedBe => "w",
        Answer::No => "b",
    };
    // The error summary leads to the first choice.
    let id = (answer == Answer::Yes).then(|| field_id(name));
    let is_chosen = chosen == answer.key();
    view! {
        <label>
            <input type="radio" id=id name=field_name(name) value=answer.key() checked=is_chosen />
            <span class=tone>{answer.name()}</span>
        </label>
    }
}
