//! The entrance to learning, and a learning page.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{Learning, LearningLine};
use super::api::{FinishLearningPage, learning_page_of, learning_pages};
use super::forms::LearningAddress;
use super::model::{Question, Section, Text, answer_field};
use super::texts::text_of;
use crate::paths;
use crate::ui::{Audience, Badge, Banner, Choices, Hidden, PageHead, PostForm, Refusal, Tone, address_with, load, param};

/// Where learning begins: the learning pages, and the ways to the library and to what is one's own.
#[component]
pub fn LearningPage() -> impl IntoView {
    load(learning_pages(), |learning| {
        let Learning { lines, may_revoke } = learning;
        let finished = lines.iter().filter(|line| line.finished_on.is_some()).count();
        let count = format!("{finished} of {} finished", lines.len());
        let items = lines.into_iter().map(page_item).collect_view();
        view! {
            <PageHead title="Learning" about="Short pages to read between two visits, and the library for when there is more time.">
                <Audience tier=1 sentence="what you have finished, only you." />
            </PageHead>
            <div class="split">
                <section class="card" aria-labelledby="pages">
                    <div class="card__head"><h2 id="pages">"Learning pages"</h2><span class="small muted">{count}</span></div>
                    <ul class="list">{items}</ul>
                </section>
                <div>
                    <Ways may_revoke />
                </div>
            </div>
        }
    })
}

fn page_item(line: LearningLine) -> impl IntoView {
    let LearningLine { slug, title, about, minutes, finished_on } = line;
    let state = match finished_on {
        Some(_) => view! { <Badge tone=Tone::Good>"Finished"</Badge> }.into_any(),
        None => view! { <span class="small muted nowrap">{format!("{minutes} minutes")}</span> }.into_any(),
    };
    view! {
        <li class="item">
            <div class="item__body">
                <a class="item__title" href=paths::learning_page(&slug)>{title}</a>
                <p class="item__meta">{about}</p>
            </div>
            <p class="item__side">{state}</p>
        </li>
    }
}

/// Where else there is something to learn, and what is one's own.
#[component]
fn Ways(may_revoke: bool) -> impl IntoView {
    let own = address_with(paths::LIBRARY, &[("only", "saved")]);
    view! {
        <section class="card" aria-labelledby="library">
            <div class="card__head"><h2 id="library">"Library"</h2></div>
            <p>"Guidance, papers, books and measures, described in our own words."</p>
            <ul class="plain stack gap-2 above-3">
                <li><a href=paths::LIBRARY>"The whole library and reading lists"</a></li>
                <li><a href=own>"What is on my list"</a></li>
            </ul>
        </section>
        <section class="card" aria-labelledby="events" data-kind="event">
            <div class="card__head"><h2 id="events">"Events"</h2></div>
            <p>"Webinars, journal clubs, reading circles and training days."</p>
            <ul class="plain stack gap-2 above-3"><li><a href=paths::EVENTS>"What is coming up"</a></li></ul>
        </section>
        <section class="card" aria-labelledby="log">
            <div class="card__head"><h2 id="log">"Your record"</h2></div>
            <p>"Supervision, learning and reading, added up for revalidation."</p>
            <ul class="plain stack gap-2 above-3">
                <li><a href=paths::CPD_LOG>"My CPD log"</a></li>
                <li><a href=paths::MY_CERTIFICATES>"My certificates"</a></li>
                {may_revoke.then(|| view! { <li><a href=paths::CERTIFICATES>"Revoke a certificate"</a></li> })}
            </ul>
        </section>
    }
}

/// One learning page: what there is to read, and the questions at its end.
#[component]
pub fn OneLearningPage() -> impl IntoView {
    let slug = param("slug");
    load(learning_page_of(LearningAddress { slug: slug.clone() }), move |line| match text_of(&slug) {
        Ok(text) => view! { <Whole text line /> }.into_any(),
        Err(error) => view! { <Refusal error /> }.into_any(),
    })
}

#[component]
fn Whole(text: &'static Text, line: LearningLine) -> impl IntoView {
    let sections = text.sections.iter().map(section).collect_view();
    let questions = match line.finished_on {
        Some(day) => view! { <Answered text on=day.format("%-d %B %Y").to_string() /> }.into_any(),
        None => view! { <Questions text /> }.into_any(),
    };
    view! {
        <PageHead title=text.title up=(paths::LEARNING.to_owned(), "Learning".to_owned()) about=format!("{} Counts for {} minutes.", text.about, text.minutes)>
            <Audience tier=1 sentence="whether you have finished it, only you. Your answers are not kept." />
        </PageHead>
        <article class="prose">{sections}</article>
        {questions}
    }
}

fn section(section: &'static Section) -> impl IntoView {
    let paragraphs = section.paragraphs.iter().map(|words| view! { <p>{*words}</p> }).collect_view();
    let points = section.points.iter().map(|words| view! { <li>{*words}</li> }).collect::<Vec<_>>();
    view! {
        <h2>{section.title}</h2>
        {paragraphs}
        {(!points.is_empty()).then(|| view! { <ul>{points}</ul> })}
    }
}

/// The questions, each with its answers to choose from.
#[component]
fn Questions(text: &'static Text) -> impl IntoView {
    view! {
        <section class="card prose above-5" aria-labelledby="questions">
            <div class="card__head"><h2 id="questions">"To check yourself"</h2></div>
            <p>"Try as often as you like. No answer is kept; that you have finished is."</p>
            <PostForm action=FinishLearningPage::PATH class="above-4">
                <Hidden name="slug" value=text.slug />
                {(1..).zip(text.questions).map(|(place, question)| view! {
                    <Choices name=answer_field(place) legend=question.asks options=options(question) />
                }).collect_view()}
                <div class="form-foot"><button class="btn" type="submit">"Check my answers"</button></div>
            </PostForm>
        </section>
    }
}

fn options(question: &Question) -> Vec<(String, String)> {
    (1..).zip(question.options).map(|(place, choice): (usize, _)| (place.to_string(), choice.words.to_owned())).collect()
}

/// The right answers, each with what there is to say about it, for whoever has finished.
#[component]
fn Answered(text: &'static Text, on: String) -> impl IntoView {
    let questions = text
        .questions
        .iter()
        .filter_map(|question| {
            let right = question.options.iter().find(|choice| choice.is_right)?;
            Some(view! { <dt>{question.asks}</dt><dd><b>{right.words}</b>" "{right.feedback}</dd> })
        })
        .collect::<Vec<_>>();
    view! {
        <div class="above-5"><Banner tone=Tone::Good title=format!("You finished this page on {on}.") /></div>
        <section class="card above-4" aria-labelledby="questions">
            <div class="card__head"><h2 id="questions">"The questions and their answers"</h2></div>
            <dl class="prose">{questions}</dl>
        </section>
    }
}
