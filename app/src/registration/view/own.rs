//! One's own registration: every answer, and saying that all of it is right.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::told::{RegistrationAudience, answer_in_words};
use crate::paths;
use crate::registration::answers::{OwnRegistration, Registration};
use crate::registration::api::{ConfirmRegistration, my_registration};
use crate::registration::model::{Step, is_stale};
use crate::ui::{Banner, PageHead, PostForm, Tone, day_month_year, load};

/// Every question with its answer, each with the way to change it.
#[component]
pub fn RegistrationPage() -> impl IntoView {
    load(my_registration(), |own| view! { <Own own /> })
}

#[component]
fn Own(own: OwnRegistration) -> impl IntoView {
    let rows = Step::ALL.iter().map(|step| row(&own, *step)).collect_view();
    let offering = own.is_supervisor.then(|| {
        view! { <p class="above-4"><a href=paths::OFFERING>"What you offer as a supervisor"</a></p> }
    });
    view! {
        <PageHead
            title="Registration"
            up=(paths::MY_SUPERVISION.to_owned(), "My supervision".to_owned())
            about="What the Centre needs to know to place you in a group that fits. Every answer is kept as soon as you give it. All times are UK time."
            times=own.today
        >
            <RegistrationAudience whose="you" />
        </PageHead>
        <Standing own=own.clone() />
        <section class="card above-4" aria-labelledby="answers">
            <div class="card__head"><h2 id="answers">"Your answers"</h2></div>
            <dl class="summary">{rows}</dl>
        </section>
        {offering}
    }
}

/// How far it has come, and the next thing to do.
#[component]
fn Standing(own: OwnRegistration) -> impl IntoView {
    let answers = &own.registration;
    match (answers.confirmed_at, answers.next_step()) {
        (Some(at), _) => view! { <Confirmed own at /> }.into_any(),
        (None, Some(step)) => {
            let (done, all) = (answers.answered.len(), Step::ALL.len());
            let (title, button) = if done == 0 {
                (format!("{all} short questions, about ten minutes"), "Begin")
            } else {
                (format!("{done} of {all} questions are answered"), "Go on where you left off")
            };
            view! {
                <section class="card card--dawn" aria-labelledby="standing">
                    <h2 id="standing">{title}</h2>
                    <p class="above-2">"You can stop at any question and go on later, on any device."</p>
                    <p class="above-4"><a class="btn" href=paths::registration_step(step.key())>{button}</a></p>
                </section>
            }
            .into_any()
        }
        (None, None) => view! {
            <section class="card card--dawn" aria-labelledby="standing">
                <h2 id="standing">"Are all of these right?"</h2>
                <p class="above-2">"They are used when groups are next formed, once you have said so."</p>
                {confirm("They are right")}
            </section>
        }
        .into_any(),
    }
}

/// When the answers were confirmed, with the questions that are new since.
#[component]
fn Confirmed(own: OwnRegistration, at: DateTime<Utc>) -> impl IntoView {
    let day = day_month_year(::series::local(at).date());
    let new = new_questions(&own.registration);
    if is_stale(at, own.today) {
        view! {
            <Banner tone=Tone::Warn title=format!("You last checked these on {day}, more than six months ago")>
                <p>"Please check that they are still right, your hours above all."</p>
                {new}
                {confirm("These are still right")}
            </Banner>
        }
        .into_any()
    } else {
        view! {
            <Banner tone=Tone::Good title=format!("You said on {day} that these are right. Whatever you change has to be confirmed again.")>
                {new}
            </Banner>
        }
        .into_any()
    }
}

/// The questions that nobody had asked when the answers were confirmed, each with the way to it.
fn new_questions(answers: &Registration) -> Option<impl IntoView + use<>> {
    let new: Vec<Step> = Step::ALL.iter().copied().filter(|step| !answers.answered.contains(step)).collect();
    let title = match new.len() {
        0 => return None,
        1 => "One new question: ".to_owned(),
        several => format!("{several} new questions: "),
    };
    let link = |(place, step): (usize, Step)| {
        view! { {(place > 0).then_some(", ")}<a href=paths::registration_step(step.key())>{step.name()}</a> }
    };
    let links = new.into_iter().enumerate().map(link).collect_view();
    Some(view! { <p>{title}{links}</p> })
}

fn confirm(words: &'static str) -> impl IntoView {
    view! { <PostForm action=ConfirmRegistration::PATH class="above-3"><button class="btn" type="submit">{words}</button></PostForm> }
}

fn row(own: &OwnRegistration, step: Step) -> impl IntoView + use<> {
    let answer = answer_in_words(own, step);
    let verb = if answer.is_some() { "Change" } else { "Answer" };
    let answer = answer.unwrap_or_else(|| "Not answered yet".to_owned());
    view! {
        <div>
            <dt>{step.name()}</dt>
            <dd>{answer}</dd>
            <dd class="summary__act">
                <a href=paths::registration_step(step.key())>{verb}<span class="vh">{format!(" ({})", step.name())}</span></a>
            </dd>
        </div>
    }
}
