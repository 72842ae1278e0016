//! Every draft in one place, and publishing several of them together.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::answers::{DraftLine, DraftsPage as Shown, Readiness, TimetablePreview, ToldLine};
use super::api::{PublishDrafts, drafts_to_publish};
use super::forms::{DraftKey, DraftsForm};
use super::plan_view::Why;
use crate::access::{Permission, holders_in_words, page_day};
use crate::availability::{Verdict, WhatDoesNotFit};
use crate::groups::within_sentence;
use crate::paths;
use crate::ui::{AskForm, Audience, Badge, Choices, Empty, Hidden, PageHead, PostForm, Tone, day_month_year, load};

/// The drafts that one plans. Which of them are chosen stands in the address.
#[component]
pub fn DraftsPage() -> impl IntoView {
    let drafts = use_query_map().with_untracked(|query| query.get_all("drafts[]").unwrap_or_default());
    load(drafts_to_publish(DraftsForm { drafts, reason: String::new() }), |shown| view! { <Drafts shown /> })
}

#[component]
fn Drafts(shown: Shown) -> impl IntoView {
    let Shown { drafts, preview } = shown;
    let (ready, waiting): (Vec<DraftLine>, Vec<DraftLine>) = drafts.into_iter().partition(|draft| draft.readiness == Readiness::Ready);
    let nothing = (ready.is_empty() && waiting.is_empty()).then(|| {
        view! {
            <Empty title="No draft">
                <p>"Plan a series on a group’s page and save it as a draft; it waits here until it is published."</p>
            </Empty>
        }
    });
    let chosen =
        preview.as_ref().map(|preview| preview.drafts.iter().map(|(draft, _)| key_of(draft).in_address()).collect()).unwrap_or_default();
    view! {
        <PageHead title="Drafts" up=(paths::GROUPS.to_owned(), "Groups".to_owned())
            about="Series that are planned and not published. Several can be published together: all of them or none, with one message to each person. All times are UK time." times=page_day()>
            <Audience tier=4 sentence=format!("the Centre’s {}, and each group’s supervisor of their own. Nobody else sees a draft.", holders_in_words(Permission::ManageGroups)) />
        </PageHead>
        {nothing}
        {(!ready.is_empty()).then(|| view! { <Choosing ready chosen is_shown=preview.is_some() /> })}
        {preview.map(|preview| view! { <Preview preview /> })}
        {(!waiting.is_empty()).then(|| view! { <NotReady waiting /> })}
    }
}

fn key_of(draft: &DraftLine) -> DraftKey {
    DraftKey { slug: draft.slug.clone(), number: draft.number, version: draft.version }
}

/// "Aire group: Every second Thursday, 10:00 to 11:30, 6 times".
fn title_of(draft: &DraftLine) -> String {
    format!("{}: {}", draft.group, draft.words)
}

/// "12 sessions from Thursday 22 October 2026, with Ruth A.".
fn about(draft: &DraftLine) -> String {
    let sessions = in_sessions(draft.sessions);
    let first = draft.first.map(|first| format!(" from {}", day_month_year(first))).unwrap_or_default();
    format!("{sessions}{first}, with {}", draft.supervisor.short)
}

fn in_sessions(count: usize) -> String {
    if count == 1 { "one session".to_owned() } else { format!("{count} sessions") }
}

/// The drafts that can be published, to be chosen from.
#[component]
fn Choosing(ready: Vec<DraftLine>, chosen: Vec<String>, is_shown: bool) -> impl IntoView {
    let options = ready.iter().map(|draft| (key_of(draft).in_address(), format!("{}; {}", title_of(draft), about(draft)))).collect();
    let button = if is_shown { "btn btn--second" } else { "btn" };
    view! {
        <AskForm address=paths::DRAFTS problems=Vec::new() class="card below-4">
            <Choices name="drafts" legend="Which are published together?" chosen options several=true />
            <div class="form-foot"><button class=button type="submit">"Show who is told what"</button></div>
        </AskForm>
    }
}

