//! What is new, and what was there before.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::card::ThreadCard;
use super::side::{Agreed, Spaces};
use crate::access::{Permission, may, page_day, page_visit};
use crate::news::{KeptUpToDate, TALK, is_asked_again};
use crate::paths;
use crate::spaces::answers::Feed;
use crate::spaces::api::{MarkAllRead, community_feed};
use crate::spaces::forms::FeedAddress;
use crate::spaces::island::FeedKeys;
use crate::spaces::model::on_day;
use crate::ui::{Audience, Empty, Icon, PageHead, PostForm, address_with, load, query};

/// The feed of the community: what is new first, then the rest by its last post.
#[component]
pub fn FeedPage(
    /// What else stands beside it.
    children: Children,
) -> impl IntoView {
    let is_again = is_asked_again();
    let before = query("before").unwrap_or_default();
    load(community_feed(FeedAddress { before, is_again }), move |feed| view! { <Shown feed>{children()}</Shown> })
}

#[component]
fn Shown(feed: Feed, children: Children) -> impl IntoView {
    let write = view! { <a class="btn" href=paths::NEW_THREAD><Icon name="pencil" />"Write a post"</a> }.into_any();
    let counts = counts(&feed);
    let (spaces, to_review) = (feed.spaces.clone(), feed.to_review);
    view! {
        <PageHead title="Community" about="People doing this work in 75 areas. Members only; nothing here is public. All times are UK time." times=page_day() actions=write>
            <Audience tier=4 sentence="each space says who can read it. Only what you may read yourself appears here, and only you see what you have read." />
        </PageHead>
        <KeptUpToDate said="There is something new in the community." only="#feed-news" about=TALK />
        <div class="commons">
            <Spaces spaces current="" new=counts to_review />
            <FeedKeys has_letters=crate::account::has_letter_keys() search=paths::SEARCH.to_owned()>
                <List feed />
            </FeedKeys>
            <aside class="commons__right" aria-label="About the community">
                {children()}
                <Agreed />
                {makes_spaces().then(|| view! { <p class="small"><a href=paths::KEPT_SPACES>"Make and change spaces"</a></p> })}
            </aside>
        </div>
    }
}

/// Whether the reader makes spaces.
fn makes_spaces() -> bool {
    page_visit().is_ok_and(|visit| visit.visitor().is_some_and(|visitor| may(&visitor.roles, Permission::ManageSpaces)))
}

/// How many threads of each space hold something new.
fn counts(feed: &Feed) -> Vec<(String, usize)> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for thread in &feed.new {
        match counts.iter_mut().find(|(slug, _)| *slug == thread.space.0) {
            Some((_, count)) => *count += 1,
            None => counts.push((thread.space.0.clone(), 1)),
        }
    }
    counts
}

#[component]
fn List(feed: Feed) -> impl IntoView {
    let Feed { new, earlier, next, before, since_opened, now, .. } = feed;
    let since = before.map(|before| format!(" since you were last here, {}", on_day(before.date(), now.date()))).unwrap_or_default();
    let heading = match new.len() {
        1 => format!("1 thread with something new{since}"),
        more => format!("{more} threads with something new{since}"),
    };
    let is_empty = new.is_empty() && earlier.is_empty();
    let has_new = !new.is_empty();
    let news = match since_opened {
        0 => None,
        1 => Some("1 new, show it".to_owned()),
        more => Some(format!("{more} new, show them")),
    };
    view! {
        <div class="feed">
            <div id="feed-news" class="feed__news">{news.map(|words| view! { <a class="btn btn--second btn--sm" href=paths::COMMUNITY>{words}</a> })}</div>
            {has_new.then(|| view! {
                <h2 class="divider">{heading}</h2>
                {new.into_iter().map(|thread| view! { <ThreadCard thread now with_space=true /> }).collect_view()}
                <PostForm action=MarkAllRead::PATH>
                    <button class="btn btn--second btn--sm" type="submit"><Icon name="check" />"Mark all as read"</button>
                </PostForm>
            })}
            {(!has_new && !is_empty).then(|| view! { <p class="muted">{format!("Nothing new{since}.")}</p> })}
            {(!earlier.is_empty()).then(|| view! {
                <h2 class="divider">"Earlier"</h2>
                {earlier.into_iter().map(|thread| view! { <ThreadCard thread now with_space=true /> }).collect_view()}
            })}
            {is_empty.then(|| view! {
                <Empty title="Nothing here yet"><p>"What people write in your spaces will appear here. You can be the first: write a post."</p></Empty>
            })}
            {next.map(|next| view! {
                <p><a class="btn btn--second" href=address_with(paths::COMMUNITY, &[("before", &next)])>"Older posts"</a></p>
            })}
        </div>
    }
}
