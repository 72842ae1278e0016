//! A thread, fifty replies at a time.

use chrono::NaiveDateTime;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::compose::{Composer, HandedBack, ToCopy, Writing};
use super::held::Held;
use super::poll::PollShown;
use super::post::{Locked, PostShown, Standing};
use super::side::{Agreed, Spaces};
use crate::access::{Permission, may, page_visit};
use crate::error::AppError;
use crate::news::{KeptUpToDate, TALK, is_asked_again};
use crate::paths;
use crate::spaces::answers::ThreadShown;
use crate::spaces::api::{HearOfThread, MuteThread, ReplyToThread, SteerThread, thread_of};
use crate::spaces::forms::{Steer, ThreadAddress};
use crate::spaces::held::HeldPost;
use crate::spaces::island::FeedKeys;
use crate::ui::{Audience, Hidden, Icon, PageHead, Pager, PostForm, Rejected, SentOn, address_with, load, param, query};

/// A thread with the replies of one page, and the box for one's own.
#[component]
pub fn ThreadPage() -> impl IntoView {
    let form = ThreadAddress { space: param("space"), number: param("number"), page: query("page").unwrap_or_default() };
    let is_at_page = !form.page.is_empty();
    let handed_back = HandedBack::of_request(ReplyToThread::PATH);
    let answer = async move {
        match (thread_of(form).await, handed_back) {
            // Somebody wrote to a space that they have left meanwhile: what they wrote is theirs.
            (Err(AppError::NotFound), Some(handed_back)) => Ok(Err(handed_back)),
            (answer, _) => answer.map(Ok),
        }
    };
    load(answer, move |thread| match thread {
        Err(handed_back) => view! { <HandedBack handed_back /> }.into_any(),
        Ok(thread) if thread.pages > 1 && !is_at_page && !is_asked_again() && Rejected::of_request().is_none() => {
            view! { <SentOn to=address_of_page(&thread) /> }.into_any()
        }
        Ok(thread) => view! { <Shown thread /> }.into_any(),
    })
}

/// Every page of a long thread has an address of its own, which is gone to with all that was asked for.
fn address_of_page(thread: &ThreadShown) -> String {
    let quote = query("quote").unwrap_or_default();
    let preview = query("preview").unwrap_or_default();
    let page = thread.page.to_string();
    address_with(&paths::thread(&thread.space.slug, thread.number), &[("page", &page), ("quote", &quote), ("preview", &preview)])
}

#[component]
fn Shown(thread: ThreadShown) -> impl IntoView {
    let (slug, name, kind) = (thread.space.slug.clone(), thread.space.name.clone(), thread.space.kind);
    let now = thread.now;
    let (spaces, posts, reply, title) = (thread.spaces.clone(), thread.clone(), thread.clone(), thread.title.clone());
    if is_asked_again() {
        return view! { <Live thread /> }.into_any();
    }
    view! {
        <KeptUpToDate said="There are new posts in this thread." only="#thread-live" about=TALK />
        <div class="commons">
            <Spaces spaces current=slug.clone() />
            <FeedKeys has_letters=crate::account::has_letter_keys() search=paths::SEARCH.to_owned()>
                <PageHead title up=(paths::space(&slug), name.clone()) about="All times are UK time." times=now.date()>
                    <Audience tier=kind.tier() sentence=kind.audience(&name) />
                </PageHead>
                <Live thread=posts />
                <Reply thread=reply />
            </FeedKeys>
            <aside class="commons__right" aria-label="About this thread"><About thread /><Agreed /></aside>
        </div>
    }
    .into_any()
}

/// What an open page brings up to date by itself: all of it that others can change. Asked for again, it is the whole answer.
#[component]
fn Live(thread: ThreadShown) -> impl IntoView {
    let (held, now) = (thread.held.clone(), thread.now);
    view! { <div id="thread-live"><Posts thread /><Waiting held now /></div> }
}

/// Whether the reader can ask to see who wrote a post without a name.
fn may_ask_who() -> bool {
    page_visit().is_ok_and(|visit| visit.visitor().is_some_and(|visitor| may(&visitor.roles, Permission::OpenTogether)))
}

