//! The page of search.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::address;
use super::answers::{Found, FoundKind, FoundLine, Kind, OF_A_KIND, Piece};
use super::api::{Search, search_results};
use super::forms::SearchAddress;
use crate::access::page_day;
use crate::ui::{Audience, Empty, FilterSearch, Hidden, Icon, PageHead, PostForm, UkTime, load, or, query};

/// What somebody searches for, and what of it they may open.
#[component]
pub fn SearchPage() -> impl IntoView {
    let asked = |name| query(name).unwrap_or_default();
    let form = SearchAddress { search: asked("search"), kind: asked("kind"), space: asked("space"), page: asked("page") };
    load(search_results(form), |found| {
        let words = found.words.clone();
        let space = found.space.as_ref().map(|(slug, _)| slug.clone()).unwrap_or_default();
        let place = found.space.as_ref().map(|(_, name)| {
            let everywhere = address(&found.search, None, "", 1);
            view! { <p class="below-4">{format!("Only posts in {name}. ")}<a href=everywhere>"Search everywhere"</a></p> }
        });
        view! {
            <PageHead title="Search">
                <Audience tier=1 sentence="only you. What you search for is kept for a day, so that you can come back to it, and stands in no address." />
            </PageHead>
            <div role="search" aria-label="Search what you can open">
                <PostForm action=Search::PATH class="filter">
                    {(!space.is_empty()).then(|| view! { <Hidden name="space" value=space.clone() /> })}
                    <FilterSearch name="form[words]" label="Words, a group, a person, a day or a page" value=words />
                    <button class="btn"><Icon name="search" />"Search"</button>
                </PostForm>
                {place}
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
                <p>"Type words from a post, an event, the library or a learning page; or the name of a group, the first name of somebody in it, a day such as “22 October”, or a page such as “reminders”. The beginning of a word is enough."</p>
            </Empty>
        }
        .into_any();
    }
    if found.kinds.is_empty() {
        let everything = (found.only.is_some() || found.space.is_some()).then(|| {
            let everything = address(&found.search, None, "", 1);
            view! { <p><a href=everything>"Look in everything that you can open"</a></p> }
        });
        return view! {
            <Empty title="Nothing found">
                <p>"Nothing that you can open has all of these words. Try fewer words, or only the beginning of one."</p>
                {everything}
            </Empty>
        }
        .into_any();
    }
    let shown: usize = found.kinds.iter().map(|kind| kind.lines.len()).sum();
    let words = if shown == 1 { "1 thing found".to_owned() } else { format!("{shown} things found") };
    let words = if found.has_more || found.page > 1 { format!("Page {}, {words}", found.page) } else { words };
    view! {
        <p class="found">{words}</p>
        <Instead instead=found.instead.clone() />
        <Kinds found=found.clone() />
        <div class="stack">{found.kinds.iter().cloned().map(|kind| view! { <OfAKind kind /> }).collect_view()}</div>
        <Further found />
        <p class="small muted above-3"><UkTime day=page_day() /></p>
    }
    .into_any()
}

/// What was looked for in the place of words that nothing holds.
#[component]
fn Instead(instead: Vec<(String, Vec<String>)>) -> impl IntoView {
    let quoted = |words: &[String]| or(&words.iter().map(|word| format!("“{word}”")).collect::<Vec<_>>());
    let said = |(typed, meant): (String, Vec<String>)| view! { <p class="below-3">{format!("Nothing was found with “{typed}”. What is below has {}.", quoted(&meant))}</p> };
    instead.into_iter().map(said).collect_view()
}

/// The ways to one kind of what was found, and back to everything.
#[component]
fn Kinds(found: Found) -> impl IntoView {
    let Found { search, only, space, kinds, .. } = found;
    let texts: Vec<Kind> = match only {
        Some(only) => vec![only],
        None => kinds.iter().map(|kind| kind.kind).filter(|kind| Kind::TEXTS.contains(kind)).collect(),
    };
    (space.is_none() && !texts.is_empty()).then(|| {
        let link = |name, kind: Option<Kind>| {
            let current = (kind == only).then_some("page");
            view! { <a href=address(&search, kind, "", 1) aria-current=current>{name}</a> }
        };
        let texts = texts.into_iter().map(|kind| link(kind.name(), Some(kind))).collect_view();
        view! { <nav class="seg below-3" aria-label="Kinds of what was found">{link("Everything", None)}{texts}</nav> }
    })
}

/// The ways to the pages before and after.
#[component]
fn Further(found: Found) -> impl IntoView {
    let Found { search, only, space, page, has_more, .. } = found;
    let space = space.map(|(slug, _)| slug).unwrap_or_default();
    let link =
        |words: &'static str, page| view! { <a class="btn btn--second btn--sm" href=address(&search, only, &space, page)>{words}</a> };
    (page > 1 || has_more).then(|| {
        view! {
            <nav class="row gap-2 above-3" aria-label="Pages of what was found">
                {(page > 1).then(|| link("Page before", page - 1))}
                {has_more.then(|| link("Next page", page + 1))}
            </nav>
        }
    })
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
    let says = (!line.says.is_empty()).then(|| view! { <p class="small">{line.says.into_iter().map(piece).collect_view()}</p> });
    view! {
        <li class="item">
            <span class="item__icon"><Icon name=kind.icon() /></span>
            <div class="item__body">
                <a class="item__title" href=line.address>{line.name}</a>
                <p class="item__meta">{line.about}</p>
                {says}
            </div>
        </li>
    }
}

/// Text is text here, whatever was typed.
fn piece(piece: Piece) -> AnyView {
    if piece.is_marked { view! { <mark>{piece.text}</mark> }.into_any() } else { piece.text.into_any() }
}
