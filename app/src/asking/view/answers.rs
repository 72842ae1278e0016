//! What the people of a round's groups have answered, and who could take a place that is open again.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::{AskingAudience, WhenAndHow};
use crate::access::page_day;
use crate::asking::answers::{Answering, BesideAnswering, GroupAnswers, Next, RoundAnswers, Stage};
use crate::asking::api::{AskNext, TakeAskingBack, answers_of_round};
use crate::asking::model::Reply;
use crate::matching::RoundAddress;
use crate::news::KeptUpToDate;
use crate::paths;
use crate::ui::{Avatar, Badge, Empty, Hidden, Icon, PageHead, PostForm, Tone, load, param};

/// The groups that people are asked about, with who answers what.
#[component]
pub fn AnswersPage() -> impl IntoView {
    load(answers_of_round(RoundAddress { number: param("number") }), |round| {
        let RoundAnswers { number, name, groups } = round;
        let ask = view! { <a class="btn btn--second" href=paths::ask_round(number)>"Ask about more groups"</a> }.into_any();
        let body = if groups.is_empty() {
            view! {
                <Empty title="Nobody has been asked yet">
                    <p>"Look at the groups and their letters first. "<a href=paths::ask_round(number)>"Ask the people of this round"</a></p>
                </Empty>
            }
            .into_any()
        } else {
            let cards = groups.into_iter().enumerate().map(|(place, group)| view! { <Group group number place /> }).collect_view();
            view! { <div class="cols">{cards}</div> }.into_any()
        };
        view! {
            <PageHead
                title=format!("Answers: {name}")
                up=(paths::round(number), name)
                about="Whoever declines need not say why. A group can be made once its supervisor and enough people accept. All times are UK time."
                times=page_day()
                actions=ask
            >
                <AskingAudience />
            </PageHead>
            {body}
            <KeptUpToDate said="The answers are up to date." />
        }
    })
}

#[component]
fn Group(group: GroupAnswers, number: i64, place: usize) -> impl IntoView {
    let GroupAnswers { code, terms, supervisor, beside, people, least, open, next, apart, stage } = group;
    let id = format!("asked-{code}");
    let kind = terms.kind;
    let leader = terms.supervisor.short.clone();
    let title = match &stage {
        Stage::Made(_, name) => name.clone(),
        _ => format!("Group {}", place + 1),
    };
    let accepting = people.iter().filter(|one| one.reply == Some(Reply::Accepted)).count();
    let counts = format!("{accepting} of {} accept; {least} are enough.", people.len());
    let items = people.into_iter().map(answering_item).collect_view();
    let is_open = matches!(stage, Stage::Waiting | Stage::Ready);
    view! {
        <section class="card" aria-labelledby=id.clone() data-kind=kind.colour()>
            <div class="card__head">
                <h2 class="as-h3" id=id.clone()>{title.clone()}</h2>
                <span class="kind"><Icon name=kind.icon() />{kind.name()}</span>
                <span class="push"><StageBadge stage=stage.clone() /></span>
            </div>
            <WhenAndHow terms />
            <ul class="list above-2">
                <li class="item item--row">
                    <div class="item__body"><p class="item__title">{leader}</p><p class="item__meta">"Would lead it"</p></div>
                    <ReplyBadge reply=supervisor />
                </li>
                {beside.into_iter().map(beside_item).collect_view()}
                {items}
            </ul>
            <p class="small muted above-2">{counts}</p>
            {apart.map(|apart| view! { <Apart apart is_made=matches!(stage, Stage::Made(..)) /> })}
            {(supervisor == Some(Reply::Declined)).then(|| view! {
                <p class="above-2">"Whoever would lead it declines. Take the question back, and settle another supervisor or time in the round."</p>
            })}
            {(open > 0).then(|| view! { <OpenPlaces number code=code.clone() open next /> })}
            {is_open.then(|| view! { <WhatNext number code=code.clone() title is_ready=stage == Stage::Ready /> })}
            {made_link(&stage)}
        </section>
    }
}

/// Two people who may not meet any more, and what can be done. Nobody of the group reads it.
#[component]
fn Apart(apart: String, is_made: bool) -> impl IntoView {
    let way = if is_made {
        "Its sessions cannot be published. Find another place for one of them, then publish them on the group’s page."
    } else {
        "It cannot be made of both. Take the question back, and ask again."
    };
    view! { <p class="above-2"><Badge tone=Tone::Warn>"Kept apart"</Badge>" "{apart}" "{way}</p> }
}

