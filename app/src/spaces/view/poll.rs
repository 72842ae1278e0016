//! A poll in a thread, and the form that adds one.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::side::RULES;
use crate::guard::GuardMarks;
use crate::paths;
use crate::spaces::forms::ThreadAddress;
use crate::spaces::held::paused_until;
use crate::spaces::model::OPTIONS;
use crate::spaces::polling::{AddPoll, AnswerPoll, POLLS_CANNOT_WAIT, Poll, PollOption, ThreadWithoutPoll, thread_to_poll};
use crate::ui::{
    Audience, Banner, Choices, Field, FormState, Hidden, PageHead, PostForm, Rejected, TextArea, Tone, day_month_year, load, param,
};

/// The form of a poll for a thread of one's own.
#[component]
pub fn AddPollPage() -> impl IntoView {
    let form = ThreadAddress { space: param("space"), number: param("number"), page: String::new() };
    load(thread_to_poll(form), |thread| {
        let back = paths::thread(&thread.space.slug, thread.number);
        let (up, title) = ((back.clone(), thread.title.clone()), "Add a poll");
        let (tier, sentence) = (thread.space.kind.tier(), thread.space.kind.audience(&thread.space.name));
        let Some(told) = told_before(&thread) else {
            return view! {
                <PageHead title up about="It stands below your first post. Everybody who reads the thread can answer, and sees how many chose what, but not who.">
                    <Audience tier sentence />
                </PageHead>
                <PollForm thread back />
            }
            .into_any();
        };
        view! {
            <PageHead title up><Audience tier sentence /></PageHead>
            <Banner tone=Tone::Warn title=told><p><a href=back>"Back to what you asked"</a></p></Banner>
        }
        .into_any()
    })
}

/// Why no poll can be added at this moment, said before anybody has written one. Whoever has, when that changed, keeps what they wrote and is told beside it.
fn told_before(thread: &ThreadWithoutPoll) -> Option<String> {
    if Rejected::of_request().is_some_and(|rejected| rejected.action == AddPoll::PATH) {
        return None;
    }
    let waits = thread.posting.waits.map(|_| POLLS_CANNOT_WAIT.to_owned());
    thread.posting.paused.map(|paused| paused_until(paused, thread.now)).or(waits)
}

#[component]
fn PollForm(thread: ThreadWithoutPoll, back: String) -> impl IntoView {
    let several = vec![("yes".to_owned(), "Several can be chosen".to_owned())];
    let topics = vec![("yes".to_owned(), "What the community takes up next: it stands on “You said, we did” as well".to_owned())];
    let in_a_week = (thread.now.date() + chrono::TimeDelta::days(7)).to_string();
    let hint = format!("{} to {} answers, one on a line. They cannot be changed later.", OPTIONS.start(), OPTIONS.end());
    view! {
        <ul class="composer__rules above-2" aria-label="What we agreed">{RULES.map(|rule| view! { <li>{rule}</li> }).collect_view()}</ul>
        <PostForm action=AddPoll::PATH class="prose above-4">
            <Hidden name="space" value=thread.space.slug />
            <Hidden name="number" value=thread.number.to_string() />
            <GuardMarks text=FormState::of_form().entered("options").unwrap_or_default()>
                <TextArea name="options" label="The answers" hint />
            </GuardMarks>
            <Choices name="several" legend="How many can be chosen?" several=true options=several />
            {thread.may_ask_for_topics.then(|| view! { <Choices name="topics" legend="What is it about?" several=true options=topics /> })}
            <Field name="closes_on" label="The last day to answer" kind="date" class="input--date" value=in_a_week />
            <div class="form-foot">
                <button class="btn" type="submit">"Add the poll"</button>
                <a href=back>"Cancel"</a>
            </div>
        </PostForm>
    }
}

/// A poll: its answers to choose from, and once the reader has answered or it has closed, how many chose what.
#[component]
pub fn PollShown(
    /// The poll.
    poll: Poll,
    /// The space's part of the address.
    space: String,
    /// The thread's number in it.
    number: i64,
) -> impl IntoView {
    let name = if poll.is_about_topics { "Poll: what we take up next" } else { "Poll" };
    let told = told(&poll);
    let (is_answered, is_closed) = (poll.is_answered(), poll.is_closed);
    let results = (is_answered || is_closed).then(|| view! { <Results options=poll.options.clone() people=poll.people /> });
    let is_refused = Rejected::of_request().is_some_and(|rejected| rejected.action == AnswerPoll::PATH);
    let form = (!is_closed).then(|| {
        let form = view! { <AnswerForm poll=poll.clone() space number /> };
        if is_answered {
            view! { <details class="above-3" open=is_refused><summary>"Change your answer"</summary>{form}</details> }.into_any()
        } else {
            form.into_any()
        }
    });
    view! {
        <section class="poll card above-4" aria-labelledby="poll">
            <h2 id="poll" class="as-h3">{name}</h2>
            <p class="small muted">{told}</p>
            {results}
            {form}
        </section>
    }
}

/// A poll for whoever reads it and does not answer: how many chose what.
#[component]
pub fn PollRead(
    /// The poll.
    poll: Poll,
) -> impl IntoView {
    view! {
        <section class="poll card above-3" aria-label="Poll">
            <h3 class="as-h3">"Poll"</h3>
            <p class="small muted">{told(&poll)}</p>
            <Results options=poll.options people=poll.people />
        </section>
    }
}

/// "3 people have answered. Open until Thursday 29 October 2026."
fn told(poll: &Poll) -> String {
    let people = match poll.people {
        0 => "Nobody has answered yet".to_owned(),
        1 => "1 person has answered".to_owned(),
        more => format!("{more} people have answered"),
    };
    let until = if poll.is_closed { "Closed on" } else { "Open until" };
    format!("{people}. {until} {}.", day_month_year(poll.closes_on))
}

#[component]
fn AnswerForm(poll: Poll, space: String, number: i64) -> impl IntoView {
    let is_answered = poll.is_answered();
    let chosen = poll.options.iter().filter(|option| option.is_own).map(|option| option.place.to_string()).collect();
    let options = poll.options.into_iter().map(|option| (option.place.to_string(), option.words)).collect();
    let (name, legend) = match (poll.takes_several, is_answered) {
        (true, true) => ("several", "Choose as many as you like, or none to take your answer back"),
        (true, false) => ("several", "Choose as many as you like"),
        (false, _) => ("one", "Choose one"),
    };
    let several = poll.takes_several;
    view! {
        <PostForm action=AnswerPoll::PATH class="above-3">
            <Hidden name="space" value=space />
            <Hidden name="number" value=number.to_string() />
            <Choices name legend several chosen options />
            <div class="form-foot"><button class="btn btn--second" type="submit">"Answer"</button></div>
        </PostForm>
    }
}

/// How many chose what, as a bar and in words.
#[component]
fn Results(options: Vec<PollOption>, people: i64) -> impl IntoView {
    let rows = options.into_iter().map(|option| {
        let part = if people == 0 { 0 } else { (option.chosen * 100 / people + 2) / 5 * 5 };
        let own = option.is_own.then_some(" (your answer)");
        view! {
            <li>
                <p class="poll__words"><span>{option.words}{own}</span><b>{option.chosen}</b></p>
                <div class="progress" aria-hidden="true"><span data-part=part.to_string()></span></div>
            </li>
        }
    });
    view! { <ul class="poll__results above-3">{rows.collect_view()}</ul> }
}
