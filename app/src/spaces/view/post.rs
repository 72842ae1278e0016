//! A post of a thread.

use chrono::{NaiveDate, NaiveDateTime};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::attach::Files;
use super::card::{Face, Name};
use super::opened::Opened;
use crate::paths;
use crate::spaces::answers::{Post, Writer};
use crate::spaces::api::{ForgetPost, SavePost, WithdrawPost};
use crate::spaces::held::HiddenAs;
use crate::spaces::model::{page_of, post_address, when};
use crate::ui::{Hidden, Icon, PostForm, address_with, capital};

/// Where a post stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The space's part of the address.
    pub space: String,
    /// The thread's number in it.
    pub thread: i64,
    /// The moment of the page.
    pub now: NaiveDateTime,
    /// Whether nobody can reply any more.
    pub is_locked: bool,
    /// Whether the reader can ask to see who wrote a post without a name.
    pub may_ask_who: bool,
}

/// What a post says, who wrote it and when, and what its reader can do about it.
#[component]
pub fn PostShown(
    /// The post.
    post: Post,
    /// Where it stands.
    standing: Standing,
) -> impl IntoView {
    let Standing { space, thread, now, .. } = standing.clone();
    let written = capital(&when(post.written_at, now.date()));
    let edited = post.edited_at.filter(|_| !post.is_withdrawn).map(|edited| format!(", changed {}", when(edited, now.date())));
    let quoted = post.quoted.clone().map(|(number, name)| {
        view! { <p class="small"><a href=post_address(&space, thread, number)>{format!("In reply to {name}")}</a></p> }
    });
    let text = if post.is_withdrawn {
        view! { <p class="muted above-2">"Withdrawn by its author."</p> }.into_any()
    } else if let Some(hidden) = post.hidden {
        view! { <HiddenText post=post.clone() hidden space=space.clone() thread /> }.into_any()
    } else {
        view! { <div class="prose post__text" inner_html=post.html.clone()></div> }.into_any()
    };
    let (number, is_new, author, before) = (post.number, post.is_new, post.author.clone(), post.before.clone());
    let files = post.files.clone();
    let (opened, is_own_unnamed) = (post.opened.clone(), post.is_own && post.author == Writer::Unnamed);
    let own_address = post_address(&space, thread, post.number);
    view! {
        <article class="reply" id=format!("p{number}") tabindex="-1" data-post="" aria-label=format!("Post {number}")>
            <Face author=author.clone() />
            <div>
                <p class="post__by">
                    <span>
                        <Name author />
                        {is_new.then(|| view! { " "<span class="badge badge--warn">"New"</span> })}
                        <br />
                        <a class="post__when" href=own_address>{written}</a>
                        {edited}
                    </span>
                </p>
                {is_own_unnamed.then(|| view! { <p class="small muted">"You wrote this. Only you see that."</p> })}
                {quoted}
                {text}
                <Files files address=paths::community_file />
                <Opened opened title="It was seen that you wrote this" />
                <SaidBefore before today=now.date() about="What it said before (only those who look after the space see this)" />
                <Foot post standing />
            </div>
        </article>
    }
}

/// That a moderator hid a post. Its author reads below it what it says.
#[component]
fn HiddenText(post: Post, hidden: HiddenAs, space: String, thread: i64) -> impl IntoView {
    if !post.is_own {
        return view! { <p class="muted above-2">"Hidden by a moderator."</p> }.into_any();
    }
    let (told, way) = match hidden {
        HiddenAs::Hidden => {
            ("A moderator has hidden this post. Only you read what it says.", (paths::OWN_REPORTS.to_owned(), "Why, and how to ask again"))
        }
        HiddenAs::ToChange => (
            "A moderator asks you to change this post. Until then only you read what it says.",
            (paths::change_post(&space, thread, post.number), "Change it"),
        ),
    };
    view! {
        <p class="muted above-2">{told}" "<a href=way.0>{way.1}</a></p>
        <div class="prose post__text" inner_html=post.html></div>
    }
    .into_any()
}

