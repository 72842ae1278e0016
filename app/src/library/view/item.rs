//! One item: what it says, where it is, and what one makes of it.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::library::answers::Item;
use crate::library::api::{ForgetReading, LetGoOfItem, MarkRead, RetireItem, ReturnItem, ReviewItem, SaveItem, library_item_of};
use crate::library::forms::SlugAddress;
use crate::library::model::{USUAL_REVIEW, is_review_due};
use crate::library::table::intervention_words;
use crate::paths;
use crate::ui::{Audience, Badge, Banner, Field, Hidden, Icon, PageHead, PostForm, Tone, load, param};

/// What an item is about, whose it is, and when it was reviewed.
#[component]
pub fn ItemPage() -> impl IntoView {
    load(library_item_of(SlugAddress { slug: param("slug") }), |item| view! { <One item /> })
}

#[component]
fn One(item: Item) -> impl IntoView {
    let slug = item.line.slug.clone();
    let actions = item
        .is_keeper
        .then(|| view! { <a class="btn btn--second" href=paths::change_library_item(&slug)><Icon name="pencil" />"Change"</a> }.into_any());
    let paragraphs =
        item.summary.lines().filter(|line| !line.trim().is_empty()).map(|line| view! { <p>{line.to_owned()}</p> }).collect_view();
    let lists = item
        .lists
        .iter()
        .map(|list| view! { <li><a href=paths::reading_list(&list.slug)>{list.title.clone()}</a></li> })
        .collect::<Vec<_>>();
    view! {
        <PageHead title=item.line.title.clone() up=(paths::LIBRARY.to_owned(), "Library".to_owned()) about=item.line.authors.clone()
            actions=actions.unwrap_or_else(|| ().into_any())>
            <Audience tier=1 sentence="the description, everybody who learns here; whether you have saved or read it, only you." />
        </PageHead>
        {item.is_retired.then(|| view! {
            <div class="below-5"><Banner tone=Tone::Warn title="This was taken out of the library. Whoever has saved or read it finds it here all the same." /></div>
        })}
        <div class="split">
            <div>
                <div class="prose">{paragraphs}</div>
                <p class="row gap-3">
                    <a class="btn" href=item.line.link.clone() rel="noopener noreferrer external"><Icon name="external-link" />"Open it on its own site"</a>
                    <span class="small muted">{item.line.health.words()}</span>
                </p>
                <Facts item=item.clone() />
            </div>
            <div>
                <Own item=item.clone() />
                {(!lists.is_empty()).then(|| view! {
                    <section class="card" aria-labelledby="in-lists">
                        <div class="card__head"><h2 id="in-lists">"In reading lists"</h2></div>
                        <ul class="plain">{lists}</ul>
                    </section>
                })}
                {item.is_keeper.then(|| view! { <Keeping item /> })}
            </div>
        </div>
    }
}

#[component]
fn Facts(item: Item) -> impl IntoView {
    let is_due = is_review_due(item.line.due_on, item.today);
    let reviewed = match item.line.reviewed_on {
        Some(day) => format!("{} by {}", day.format("%-d %B %Y"), item.reviewer),
        None => "Not yet by anybody at the Centre".to_owned(),
    };
    let line = item.line;
    view! {
        <section class="card" aria-labelledby="facts">
            <div class="card__head"><h2 id="facts">"About it"</h2></div>
            <dl class="summary">
                <div><dt>"Kind"</dt><dd>{line.kind.name()}</dd></div>
                {line.year.map(|year| view! { <div><dt>"Year"</dt><dd>{year}</dd></div> })}
                <div><dt>"Intervention"</dt><dd>{intervention_words(&line.intervention)}</dd></div>
                <div><dt>"Meant for"</dt><dd>{line.audience.name()}</dd></div>
                <div><dt>"Licence"</dt><dd>{line.licence}</dd></div>
                <div><dt>"Reviewed"</dt><dd>{reviewed}</dd></div>
                <div>
                    <dt>"Next review"</dt>
                    <dd>
                        {line.due_on.format("%-d %B %Y").to_string()}
                        {is_due.then(|| view! { " "<Badge tone=Tone::Warn>"Review due"</Badge> })}
                    </dd>
                </div>
            </dl>
        </section>
    }
}

/// One's own list, and what one has read.
#[component]
fn Own(item: Item) -> impl IntoView {
    let (slug, is_saved) = (item.line.slug.clone(), item.line.is_saved);
    let (action, words, icon) =
        if is_saved { (LetGoOfItem::PATH, "Take it off my list", "x") } else { (SaveItem::PATH, "Put it on my list", "star") };
    let read_slug = slug.clone();
    let forget_slug = slug.clone();
    let (title, read_on, minutes) = match item.read {
        Some((day, minutes)) => (format!("You read it on {}.", day.format("%-d %B %Y")), day, minutes.to_string()),
        None => ("Read it? It counts in your CPD log.".to_owned(), item.today, String::new()),
    };
    let has_read = item.read.is_some();
    let keep = if has_read { "Change it" } else { "Keep as read" };
    view! {
        <section class="card no-print" aria-labelledby="own">
            <div class="card__head"><h2 id="own">"For you"</h2></div>
            <PostForm action>
                <Hidden name="slug" value=slug />
                <button class="btn btn--second" type="submit"><Icon name=icon />{words}</button>
            </PostForm>
            <p class="above-4">{title}</p>
            <PostForm action=MarkRead::PATH class="above-2">
                <Hidden name="slug" value=read_slug.clone() />
                <div class="fields">
                    <Field name="read_on" label="On which day?" kind="date" class="input--date" value=read_on.to_string() />
                    <Field name="minutes" label="How many minutes?" kind="number" inputmode="numeric" class="input--short" value=minutes.clone() />
                </div>
                <div class="form-foot"><button class="btn btn--second" type="submit">{keep}</button></div>
            </PostForm>
            {has_read.then(|| view! {
                <PostForm action=ForgetReading::PATH class="above-3">
                    <Hidden name="slug" value=forget_slug.clone() />
                    <button class="linkbtn" type="submit">"I have not read it"</button>
                </PostForm>
            })}
        </section>
    }
}

/// Reviewing an item and taking it out, for those who keep the library.
#[component]
fn Keeping(item: Item) -> impl IntoView {
    let Item { line, version, today, is_retired, .. } = item;
    let slug = line.slug;
    let review_slug = slug.clone();
    let (action, words) =
        if is_retired { (ReturnItem::PATH, "Take it in again") } else { (RetireItem::PATH, "Take it out of the library") };
    view! {
        <section class="card no-print" aria-labelledby="keeping">
            <div class="card__head"><h2 id="keeping">"Keeping the library"</h2></div>
            {(!is_retired).then(|| view! {
                <PostForm action=ReviewItem::PATH>
                    <Hidden name="slug" value=review_slug.clone() />
                    <Hidden name="version" value=version.to_string() />
                    <Field name="due_on" label="Next review" kind="date" class="input--date" value=(today + USUAL_REVIEW).to_string()
                        hint="When you have read it again, and the description and the link are right." />
                    <div class="form-foot"><button class="btn btn--second" type="submit">"I have reviewed it"</button></div>
                </PostForm>
            })}
            <PostForm action class="above-4">
                <Hidden name="slug" value=slug />
                <button class="btn btn--ghost" type="submit">{words}</button>
            </PostForm>
        </section>
    }
}
