//! Starting a thread.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::compose::{Composer, HandedBack, Writing};
use crate::error::AppError;
use crate::paths;
use crate::spaces::answers::ThreadToStart;
use crate::spaces::api::{StartThread, thread_to_start_in};
use crate::spaces::forms::SpaceAddress;
use crate::ui::{PageHead, UkTime, load, query};

/// The box for a new thread, in the space that the address names.
#[component]
pub fn NewThreadPage() -> impl IntoView {
    let form = SpaceAddress { space: query("space").unwrap_or_default(), before: String::new() };
    let handed_back = HandedBack::of_request(StartThread::PATH);
    let answer = async move {
        match (thread_to_start_in(form).await, handed_back) {
            (Err(AppError::NotFound), Some(handed_back)) => Ok(Err(handed_back)),
            (answer, _) => answer.map(Ok),
        }
    };
    load(answer, |thread| match thread {
        Err(handed_back) => view! { <HandedBack handed_back /> }.into_any(),
        Ok(thread) => view! { <Shown thread /> }.into_any(),
    })
}

#[component]
fn Shown(thread: ThreadToStart) -> impl IntoView {
    let ThreadToStart { space, allows_unnamed, people, draft, files, posting, spaces, now } = thread;
    let up = (paths::space(&space.slug), space.name.clone());
    let current = space.slug.clone();
    let first_day = draft.as_ref().map(|draft| draft.saved_at.date()).or(posting.paused.map(|_| now.date()));
    let others = spaces
        .into_iter()
        .map(|space| {
            let current = (space.slug == current).then_some("page");
            view! { <li><a href=paths::new_thread(&space.slug) aria-current=current>{space.name}</a></li> }
        })
        .collect_view();
    let writing = Writing {
        action: StartThread::PATH,
        title: format!("A post in {}", space.name),
        button: "Post it",
        space,
        number: None,
        post: None,
        allows_unnamed,
        people,
        draft,
        now,
        begun: String::new(),
        files,
        posting,
    };
    view! {
        <PageHead title="Write a post" up>{first_day.map(|day| view! { <p><UkTime day /></p> })}</PageHead>
        <div class="commons">
            <nav class="spaces" aria-label="Where to write"><h2>"Where"</h2><ul>{others}</ul></nav>
            <Composer writing>""</Composer>
        </div>
    }
}
