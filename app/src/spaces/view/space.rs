//! A space with its threads.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::card::ThreadCard;
use super::opened::Opened;
use super::side::{Agreed, Spaces, open_to};
use crate::paths;
use crate::spaces::answers::SpaceShown;
use crate::spaces::api::space_of;
use crate::spaces::attaching::AllowFiles;
use crate::spaces::forms::SpaceAddress;
use crate::ui::{Audience, Empty, Hidden, Icon, PageHead, PostForm, SentOn, UkTime, address_with, and, load, param, query};

/// The closed space of a group, at the address that the group gives it.
#[component]
pub fn GroupSpacePage() -> impl IntoView {
    let space = format!("group-{}", param("slug"));
    let to = paths::space(&space);
    load(space_of(SpaceAddress { space, before: String::new() }), move |_| view! { <SentOn to /> })
}

/// The threads of a space, pinned ones first.
#[component]
pub fn SpacePage() -> impl IntoView {
    let form = SpaceAddress { space: param("space"), before: query("before").unwrap_or_default() };
    load(space_of(form), |space| view! { <Shown space /> })
}

#[component]
fn Shown(space: SpaceShown) -> impl IntoView {
    let SpaceShown { space, moderators, is_moderator, takes_files, opened, approval, threads, next, spaces, now } = space;
    let (slug, name, kind) = (space.slug.clone(), space.name.clone(), space.kind);
    let write = view! { <a class="btn" href=paths::new_thread(&slug)><Icon name="pencil" />"Write a post"</a> }.into_any();
    let title = name.clone();
    // A space of two may be called by their names, which stand in no tab.
    let tab = if kind.is_closed() { "The space of a group".to_owned() } else { name.clone() };
    let moderators = and(&moderators.into_iter().map(|moderator| moderator.short).collect::<Vec<_>>());
    let list = if threads.is_empty() {
        view! { <Empty title="Nothing here yet"><p>"What is written in this space will appear here. You can be the first: write a post."</p></Empty> }.into_any()
    } else {
        threads.into_iter().map(|thread| view! { <ThreadCard thread now /> }).collect_view().into_any()
    };
    view! {
        <PageHead title=name.clone() tab up=(paths::COMMUNITY.to_owned(), "Community".to_owned()) about=space.about.clone() actions=write>
            <p><UkTime day=now.date() /></p>
            <Audience tier=kind.tier() sentence=kind.audience(&name) />
        </PageHead>
        <div class="commons">
            <Spaces spaces current=slug.clone() />
            <div class="feed">
                <Opened opened title="This space was opened" />
                <h2 class="vh">"Threads"</h2>
                {list}
                {next.map(|next| view! {
                    <p><a class="btn btn--second" href=address_with(&paths::space(&slug), &[("before", &next)])>"Older posts"</a></p>
                })}
            </div>
            <aside class="commons__right" aria-label="About this space">
                <section class="card" aria-labelledby="about">
                    <h2 id="about" class="as-h3">{title}</h2>
                    <dl class="facts small above-2">
                        <dt>"Open to"</dt><dd>{open_to(kind)}</dd>
                        <dt>"New posts"</dt><dd>{approval.told()}</dd>
                        <dt>"Files"</dt><dd>{if takes_files { "PDF, PNG and JPEG" } else { "None" }}</dd>
                        {(!moderators.is_empty()).then(|| view! { <dt>"Looked after by"</dt><dd>{moderators}</dd> })}
                    </dl>
                    {is_moderator.then(|| view! { <Allowing slug=slug.clone() takes_files /> })}
                    <p class="above-2"><a href=address_with(paths::SEARCH, &[("space", &slug)])>"Search in this space"</a></p>
                </section>
                <Agreed />
            </aside>
        </div>
    }
}

/// Whether files can be attached, for whoever looks after the space.
#[component]
fn Allowing(slug: String, takes_files: bool) -> impl IntoView {
    let (allow, word) = if takes_files { ("no", "Stop taking files") } else { ("yes", "Let people attach files") };
    view! {
        <PostForm action=AllowFiles::PATH class="above-3">
            <Hidden name="space" value=slug />
            <Hidden name="allow" value=allow />
            <button class="btn btn--second btn--sm" type="submit">{word}</button>
        </PostForm>
    }
}
