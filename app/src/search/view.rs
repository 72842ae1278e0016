//! The page of search.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::answers::{Found, FoundKind, FoundLine, Kind, OF_A_KIND};
use super::api::{Search, search_results};
use super::forms::SearchAddress;
use crate::ui::{Audience, Empty, FilterSearch, Icon, PageHead, PostForm, load, query};

/// What somebody searches for, and what of it they may open.
#[component]
pub fn SearchPage() -> impl IntoView {
    load(search_results(SearchAddress { search: query("search").unwrap_or_default() }), |found| {
        let words = found.words.clone();
        view! {
            <PageHead title="Search">
                <Audience tier=1 sentence="only you. What you search for is kept for a day, so that you can come back to it, and stands in no address." />
            </PageHead>
            <div role="search" aria-label="Search what you can open">
                <PostForm action=Search::PATH class="filter">
                    <FilterSearch name="form[words]" label="A group, a person, a day or a page" value=words />
                    <button class="btn"><Icon name="search" />"Search"</button>
                </PostForm>
            </div>
            <Results found />
        }
    })
}

#[component]
fn Results(found: Found) -> impl IntoView {
    if found.words.is_empty() {
        return view! {
            <Empty title="Everything that you can open is found here">
                <p>"Type the name of a group, the first name of somebody in it, a day such as “22 October”, or a page such as “reminders”. The beginning of a word is enough."</p>
            </Empty>
        }
        .into_any();
    }
    if found.kinds.is_empty() {
        return view! {
            <Empty title="Nothing found">
                <p>"Nothing that you can open begins with all of these words. Try fewer words, or only the beginning of one."</p>
            </Empty>
        }
        .into_any();
    }
    let shown: usize = found.kinds.iter().map(|kind| kind.lines.len()).sum();
    let words = if shown == 1 { "1 thing found".to_owned() } else { format!("{shown} things found") };
    view! {
        <p class="found">{words}</p>
        <div class="stack">{found.kinds.into_iter().map(|kind| view! { <OfAKind kind /> }).collect_view()}</div>
    }
    .into_any()
}

/// What was found of one kind, each leading to its page.
#[component]
fn OfAKind(kind: FoundKind) -> impl IntoView {
    let FoundKind { kind, lines, more } = kind;
    let id = kind.key();
    let lines = lines.into_iter().map(|line| found_item(kind, line)).collect_view();
    let more = more.map(|(address, words)| {
        view! {
            <p class="small above-3">
                {format!("There are more than {OF_A_KIND}. Add a word, or look through ")}<a href=address>{words}</a>"."
            </p>
        }
    });
    view! {
        <section class="card" aria-labelledby=id>
            <div class="card__head"><h2 id=id>{kind.name()}</h2></div>
            <ul class="list">{lines}</ul>
            {more}
        </section>
    }
}

fn found_item(kind: Kind, line: FoundLine) -> impl IntoView {
    view! {
        <li class="item">
            <span class="item__icon"><Icon name=kind.icon() /></span>
            <div class="item__body">
                <a class="item__title" href=line.address>{line.name}</a>
                <p class="item__meta">{line.about}</p>
            </div>
        </li>
    }
}
