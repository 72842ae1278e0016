//! Who joins a group and who leaves it.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{Candidate, GroupFacts, MembersPage, Participant};
use super::api::{AddMember, RemoveMember, SearchCandidates, members_of};
use super::forms::CandidateSearch;
use super::model::{GroupKind, places_taken_in_words};
use crate::access::{Permission, holders_in_words};
use crate::paths;
use crate::ui::{Audience, Avatar, Empty, Hidden, PageHead, PostForm, day_month_year, load, param, query};

/// The members of a group, with a search for who could join them.
#[component]
pub fn GroupMembersPage(
    /// What stands below the members: who waits for a place.
    children: Children,
) -> impl IntoView {
    let search = CandidateSearch { slug: param("slug"), search: query("search").unwrap_or_default() };
    load(members_of(search), |page| {
        let MembersPage { facts, members, find, candidates } = page;
        let back = (paths::group(&facts.slug), facts.name.clone());
        view! {
            <PageHead title=format!("Members of {}", facts.name) up=back>
                <Audience tier=4 sentence=format!("the Centre’s {}. The group sees who is in it, and nobody sees who is waiting.", holders_in_words(Permission::ManageGroups)) />
            </PageHead>
            <div class="split">
                <div>
                    <Present facts=facts.clone() members />
                    {children()}
                </div>
                <Join facts find candidates />
            </div>
        }
    })
}

/// Whoever belongs to the group, each with the button that ends their place.
#[component]
fn Present(facts: GroupFacts, members: Vec<Participant>) -> impl IntoView {
    let places = places_taken_in_words(members.len(), facts.capacity);
    let content = if members.is_empty() {
        view! { <Empty title="No members yet"><p>"Search for somebody to give them a place."</p></Empty> }.into_any()
    } else {
        let items = members.into_iter().map(|member| present_item(&facts.slug, member)).collect_view();
        view! { <ul class="list">{items}</ul> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="present">
            <div class="card__head"><h2 id="present">"In the group"</h2><span class="small">{places}</span></div>
            {content}
            <p class="small muted above-3">"Whoever is removed is told, and keeps their own record of the sessions so far."</p>
        </section>
    }
}

fn present_item(slug: &str, member: Participant) -> impl IntoView + use<> {
    let since = member.joined_on.map(|day| format!(" Since {}.", day_month_year(day))).unwrap_or_default();
    let (slug, name) = (slug.to_owned(), member.name.short.clone());
    view! {
        <li class="item item--row">
            <Avatar initials=member.name.initials code=member.name.code.clone() />
            <div class="item__body">
                <p class="item__title">{member.name.short}</p>
                <p class="item__meta">{format!("{}.{since}", member.about)}</p>
            </div>
            <PostForm action=RemoveMember::PATH>
                <Hidden name="slug" value=slug />
                <Hidden name="person" value=member.name.code />
                <button class="btn btn--second btn--sm" type="submit">"Remove"<span class="vh">{format!(" {name}")}</span></button>
            </PostForm>
        </li>
    }
}

/// A search by name, and a button beside everybody whom it finds and who can be added.
#[component]
fn Join(facts: GroupFacts, find: String, candidates: Vec<Candidate>) -> impl IntoView {
    let who = if facts.kind == GroupKind::Supervisors { "Supervisors" } else { "Practitioners and supervisors" };
    let result = match (find.trim().is_empty(), candidates.is_empty()) {
        (true, _) => ().into_any(),
        (false, true) => view! { <p class="above-4">"Nobody of that name can join this group."</p> }.into_any(),
        (false, false) => {
            let items = candidates.into_iter().map(|candidate| candidate_item(&facts.slug, candidate)).collect_view();
            view! { <ul class="list above-4">{items}</ul> }.into_any()
        }
    };
    view! {
        <section class="card" aria-labelledby="join">
            <div class="card__head"><h2 id="join">"Give somebody a place"</h2></div>
            <div role="search" aria-label="People who could join"><PostForm action=SearchCandidates::PATH class="with-button">
                <Hidden name="slug" value=facts.slug />
                <div class="field">
                    <label class="label" for="find">"Name"</label>
                    <p class="hint" id="find-hint">{format!("{who} are found by any part of their name.")}</p>
                    <input class="input" type="search" id="find" name="form[find]" value=find autocomplete="off" aria-describedby="find-hint" />
                </div>
                <button class="btn btn--second" type="submit">"Search"</button>
            </PostForm></div>
            {result}
            <p class="small muted above-3">"Where the group has a space of its own, whoever joins reads it, what was written there before included. The others are told that somebody has joined."</p>
        </section>
    }
}

fn candidate_item(slug: &str, candidate: Candidate) -> impl IntoView + use<> {
    let Candidate { person, groups, why_not } = candidate;
    let may_join = why_not.is_empty();
    let groups = match groups {
        0 => "In no group.".to_owned(),
        1 => "In one group.".to_owned(),
        several => format!("In {several} groups."),
    };
    let (slug, name) = (slug.to_owned(), person.name.short.clone());
    view! {
        <li class="item item--row">
            <Avatar initials=person.name.initials code=person.name.code.clone() />
            <div class="item__body">
                <p class="item__title">{person.name.short}</p>
                <p class="item__meta">{format!("{}. {groups}", person.about)}</p>
                {(!may_join).then(|| view! { <p class="item__meta"><b>"Cannot be added. "</b>{why_not}</p> })}
            </div>
            {may_join.then(|| view! {
                <PostForm action=AddMember::PATH>
                    <Hidden name="slug" value=slug />
                    <Hidden name="person" value=person.name.code />
                    <button class="btn btn--second btn--sm" type="submit">"Add"<span class="vh">{format!(" {name}")}</span></button>
                </PostForm>
            })}
        </li>
    }
}