/// What publishing would do, and the button that does it.
#[component]
fn Preview(preview: TimetablePreview) -> impl IntoView {
    let (may_be_published, warns) = (preview.may_be_published(), preview.warns());
    let TimetablePreview { drafts, told } = preview;
    let keys: Vec<String> = drafts.iter().map(|(draft, _)| key_of(draft).with_version()).collect();
    let button = if keys.len() == 1 { "Publish the series".to_owned() } else { format!("Publish these {} series", keys.len()) };
    let fits = drafts.into_iter().map(|(draft, verdict)| view! { <OfDraft draft verdict /> }).collect_view();
    let publish = may_be_published.then(|| {
        view! {
            <PostForm action=PublishDrafts::PATH class="card__foot">
                {keys.into_iter().map(|key| view! { <Hidden name="drafts[]" value=key /> }).collect_view()}
                {warns.then(|| view! { <Why /> })}
                <button class="btn" type="submit">{button}</button>
                <p class="hint above-2">"Publishing cannot be taken back. Afterwards sessions are moved or cancelled, and everybody in them is told of that too."</p>
            </PostForm>
        }
    });
    let blocked =
        (!may_be_published).then(|| view! { <p class="card__foot">"Put right what cannot be published, or leave that draft out."</p> });
    view! {
        <section class="card above-5" aria-labelledby="told">
            <div class="card__head"><h2 id="told">"Who is told what"</h2></div>
            <p>{messages(told.len())}</p>
            <ul class="list list--cols above-3">{told.into_iter().map(told_item).collect_view()}</ul>
            {fits}
            {publish}
            {blocked}
        </section>
    }
}

fn messages(people: usize) -> String {
    match people {
        0 => "Nobody is told: the groups have nobody in them who can come in.".to_owned(),
        1 => "One person gets one message.".to_owned(),
        several => format!("{several} people get one message each."),
    }
}

fn told_item(line: ToldLine) -> impl IntoView {
    let of: Vec<String> =
        line.of.into_iter().map(|(group, count)| format!("{} of {}", in_sessions(count), within_sentence(&group))).collect();
    let of = match of.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => of.concat(),
    };
    view! { <li class="item item--row"><div class="item__body"><p class="item__title">{line.name.short}</p><p class="item__meta">{of}</p></div></li> }
}

/// What of one draft does not fit; nothing where all of it does.
#[component]
fn OfDraft(draft: DraftLine, verdict: Verdict) -> impl IntoView {
    (!verdict.told().is_empty()).then(|| {
        view! {
            <h3 class="above-4"><a href=paths::series(&draft.slug, draft.number)>{title_of(&draft)}</a></h3>
            <WhatDoesNotFit verdict />
        }
    })
}

/// The drafts that cannot be published yet, each with what it waits for.
#[component]
fn NotReady(waiting: Vec<DraftLine>) -> impl IntoView {
    let items = waiting.into_iter().map(waiting_item).collect_view();
    view! {
        <section class="card above-5" aria-labelledby="not-ready">
            <div class="card__head"><h2 id="not-ready">"Not ready yet"</h2></div>
            <ul class="list">{items}</ul>
        </section>
    }
}

fn waiting_item(draft: DraftLine) -> impl IntoView {
    let (why, way) = match draft.readiness {
        Readiness::NeedsAgreement | Readiness::Ready => ("Needs an agreement", (paths::agreement(&draft.slug), "Go to the agreement")),
        Readiness::HasBegun => ("Its first date has passed", (paths::change_series(&draft.slug, draft.number), "Change its dates")),
    };
    view! {
        <li class="item">
            <div class="item__body">
                <a class="item__title" href=paths::series(&draft.slug, draft.number)>{title_of(&draft)}</a>
                <p class="item__meta">{about(&draft)}". "<a href=way.0>{way.1}<span class="vh">{format!(" of {}", within_sentence(&draft.group))}</span></a></p>
            </div>
            <Badge tone=Tone::Warn>{why}</Badge>
        </li>
    }
}