fn made_link(stage: &Stage) -> Option<impl IntoView + use<>> {
    let Stage::Made(slug, name) = stage else { return None };
    Some(view! { <p class="above-3"><a href=paths::group(slug)>{format!("Go to {name}")}</a></p> })
}

#[component]
fn StageBadge(stage: Stage) -> impl IntoView {
    let (tone, words) = match stage {
        Stage::Waiting => (Tone::Info, "Waiting for answers"),
        Stage::Ready => (Tone::Good, "Can be made"),
        Stage::Made(..) => (Tone::Plain, "Made"),
        Stage::TakenBack => (Tone::Plain, "Taken back"),
    };
    view! { <Badge tone>{words}</Badge> }
}

#[component]
fn ReplyBadge(reply: Option<Reply>) -> impl IntoView {
    let (tone, words) = match reply {
        None => (Tone::Plain, "No answer yet"),
        Some(Reply::Accepted) => (Tone::Good, Reply::Accepted.name()),
        Some(Reply::Declined) => (Tone::Warn, Reply::Declined.name()),
    };
    view! { <Badge tone>{words}</Badge> }
}

fn beside_item(one: BesideAnswering) -> impl IntoView {
    let BesideAnswering { person, role, reply } = one;
    view! {
        <li class="item item--row">
            <div class="item__body"><p class="item__title">{person.short}</p><p class="item__meta">{format!("{}, beside the supervisor", role.name())}</p></div>
            <ReplyBadge reply />
        </li>
    }
}

fn answering_item(one: Answering) -> impl IntoView {
    let Answering { person, about, reply } = one;
    view! {
        <li class="item item--row">
            <Avatar initials=person.initials code=person.code.clone() small=true />
            <div class="item__body">
                <a class="item__title" href=paths::person_registration(&person.code)>{person.short}</a>
                <p class="item__meta">{about}</p>
            </div>
            <ReplyBadge reply />
        </li>
    }
}

/// The places that are open again, and who fits them.
#[component]
fn OpenPlaces(number: i64, code: String, open: i64, next: Vec<Next>) -> impl IntoView {
    let title = if open == 1 { "One place is open".to_owned() } else { format!("{open} places are open") };
    let nobody = next.is_empty();
    let items = next.into_iter().map(|one| view! { <NextItem number code=code.clone() one /> }).collect_view();
    view! {
        <h3 class="above-4">{title}</h3>
        {if nobody {
            view! { <p class="muted">"Nobody who is waiting in this round fits: a rule or the time is in the way for each of them."</p> }.into_any()
        } else {
            view! { <p class="small muted">"Those waiting in this round who fit, the best first."</p><ul class="list">{items}</ul> }.into_any()
        }}
    }
}

#[component]
fn NextItem(number: i64, code: String, one: Next) -> impl IntoView {
    let Next { person, about, why, adds } = one;
    let name = person.short.clone();
    let why = format!("{why} Adds {adds} to the score.");
    view! {
        <li class="item item--row">
            <div class="item__body">
                <a class="item__title" href=paths::person_registration(&person.code)>{person.short}</a>
                <p class="item__meta">{about}</p>
                <p class="small">{why}</p>
            </div>
            <PostForm action=AskNext::PATH>
                <Hidden name="number" value=number.to_string() />
                <Hidden name="code" value=code />
                <Hidden name="person" value=person.code />
                <button class="btn btn--second btn--sm" type="submit">"Ask"<span class="vh">{format!(" {name}")}</span></button>
            </PostForm>
        </li>
    }
}

/// Making the group, and taking the question back, which asks once more by being opened first.
#[component]
fn WhatNext(number: i64, code: String, title: String, is_ready: bool) -> impl IntoView {
    let make = is_ready.then(|| {
        let address = paths::make_asked_group(number, &code);
        view! { <p class="above-3"><a class="btn" href=address>"Make the group…"<span class="vh">{format!(" ({title})")}</span></a></p> }
    });
    view! {
        {make}
        <details class="above-3 small">
            <summary>"Take the question back…"</summary>
            <p class="above-2">"Nobody answers about this group any more. Whoever has not declined is told, and you can ask again."</p>
            <PostForm action=TakeAskingBack::PATH class="above-2">
                <Hidden name="number" value=number.to_string() />
                <Hidden name="code" value=code />
                <button class="btn btn--danger btn--sm" type="submit">"Take it back"<span class="vh">{format!(" ({title})")}</span></button>
            </PostForm>
        </details>
    }
}
