//! What one has written oneself, and taking it back.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::paths;
use crate::spaces::forms::FeedAddress;
use crate::spaces::held::HiddenAs;
use crate::spaces::model::when;
use crate::spaces::own::{OwnPlace, OwnPost, OwnPostsShown, WithdrawOwnPost, own_posts};
use crate::ui::{Audience, Badge, Empty, Hidden, Icon, PageHead, PostForm, Tone, address_with, capital, load, query};

/// One's own posts, the latest first, wherever they stand.
#[component]
pub fn OwnPostsPage() -> impl IntoView {
    load(own_posts(FeedAddress { before: query("before").unwrap_or_default(), is_again: false }), |shown| {
        let OwnPostsShown { posts, next, now } = shown;
        let file = format!("{}.md", paths::MY_POSTS);
        let take = (!posts.is_empty())
            .then(|| view! { <a class="btn btn--second" href=file download><Icon name="download" />"Download as text"</a> }.into_any());
        let list = if posts.is_empty() {
            view! { <Empty title="No post of yours"><p>"What you write in the community appears here as well, until you take it back."</p></Empty> }
                .into_any()
        } else {
            posts.into_iter().map(|post| view! { <Own post today=now.date() /> }).collect_view().into_any()
        };
        view! {
            <PageHead title="My posts" up=(paths::ME.to_owned(), "Your account".to_owned())
                about="What you have written in the community. You can take it back here, also where you no longer read, such as in a group that you have left. All times are UK time."
                times=now.date()
                actions=take.unwrap_or_else(|| ().into_any())>
                <Audience tier=1 sentence="only you see this list. Each post is seen by those who read the space in which it stands." />
            </PageHead>
            <div class="feed">
                {list}
                {next.map(|next| view! {
                    <p><a class="btn btn--second" href=address_with(paths::MY_POSTS, &[("before", &next)])>"Older ones"</a></p>
                })}
            </div>
        }
    })
}

#[component]
fn Own(post: OwnPost, today: chrono::NaiveDate) -> impl IntoView {
    let OwnPost { thread, number, title, html, written_at, is_unnamed, hidden, files, place, .. } = post;
    let written = when(written_at, today);
    let heading = if title.is_empty() { "A reply".to_owned() } else { title };
    let where_it_stands = match place {
        Some(OwnPlace { space, thread, address }) => view! { <a href=address>{format!("In “{thread}”, {space}")}</a> }.into_any(),
        None => "In a space that you can no longer read.".into_any(),
    };
    let files = match files {
        0 => None,
        1 => Some("With a file. ".to_owned()),
        files => Some(format!("With {files} files. ")),
    };
    let state = hidden.map(|hidden| match hidden {
        HiddenAs::Hidden => "Hidden by a moderator",
        HiddenAs::ToChange => "Hidden until you change it",
    });
    let label = format!(" of {written}");
    view! {
        <article class="post">
            <h2 class="as-h3">{heading}</h2>
            <p class="small muted">{capital(&written)}". "{files}{where_it_stands}</p>
            <p class="row gap-2">
                {is_unnamed.then(|| view! { <Badge tone=Tone::Plain>"Without your name"</Badge> })}
                {state.map(|state| view! { <Badge tone=Tone::Warn>{state}</Badge> })}
            </p>
            <div class="prose post__text" inner_html=html></div>
            <details class="above-2">
                <summary>"Withdraw…"<span class="vh">{label.clone()}</span></summary>
                <PostForm action=WithdrawOwnPost::PATH class="above-2">
                    <p class="small">"What it says is then gone for everybody, and cannot be brought back. That it was there stays."</p>
                    <Hidden name="thread" value=thread />
                    <Hidden name="number" value=number.to_string() />
                    <button class="btn btn--danger btn--sm above-2" type="submit">"Withdraw this post"<span class="vh">{label}</span></button>
                </PostForm>
            </details>
        </article>
    }
}
