//! One opening: what was asked, what was answered, and what can be done.

use chrono::NaiveDateTime;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::list::tone;
use crate::access::Role;
use crate::openings::answers::{Answer, Opening};
use crate::openings::api::{AnswerOpening, TakeBackOpening, TellOfOpening, opening_of};
use crate::openings::forms::OpeningAddress;
use crate::openings::model::State;
use crate::paths;
use crate::people::PersonName;
use crate::ui::{Audience, Badge, Choices, Hidden, Icon, PageHead, PostForm, TextArea, clock_time, day_and_month, load, param};

/// An opening.
#[component]
pub fn OpeningPage() -> impl IntoView {
    load(opening_of(OpeningAddress { code: param("code"), page: String::new() }), |opening| view! { <Shown opening /> })
}

/// "Thursday 22 October, 10:00".
pub(super) fn moment(at: NaiveDateTime) -> String {
    format!("{}, {}", day_and_month(at.date()), clock_time(at.time()))
}

fn who((name, role): &(PersonName, Role)) -> String {
    format!("{}, {}", name.short, role.name().to_lowercase())
}

#[component]
fn Shown(opening: Opening) -> impl IntoView {
    let line = opening.line.clone();
    let is_readable = line.state == State::Open && opening.is_readers;
    let read =
        is_readable.then(|| view! { <a class="btn" href=paths::read_opened(&line.code)><Icon name="key-round" />"Read it"</a> }).into_any();
    let answer =
        line.is_readers_to_answer.then(|| view! { <ToAnswer code=line.code.clone() asks_for_silence=!opening.silence.is_empty() /> });
    let take_back = opening.is_readers_to_take_back.then(|| view! { <ToTakeBack code=line.code.clone() /> });
    let tell = opening.may_tell.then(|| view! { <ToTell code=line.code.clone() /> });
    let until = match line.state {
        State::Waits => Some(("Can be answered until", moment(line.until))),
        State::Open => Some(("Open until", moment(line.until))),
        State::Over => Some(("Was open until", moment(line.until))),
        State::Declined | State::TakenBack | State::Lapsed => None,
    };
    view! {
        <PageHead title=line.subject.in_words() tab="An opening" up=(paths::OPENINGS.to_owned(), "Openings".to_owned())
            about="All times are UK time." times=line.asked_at.date() actions=read>
            <Audience tier=2 sentence="whoever asked and whoever answered; while it waits, or would have waited, whoever could answer. What is opened, the two of them alone." />
        </PageHead>
        <div class="split">
            <div>
                <section class="card" aria-labelledby="asked">
                    <div class="card__head"><h2 id="asked">"What is asked"</h2><Badge tone=tone(line.state)>{line.state.name()}</Badge></div>
                    <dl class="facts">
                        <dt>"Asked by"</dt><dd>{format!("{}, {}", who(&opening.asked_by), moment(line.asked_at))}</dd>
                        <dt>"Ground"</dt><dd>{opening.ground.name()}</dd>
                        <dt>"Why"</dt><dd>{opening.words.clone()}</dd>
                        <dt>"For how long"</dt><dd>{hours(opening.hours)}</dd>
                        {until.map(|(name, moment)| view! { <dt>{name}</dt><dd>{moment}</dd> })}
                        {(!opening.silence.is_empty()).then(|| view! { <dt>"Why they should not be told at once"</dt><dd>{opening.silence.clone()}</dd> })}
                    </dl>
                </section>
                <Answered answer=opening.answer.clone() told_at=opening.told_at />
                <Looks looks=opening.looks />
            </div>
            <div>{answer}{take_back}{tell}</div>
        </div>
    }
}

fn hours(hours: i64) -> String {
    if hours == 1 { "1 hour".to_owned() } else { format!("{hours} hours") }
}

/// What was answered, and whether whoever it concerns was told.
#[component]
fn Answered(answer: Option<Answer>, told_at: Option<NaiveDateTime>) -> impl IntoView {
    answer.map(|answer| {
        let title = if answer.is_agreed { "It was agreed to" } else { "It was declined" };
        let told = told_at.map_or_else(
            || "Whoever it concerns has not been told yet.".to_owned(),
            |at| format!("Whoever it concerns was told: {}.", moment(at)),
        );
        view! {
            <section class="card" aria-labelledby="answered">
                <h2 id="answered">{title}</h2>
                <dl class="facts above-2">
                    <dt>"By"</dt><dd>{format!("{}, {}", who(&answer.by), moment(answer.at))}</dd>
                    <dt>"Why"</dt><dd>{answer.words}</dd>
                </dl>
                {answer.is_agreed.then(|| view! { <p class="small above-2">{told}</p> })}
            </section>
        }
    })
}

/// Who has looked.
#[component]
fn Looks(looks: Vec<(PersonName, NaiveDateTime)>) -> impl IntoView {
    (!looks.is_empty()).then(|| {
        let items = looks.into_iter().map(|(name, at)| view! { <li>{format!("{}, {}", name.short, moment(at))}</li> }).collect_view();
        view! {
            <section class="card" aria-labelledby="looks">
                <h2 id="looks">"Who has looked"</h2>
                <ul class="plain stack gap-1 small above-2">{items}</ul>
            </section>
        }
    })
}

#[component]
fn ToAnswer(code: String, asks_for_silence: bool) -> impl IntoView {
    let choices = |of: [(&str, &str); 2]| of.map(|(key, words)| (key.to_owned(), words.to_owned())).to_vec();
    let answers = choices([("agree", "I agree: open it for the two of us"), ("decline", "I decline: it stays closed")]);
    let tell = choices([("now", "Tell them as soon as it is open"), ("later", "I agree that telling them now would put somebody at risk")]);
    view! {
        <section class="card" aria-labelledby="answer">
            <h2 id="answer">"Your answer"</h2>
            <PostForm action=AnswerOpening::PATH class="above-3">
                <Hidden name="code" value=code />
                <Choices name="answer" legend="Do you agree?" options=answers />
                <TextArea name="words" label="Why?" hint="In at least 20 characters. It stays on record." />
                {asks_for_silence.then(|| view! { <Choices name="tell" legend="When is whoever it concerns told?" chosen=vec!["now".to_owned()] options=tell /> })}
                <div class="form-foot"><button class="btn" type="submit">"Answer"</button></div>
            </PostForm>
        </section>
    }
}

/// Taking back what the reader has asked for.
#[component]
fn ToTakeBack(code: String) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="take-back">
            <h2 id="take-back">"Is it no longer needed?"</h2>
            <p class="above-2">"You can take your request back until somebody answers it. Nothing is opened then. That you asked, and took it back, stays on record, and whoever could have agreed sees it."</p>
            <PostForm action=TakeBackOpening::PATH class="above-3">
                <Hidden name="code" value=code />
                <button class="btn btn--second" type="submit">"Take it back"</button>
            </PostForm>
        </section>
    }
}

#[component]
fn ToTell(code: String) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="tell">
            <h2 id="tell">"Whoever it concerns does not know"</h2>
            <p class="above-2">"It was agreed that telling them would put somebody at risk. As soon as that is over, have them told: when, by whom and on which ground."</p>
            <PostForm action=TellOfOpening::PATH class="above-3">
                <Hidden name="code" value=code />
                <button class="btn" type="submit">"Tell them now"</button>
            </PostForm>
        </section>
    }
}
