//! Reading what two people have opened.

use leptos::prelude::*;

use super::opening::moment;
use crate::openings::answers::{Opened, OpenedPost};
use crate::openings::api::read_opened;
use crate::openings::forms::OpeningAddress;
use crate::openings::model::{PER_PAGE, Subject};
use crate::paths;
use crate::spaces::{Files, HiddenAs, PollRead, Reason, SaidBefore, when};
use crate::ui::{Audience, Badge, Empty, PageHead, Pager, Tone, address_with, load, param, query};

/// A plain list of what is open, to be read and nothing else.
#[component]
pub fn ReadOpenedPage() -> impl IntoView {
    let form = OpeningAddress { code: param("code"), page: query("page").unwrap_or_default() };
    load(read_opened(form), |opened| view! { <Shown opened /> })
}

#[component]
fn Shown(opened: Opened) -> impl IntoView {
    let Opened { code, subject, until, posts, page, total, now } = opened;
    let about = format!("Open for the two of you until {}. You can read it, and nothing else. All times are UK time.", moment(until));
    let is_space = matches!(subject, Subject::Space { .. });
    let list = if posts.is_empty() {
        view! { <Empty title="Nothing is written here"><p>"Nobody has posted in this space yet."</p></Empty> }.into_any()
    } else {
        posts.into_iter().map(|post| view! { <Post post code=code.clone() is_space today=now.date() /> }).collect_view().into_any()
    };
    view! {
        <PageHead title=subject.in_words() tab="What is open" up=(paths::opening(&code), "The opening".to_owned()) about times=now.date()>
            <Audience tier=2 sentence="the two who opened it, until then. That you have looked stands in the log." />
        </PageHead>
        <div class="feed">{list}</div>
        <Pager what="Posts" page per_page=PER_PAGE total address=move |page| address_with(&paths::read_opened(&code), &[("page", &page.to_string())]) />
    }
}

#[component]
fn Post(post: OpenedPost, code: String, is_space: bool, today: chrono::NaiveDate) -> impl IntoView {
    let OpenedPost { title, number, author, html, written_at, is_withdrawn, hidden, reason, files, before, poll } = post;
    let by = if is_space { author } else { format!("Written by {author}") };
    let text = if is_withdrawn {
        view! { <p class="muted above-2">"Withdrawn by its author."</p> }.into_any()
    } else {
        view! { <div class="prose post__text" inner_html=html></div> }.into_any()
    };
    let hidden =
        hidden.map(|hidden| view! { <p class="small above-2"><Badge tone=Tone::Warn>"Hidden"</Badge>" "{why(hidden, reason)}</p> });
    view! {
        <article class="post">
            <h2 class="as-h3">{title}</h2>
            <p class="post__by"><span><b>{by}</b><br />{format!("Post {number}, {}", when(written_at, today))}</span></p>
            {hidden}
            {text}
            <SaidBefore before today about="What it said before" />
            <Files files address=move |file| paths::opened_file(&code, file) />
            {poll.map(|poll| view! { <PollRead poll /> })}
        </article>
    }
}

/// That readers do not see a post, and why.
fn why(hidden: HiddenAs, reason: Option<Reason>) -> String {
    let told = match hidden {
        HiddenAs::Hidden => "A moderator has hidden this from its readers.",
        HiddenAs::ToChange => "A moderator has hidden this from its readers until its author changes it.",
    };
    reason.map_or_else(|| told.to_owned(), |reason| format!("{told} The reason: “{}”.", reason.name()))
}
