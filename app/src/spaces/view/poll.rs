//! A poll in a thread, and the form that adds one.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::paths;
use crate::spaces::forms::ThreadAddress;
use crate::spaces::model::OPTIONS;
use crate::spaces::polling::{AddPoll, AnswerPoll, Poll, PollOption, thread_to_poll};
use crate::ui::{Choices, Field, Hidden, PageHead, PostForm, Rejected, TextArea, day_and_month, load, param};

/// The form of a poll for a thread of one's own.
#[component]
pub fn AddPollPage() -> impl IntoView {
    let form = ThreadAddress { space: param("space"), number: param("number"), page: String::new() };
    load(thread_to_poll(form), |thread| {
        let back = paths::thread(&thread.space, thread.number);
        let several = vec![("yes".to_owned(), "Several can be chosen".to_owned())];
        let in_a_week = (thread.today + chrono::TimeDelta::days(7)).to_string();
        let hint = format!("{} to {} answers, one on a line. They cannot be changed later.", OPTIONS.start(), OPTIONS.end());
        view! {
            <PageHead title="Add a poll" up=(back.clone(), thread.title)
                about="It stands below your first post. Everybody who reads the thread can answer, and sees how many chose what, but not who." />
            <PostForm action=AddPoll::PATH class="prose above-4">
                <Hidden name="space" value=thread.space />
                <Hidden name="number" value=thread.number.to_string() />
                <TextArea name="options" label="The answers" hint />
                <Choices name="several" legend="How many can be chosen?" several=true options=several />
                <Field name="closes_on" label="The last day to answer" kind="date" class="input--date" value=in_a_week />
                <div class="form-foot">
                    <button class="btn" type="submit">"Add the poll"</button>
                    <a href=back>"Cancel"</a>
                </div>
            </PostForm>
        }
    })
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
    let told = told(&poll);
    let (is_answered, is_closed) = (poll.is_answered(), poll.is_closed);
    let results = (is_answered || is_closed).then(|| view! { <Results options=poll.options.clone() people=poll.people /> });
    let is_refused = Rejected::of_request().is_some_and(|rejected| rejected.action == AnswerPoll::PATH);
    let form = (!is_closed).then(|| {
        let form = view! { <AnswerForm poll=poll.clone() space number /> };
        if is_answered {
            view! { <details class="above-3" open=is_refused><summary>"Answer otherwise"</summary>{form}</details> }.into_any()
        } else {
            form.into_any()
        }
    });
    view! {
        <section class="poll card above-4" aria-labelledby="poll">
            <h2 id="poll" class="as-h3">"Poll"</h2>
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

/// "3 people have answered. Open until Thursday 29 October."
fn told(poll: &Poll) -> String {
    let people = match poll.people {
        0 => "Nobody has answered yet".to_owned(),
        1 => "1 person has answered".to_owned(),
        more => format!("{more} people have answered"),
    };
    let until = if poll.is_closed { "Closed on" } else { "Open until" };
    format!("{people}. {until} {}.", day_and_month(poll.closes_on))
}

#[component]
fn AnswerForm(poll: Poll, space: String, number: i64) -> impl IntoView {
    let chosen = poll.options.iter().filter(|option| option.is_own).map(|option| option.place.to_string()).collect();
    let options = poll.options.into_iter().map(|option| (option.place.to_string(), option.words)).collect();
    let (name, legend) = if poll.takes_several { ("several", "Choose as many as you like") } else { ("one", "Choose one") };
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