/// What a post said before it was changed, the last of it first; nothing where it never was.
#[component]
pub fn SaidBefore(
    /// Until when it said what.
    before: Vec<(NaiveDateTime, String)>,
    /// The day of the answer.
    today: NaiveDate,
    /// Above it.
    about: &'static str,
) -> impl IntoView {
    (!before.is_empty()).then(|| {
        let versions = before
            .into_iter()
            .map(|(until, html)| {
                view! { <p class="small muted above-2">{format!("Until {}", when(until, today))}</p><div class="prose post__text" inner_html=html></div> }
            })
            .collect_view();
        view! { <details class="small above-2"><summary>{about}</summary>{versions}</details> }
    })
}

/// What can be done about a post.
#[component]
fn Foot(post: Post, standing: Standing) -> impl IntoView {
    let Standing { space, thread, is_locked, may_ask_who, .. } = standing;
    let is_anothers_unnamed = post.author == Writer::Unnamed && !post.is_own;
    let number = post.number;
    (!post.is_withdrawn && (post.hidden.is_none() || post.is_own)).then(|| {
        let (page, quote) = (page_of(number).to_string(), number.to_string());
        let answer = format!("{}#write", address_with(&paths::thread(&space, thread), &[("page", &page), ("quote", &quote)]));
        let ask_who = address_with(paths::NEW_OPENING, &[("post", &post_address(&space, thread, number))]);
        let save = view! { <Save space=space.clone() thread number is_saved=post.is_saved /> };
        // What is hidden for good is changed by nobody.
        let can_change = post.hidden != Some(HiddenAs::Hidden);
        let own = post.is_own.then(|| view! { <Own space=space.clone() thread number can_change /> });
        if post.hidden.is_some() {
            return view! { <div class="post__foot">{own}</div> }.into_any();
        }
        let report = (!post.is_own).then(|| {
            view! { <a href=paths::report_post(&space, thread, number)>"Report"<span class="vh">{format!(" post {number}")}</span></a> }
        });
        view! {
            <div class="post__foot">
                {(!is_locked).then(|| view! { <a href=answer data-reply="">"Reply"<span class="vh">{format!(" to post {number}")}</span></a> })}
                {save}
                {own}
                {(may_ask_who && is_anothers_unnamed).then(|| view! { <a href=ask_who>"Ask who wrote this"<span class="vh">{format!(" (post {number})")}</span></a> })}
                {report}
            </div>
        }
        .into_any()
    })
}

#[component]
fn Save(space: String, thread: i64, number: i64, is_saved: bool) -> impl IntoView {
    let (action, word) = if is_saved { (ForgetPost::PATH, "Saved, take it off") } else { (SavePost::PATH, "Save") };
    view! {
        <PostForm action=action>
            <Which space thread number />
            <button class="linkbtn" type="submit">{word}<span class="vh">{format!(" (post {number})")}</span></button>
        </PostForm>
    }
}

/// Changing and taking back, for whoever wrote it.
#[component]
fn Own(space: String, thread: i64, number: i64, can_change: bool) -> impl IntoView {
    let change = can_change.then(|| {
        view! { <a href=paths::change_post(&space, thread, number)>"Change"<span class="vh">{format!(" post {number}")}</span></a> }
    });
    view! {
        {change}
        <details>
            <summary>"Withdraw…"</summary>
            <PostForm action=WithdrawPost::PATH class="above-2">
                <p class="small">"What it says is then gone for everybody, and cannot be brought back. That it was there stays."</p>
                <Which space thread number />
                <button class="btn btn--danger btn--sm above-2" type="submit">"Withdraw this post"</button>
            </PostForm>
        </details>
    }
}

/// Which post a button is about.
#[component]
fn Which(space: String, thread: i64, number: i64) -> impl IntoView {
    view! {
        <Hidden name="space" value=space />
        <Hidden name="number" value=thread.to_string() />
        <Hidden name="post" value=number.to_string() />
    }
}

/// That a thread is locked, and what that means.
#[component]
pub fn Locked() -> impl IntoView {
    view! { <p class="row gap-2 above-5"><Icon name="lock" /><span>"This thread is locked. Everybody can read it, and nobody can reply."</span></p> }
}
