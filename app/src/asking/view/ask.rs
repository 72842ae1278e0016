//! The groups of a round before anybody is asked: who, when, and the exact letters.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::equity::Equity;
use super::{AskingAudience, Letter, LettersBeside, WhenAndHow};
use crate::access::page_day;
use crate::asking::answers::{GroupToAsk, RoundToAsk};
use crate::asking::api::{AskGroups, round_to_ask_of};
use crate::matching::RoundAddress;
use crate::paths;
use crate::people::PersonName;
use crate::ui::{Avatar, Badge, Empty, FormState, Hidden, Icon, PageHead, PostForm, Tone, WhatIsWrong, field_id, field_name, load, param};

/// Shows whom a round would ask and how, and asks them.
#[component]
pub fn AskPage() -> impl IntoView {
    load(round_to_ask_of(RoundAddress { number: param("number") }), |round| {
        let RoundToAsk { number, name, groups, asked_groups, equity } = round;
        let about =
            "Nothing is sent before you press the button. Each person gets one letter, and answers for themselves. All times are UK time.";
        let answers =
            (asked_groups > 0).then(|| view! { <a class="btn btn--second" href=paths::round_answers(number)>"Answers"</a> }).into_any();
        let body = if groups.is_empty() {
            view! {
                <Empty title="Nobody is left to ask">
                    <p>"Every group of this round has been asked about. "<a href=paths::round_answers(number)>"See the answers"</a></p>
                </Empty>
            }
            .into_any()
        } else {
            view! { <Ask number groups /> }.into_any()
        };
        view! {
            <PageHead title=format!("Ask the people of {name}") up=(paths::round(number), name) about times=page_day() actions=answers>
                <AskingAudience />
            </PageHead>
            <Equity tables=equity />
            {body}
        }
    })
}

#[component]
fn Ask(number: i64, groups: Vec<GroupToAsk>) -> impl IntoView {
    let people: usize = groups.iter().map(|group| group.asked.len() + group.beside.len() + 1).sum();
    let button = format!("Ask the people of the chosen groups ({people} in all of them)");
    view! {
        <PostForm action=AskGroups::PATH>
            <Hidden name="number" value=number.to_string() />
            <Groups groups />
            <div class="form-foot"><button class="btn" type="submit"><Icon name="send" />{button}</button></div>
        </PostForm>
    }
}

/// The groups, all of them chosen at first.
#[component]
fn Groups(groups: Vec<GroupToAsk>) -> impl IntoView {
    let state = FormState::of_form();
    let entered = state.all_entered("groups");
    let problem = state.problem("groups");
    let cards = groups.into_iter().enumerate().map(|(place, group)| {
        let can_meet = group.terms.first.is_some() && group.problem.is_none();
        let is_chosen = can_meet && entered.as_ref().is_none_or(|chosen| chosen.contains(&group.key));
        view! { <Group group place is_chosen /> }
    });
    view! {
        <WhatIsWrong problem />
        <div class="cols">{cards.collect_view()}</div>
    }
}

#[component]
fn Group(group: GroupToAsk, place: usize, is_chosen: bool) -> impl IntoView {
    let GroupToAsk { key, terms, asked, left_out, problem, letters, beside } = group;
    // The error summary leads to the first group.
    let id = if place == 0 { field_id("groups") } else { format!("group-{}", place + 1) };
    let kind = terms.kind;
    let can_meet = terms.first.is_some() && problem.is_none();
    let [to_members, to_supervisor] = letters;
    let members = asked.into_iter().map(|(person, about)| member_item(person, about, None)).collect_view();
    let besides =
        beside.clone().into_iter().map(|one| member_item(one.person, format!("{}, beside the supervisor", one.role.name()), None));
    let besides = besides.collect_view();
    let others = left_out.into_iter().map(|(person, why)| member_item(person, why, Some("Not asked"))).collect_view();
    view! {
        <section class="card" data-kind=kind.colour() aria-label=format!("Group {}", place + 1)>
            <div class="card__head">
                <label class="choice" for=id.clone()>
                    <input type="checkbox" id=id.clone() name=format!("{}[]", field_name("groups")) value=key checked=is_chosen disabled=!can_meet />
                    <span class="strong">{format!("Group {}", place + 1)}</span>
                </label>
                <span class="kind push"><Icon name=kind.icon() />{kind.name()}</span>
            </div>
            <WhenAndHow terms />
            {problem.map(|problem| view! { <p class="small above-2"><Badge tone=Tone::Warn>"Cannot be asked about"</Badge>" "{problem}</p> })}
            <ul class="list above-2">{members}{besides}{others}</ul>
            <Letter what="The letter to each of them" letter=to_members />
            <Letter what="The letter to the supervisor" letter=to_supervisor />
            <LettersBeside beside />
        </section>
    }
}

fn member_item(person: PersonName, about: String, badge: Option<&'static str>) -> impl IntoView {
    view! {
        <li class="item item--row">
            <Avatar initials=person.initials code=person.code.clone() small=true />
            <div class="item__body">
                <a class="item__title" href=paths::person_registration(&person.code)>{person.short}</a>
                <p class="item__meta">{about}</p>
            </div>
            {badge.map(|badge| view! { <Badge tone=Tone::Warn>{badge}</Badge> })}
        </li>
    }
}
