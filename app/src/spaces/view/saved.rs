//! The posts that one has saved.

use leptos::prelude::*;

use super::card::{Face, Name};
use super::side::{Agreed, SAVED, Spaces};
use crate::paths;
use crate::spaces::answers::{Saved, SavedPost};
use crate::spaces::api::saved_posts;
use crate::spaces::forms::FeedAddress;
use crate::spaces::model::{post_address, when};
use crate::ui::{Audience, Empty, PageHead, address_with, load, query};

/// What one has saved, the newest first.
#[component]
pub fn SavedPage() -> impl IntoView {
    load(saved_posts(FeedAddress { before: query("before").unwrap_or_default(), is_again: false }), |saved| view! { <Shown saved /> })
}

#[component]
fn Shown(saved: Saved) -> impl IntoView {
    let Saved { posts, next, spaces, now } = saved;
    let list = if posts.is_empty() {
        view! { <Empty title="No saved post yet"><p>"Press Save at a post that you want to find again."</p></Empty> }.into_any()
    } else {
        posts.into_iter().map(|post| view! { <Post post today=now.date() /> }).collect_view().into_any()
    };
    view! {
        <PageHead title="Saved posts" up=(paths::COMMUNITY.to_owned(), "Community".to_owned()) about="All times are UK time." times=now.date()>
            <Audience tier=1 sentence="only you. Nobody is told that you saved what they wrote." />
        </PageHead>
        <div class="commons">
            <Spaces spaces current=SAVED />
            <div class="feed">
                <h2 class="vh">"Posts"</h2>
                {list}
                {next.map(|next| view! {
                    <p><a class="btn btn--second" href=address_with(paths::SAVED, &[("before", &next)])>"Older ones"</a></p>
                })}
            </div>
            <aside class="commons__right" aria-label="About the community"><Agreed /></aside>
        </div>
    }
}

#[component]
fn Post(post: SavedPost, today: chrono::NaiveDate) -> impl IntoView {
    let SavedPost { space: (slug, name), thread: (thread, title), number, author, html, written_at } = post;
    let when = when(written_at, today);
    view! {
        <article class="post">
            <p class="post__by"><Face author=author.clone() /><span><Name author /><br />{name}" · "<span class="together">{when}</span></span></p>
            <h3><a href=post_address(&slug, thread, number)>{title}</a></h3>
            <div class="prose post__text" inner_html=html></div>
        </article>
    }
}