/// What the thread begins with, and the replies of the page.
#[component]
fn Posts(thread: ThreadShown) -> impl IntoView {
    let standing = Standing {
        space: thread.space.slug.clone(),
        thread: thread.number,
        now: thread.now,
        is_locked: thread.is_locked,
        may_ask_who: may_ask_who(),
    };
    let heading = match thread.posts - 1 {
        0 => "No reply yet".to_owned(),
        1 => "1 reply".to_owned(),
        more => format!("{more} replies"),
    };
    // In the same line, so that it moves nothing when it comes while somebody reads. What the thread begins with is seen at once.
    let first_new = thread.shown.iter().find(|post| post.is_new && post.number > 1).map(|post| format!("#p{}", post.number));
    let new = (thread.new > 0).then(|| {
        let words = format!("{} new", thread.new);
        match first_new {
            Some(address) => view! { ", "<a href=address>{words}</a> }.into_any(),
            None => format!(", {words}").into_any(),
        }
    });
    let (space, number) = (thread.space.slug.clone(), thread.number);
    let may_add_poll = !thread.is_locked && thread.shown.first().is_some_and(|post| post.is_own && !post.is_withdrawn);
    let poll = match thread.poll {
        Some(poll) => Some(view! { <PollShown poll space number /> }.into_any()),
        None if may_add_poll => Some(view! { <p class="above-3"><a href=paths::add_poll(&space, number)>"Add a poll…"</a></p> }.into_any()),
        None => None,
    };
    let mut posts = thread.shown.into_iter();
    let first = posts.next().map(|post| view! { <PostShown post standing=standing.clone() /> });
    let replies: Vec<_> = posts.map(|post| view! { <PostShown post standing=standing.clone() /> }).collect();
    let (slug, number) = (thread.space.slug, thread.number);
    view! {
        <div class="thread__first">{first}{poll}</div>
        <h2 class="divider" id="replies"><span>{heading}{new}</span></h2>
        <div class="thread__replies" id="posts">{replies}</div>
        <Pager what="Replies" page=thread.page per_page=crate::spaces::model::PER_PAGE total=thread.posts - 1
            address=move |page| paths::thread_page(&slug, number, page) />
    }
}

/// What of the reader's own waits for a moderator, or was sent back.
#[component]
fn Waiting(held: Vec<HeldPost>, now: NaiveDateTime) -> impl IntoView {
    (!held.is_empty()).then(|| {
        let posts = held.into_iter().map(|held| view! { <Held held now /> }).collect_view();
        view! { <div id="waiting" class="thread__replies above-4">{posts}</div> }
    })
}

/// The box for a reply, or that there can be none.
#[component]
fn Reply(thread: ThreadShown) -> impl IntoView {
    if thread.is_locked {
        // It was locked while somebody wrote, perhaps.
        let handed_back = HandedBack::of_request(ReplyToThread::PATH).map(|handed_back| view! { <ToCopy handed_back /> });
        return view! { <Locked />{handed_back} }.into_any();
    }
    let quoted = query("quote").unwrap_or_default();
    let answered = quoted.parse::<i64>().ok().and_then(|number| thread.shown.iter().find(|post| post.number == number));
    let title = match answered {
        Some(post) => {
            format!("Your reply to {}", post.author.within())
        }
        None => "Your reply".to_owned(),
    };
    let writing = Writing {
        action: ReplyToThread::PATH,
        title,
        button: "Post the reply",
        space: thread.space,
        number: Some(thread.number),
        post: None,
        allows_unnamed: thread.allows_unnamed,
        people: thread.people,
        draft: thread.draft,
        now: thread.now,
        begun: String::new(),
        files: thread.files,
        posting: thread.posting,
    };
    view! {
        <Composer writing>
            <Hidden name="quoted" value=quoted />
        </Composer>
    }
    .into_any()
}

/// Muting for everybody; pinning and locking for whoever looks after the space.
#[component]
fn About(thread: ThreadShown) -> impl IntoView {
    let (space, number) = (thread.space.slug.clone(), thread.number);
    let (action, word, about) = if thread.is_muted {
        (HearOfThread::PATH, "Unmute this thread", "You have muted this thread: it is not listed under what is new.")
    } else {
        (MuteThread::PATH, "Mute this thread", "New posts in it are listed under what is new.")
    };
    let steer = thread
        .is_moderator
        .then(|| view! { <SteerCard space=space.clone() number states=(thread.is_pinned, thread.is_locked, thread.is_slowed) /> });
    view! {
        <section class="card" aria-labelledby="this-thread">
            <h2 id="this-thread" class="as-h3">"This thread"</h2>
            <p class="small above-2">{about}</p>
            <PostForm action=action class="above-2">
                <Hidden name="space" value=space />
                <Hidden name="number" value=number.to_string() />
                <button class="btn btn--second btn--sm" type="submit">{word}</button>
            </PostForm>
        </section>
        {steer}
    }
}

#[component]
fn SteerCard(
    space: String,
    number: i64,
    /// Whether it is pinned, locked and slowed down.
    states: (bool, bool, bool),
) -> impl IntoView {
    let (is_pinned, is_locked, is_slowed) = states;
    let pin = if is_pinned { (Steer::Unpin, "Unpin it", "pin") } else { (Steer::Pin, "Pin it above the others", "pin") };
    let lock = if is_locked { (Steer::Unlock, "Unlock it", "lock") } else { (Steer::Lock, "Lock it", "lock") };
    let slow = if is_slowed {
        (Steer::LetRun, "Show replies at once again", "hourglass")
    } else {
        (Steer::Slow, "Look at replies first", "hourglass")
    };
    let buttons = [pin, lock, slow].map(|(steer, word, icon)| {
        let space = space.clone();
        view! {
            <PostForm action=SteerThread::PATH>
                <Hidden name="space" value=space />
                <Hidden name="number" value=number.to_string() />
                <Hidden name="what" value=steer.key() />
                <button class="btn btn--second btn--sm" type="submit"><Icon name=icon />{word}</button>
            </PostForm>
        }
    });
    view! {
        <section class="card" aria-labelledby="steer">
            <h2 id="steer" class="as-h3">"You look after this space"</h2>
            <div class="row gap-2 above-2">{buttons.collect_view()}</div>
        </section>
    }
}
