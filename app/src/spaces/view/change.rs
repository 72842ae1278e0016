//! Changing a post of one's own.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::attach::Attachments;
use super::compose::{Composer, HandedBack, Writing};
use crate::error::AppError;
use crate::paths;
use crate::spaces::answers::PostToChange;
use crate::spaces::api::{ChangePost, post_to_change_at};
use crate::spaces::forms::PostAddress;
use crate::spaces::model::post_address;
use crate::ui::{Banner, FormState, Hidden, PageHead, Tone, UkTime, load, param};

/// The box with a post as it was typed.
#[component]
pub fn ChangePostPage() -> impl IntoView {
    let form = PostAddress { space: param("space"), number: param("number"), post: param("post") };
    let handed_back = HandedBack::of_request(ChangePost::PATH);
    let answer = async move {
        match (post_to_change_at(form).await, handed_back) {
            (Err(AppError::NotFound), Some(handed_back)) => Ok(Err(handed_back)),
            (answer, _) => answer.map(Ok),
        }
    };
    load(answer, |post| match post {
        Err(handed_back) => view! { <HandedBack handed_back /> }.into_any(),
        Ok(post) => view! { <Shown post /> }.into_any(),
    })
}

#[component]
fn Shown(post: PostToChange) -> impl IntoView {
    let PostToChange { space, thread: (thread, title), number, source, version, draft, files, posting, waiting, now } = post;
    let up = (post_address(&space.slug, thread, number), title);
    let first_day = draft.as_ref().map(|draft| draft.saved_at.date()).or(posting.paused.map(|_| now.date()));
    let writing = Writing {
        action: ChangePost::PATH,
        title: "Your post".to_owned(),
        button: "Change the post",
        space,
        number: Some(thread),
        post: Some(number),
        allows_unnamed: false,
        people: Vec::new(),
        draft,
        now,
        begun: source,
        files: None,
        posting,
    };
    view! {
        <PageHead title="Change your post" up about="Everybody sees that it was changed, and when. What it said before is kept for those who look after the space.">
            {first_day.map(|day| view! { <p><UkTime day /></p> })}
        </PageHead>
        {waiting.map(already)}
        <Composer writing><Version version /></Composer>
        <Attachments files heading="What is attached to it" />
    }
}

/// That another change of the post is on its way, whose place this one takes.
fn already((code, is_sent_back): (String, bool)) -> impl IntoView {
    let (title, link) = if is_sent_back {
        ("A change of this post was sent back to you", "See why")
    } else {
        ("A change of this post waits for a moderator already", "See what waits")
    };
    view! {
        <div class="below-4">
            <Banner tone=Tone::Info title><p>"What you save here takes its place. "<a href=paths::own_report(&code)>{link}</a></p></Banner>
        </div>
    }
}

/// The version that was shown when the person began to type: what they sent before stays, so that whoever is second is told every time.
#[component]
fn Version(version: i64) -> impl IntoView {
    let shown = FormState::of_form().entered("version").filter(|entered| !entered.is_empty()).unwrap_or_else(|| version.to_string());
    view! { <Hidden name="version" value=shown /> }
}
