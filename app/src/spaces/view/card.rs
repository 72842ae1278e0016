//! A thread in a list.

use chrono::NaiveDateTime;
use leptos::prelude::*;

use crate::paths;
use crate::spaces::answers::{ThreadLine, Writer};
use crate::spaces::model::{post_address, when};
use crate::ui::{Avatar, Badge, Icon, Tone, capital};

/// Who began a thread, what about, and how much of it is new. Its title is the link.
#[component]
pub fn ThreadCard(
    /// The thread.
    thread: ThreadLine,
    /// The moment of the page.
    now: NaiveDateTime,
    /// Whether the space is said, since threads of several stand together.
    #[prop(optional)]
    with_space: bool,
) -> impl IntoView {
    let (slug, space_name) = thread.space.clone();
    let (address, title, author, is_new) = (address_of(&thread), thread.title.clone(), thread.author.clone(), thread.new > 0);
    let when = when(thread.last_at, now.date());
    let space = with_space.then(|| format!("{space_name} · "));
    let when = if with_space { when } else { capital(&when) };
    let (id, replies) = (format!("t-{slug}-{}", thread.number), replies(&thread));
    let excerpt = if thread.excerpt.is_empty() { "Withdrawn by its author.".to_owned() } else { thread.excerpt.clone() };
    view! {
        <article class="post" class:post--new=is_new id=id data-thread="">
            <p class="post__by">
                <Face author=author.clone() />
                <span><Name author /><br />{space}<span class="together">{when}</span></span>
            </p>
            <h3><a href=address data-thread-link="">{title}</a></h3>
            <p>{excerpt}</p>
            <p class="post__foot"><span>{replies}</span><Marks thread /></p>
        </article>
    }
}

/// Where a thread is opened: at the first post that is new, or at its beginning.
fn address_of(thread: &ThreadLine) -> String {
    let (slug, _) = &thread.space;
    if thread.new > 0 && thread.read_to > 0 {
        post_address(slug, thread.number, thread.read_to + 1)
    } else {
        paths::thread(slug, thread.number)
    }
}

/// "7 replies, 3 new".
fn replies(thread: &ThreadLine) -> String {
    let replies = match thread.posts - 1 {
        0 => "No reply yet".to_owned(),
        1 => "1 reply".to_owned(),
        more => format!("{more} replies"),
    };
    match thread.new {
        0 => replies,
        _ if thread.read_to == 0 && thread.new == thread.posts => format!("New, {}", replies.to_lowercase()),
        new => format!("{replies}, {new} new"),
    }
}

#[component]
fn Marks(thread: ThreadLine) -> impl IntoView {
    let mentions = thread.mentions_reader && thread.new > 0;
    view! {
        {thread.is_pinned.then(|| view! { <Badge><Icon name="pin" />"Pinned"</Badge> })}
        {mentions.then(|| view! { <Badge tone=Tone::Info>"Mentions you"</Badge> })}
        {thread.is_muted.then(|| view! { <Badge>"Muted"</Badge> })}
    }
}

/// The letters of whoever wrote something, or nothing to be known by.
#[component]
pub fn Face(
    /// Who wrote it.
    author: Writer,
) -> impl IntoView {
    match author {
        Writer::Named(author) => view! { <Avatar initials=author.name.initials code=author.name.code /> }.into_any(),
        Writer::Former | Writer::Unnamed => {
            view! { <span class="avatar" data-tone="0" aria-hidden="true"><Icon name="user-round" /></span> }.into_any()
        }
    }
}

/// Who wrote something: the name and what they do, that they have left, or that they keep their name back.
#[component]
pub fn Name(
    /// Who wrote it.
    author: Writer,
) -> impl IntoView {
    match author {
        Writer::Named(author) => {
            let about = if author.is_supervisor || author.about.is_empty() { String::new() } else { format!(", {}", author.about) };
            view! {
                <b>{author.name.short}</b>
                {about}
                {author.is_supervisor.then(|| view! { " "<span class="badge badge--brand">"Supervisor"</span> })}
            }
            .into_any()
        }
        Writer::Former => view! { <b>"A former member"</b> }.into_any(),
        Writer::Unnamed => view! { <b>"A member, without name"</b> }.into_any(),
    }
}
