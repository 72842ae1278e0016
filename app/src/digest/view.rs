//! The page on which somebody chooses of what they are written, and the page that stops a digest.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_axum::ResponseOptions;

use super::api::{ChooseDigests, StopDigest, digest_to_stop, my_notifications};
use super::model::{CHOICES, DigestLine, Notifications, Rhythm, StopForm, ToStop, digest_field};
use crate::access::page_day;
use crate::paths;
use crate::reminders::ReminderForm;
use crate::ui::{Answered, Audience, DeviceAway, Hidden, PageHead, PostForm, SelectField, load, param};

/// When one is reminded of one's sessions and events, and of which spaces one is sent a digest.
#[component]
pub fn NotificationsPage() -> impl IntoView {
    load(my_notifications(), |notifications| {
        let Notifications { reminders, digests } = notifications;
        view! {
            <PageHead
                title="Reminders"
                up=(paths::ME.to_owned(), "Your account".to_owned())
                about="Before each of your sessions and events we write to your work email: the date, the time, how to join, and how to say that you cannot come."
            >
                <Audience tier=1 sentence="only you." />
            </PageHead>
            <ReminderForm reminders />
            {(!digests.is_empty()).then(|| view! { <Digests digests /> })}
        }
    })
}

/// How often one is told what is new, space by space.
#[component]
fn Digests(digests: Vec<DigestLine>) -> impl IntoView {
    let options = || CHOICES.into_iter().map(|(key, words)| (key.to_owned(), words.to_owned())).collect::<Vec<_>>();
    let field = move |line: DigestLine| {
        let hint = if line.kind.is_closed() {
            "The digest says that there is something new in a closed space, and nothing else of it."
        } else {
            ""
        };
        let value = line.rhythm.map_or("off", Rhythm::key);
        view! { <SelectField name=digest_field(&line.slug) label=line.name hint value options=options() /> }
    };
    view! {
        <section class="card onething above-5" aria-labelledby="digest">
            <h2 id="digest">"Digest of the community"</h2>
            <p class="above-2">
                "One letter to your work email with what is new, at 07:30 UK time: how many posts are new in which thread, and links to them. It leaves out what you wrote or have read and the threads that you have muted, and if nothing is new, there is no letter. "
                <DeviceAway day=page_day() />
            </p>
            <PostForm action=ChooseDigests::PATH class="above-3">
                {move || digests.clone().into_iter().map(field).collect_view()}
                <div class="form-foot"><button class="btn" type="submit">"Save the digest"</button></div>
            </PostForm>
        </section>
    }
}

/// What the link in a digest leads to: one button, and no sign-in.
#[component]
pub fn StopDigestPage() -> impl IntoView {
    let token = param("token");
    let has_stopped = Answered::to_form(StopDigest::PATH).is_some();
    load(digest_to_stop(StopForm { token: token.clone() }), move |found| match found {
        ToStop::Digest => view! { <Stop token /> }.into_any(),
        ToStop::Nothing => view! { <Stopped has_stopped /> }.into_any(),
        ToStop::Unknown => view! { <TooOld /> }.into_any(),
    })
}

#[component]
fn Stop(token: String) -> impl IntoView {
    view! {
        <PageHead title="Stop the digest?" about="You would be sent no digest of the community any more, of any space. Nothing else changes: we still write to you of your sessions.">
            <Audience tier=1 sentence="only you." />
        </PageHead>
        <PostForm action=StopDigest::PATH>
            <Hidden name="token" value=token />
            <div class="form-foot"><button class="btn" type="submit">"Stop the digest"</button></div>
        </PostForm>
    }
}

#[component]
fn Stopped(has_stopped: bool) -> impl IntoView {
    let title = if has_stopped { "The digest is stopped" } else { "You get no digest" };
    view! {
        <PageHead title about="You are sent no digest of the community. If you would like one again, choose so with your reminders.">
            <Audience tier=1 sentence="only you." />
        </PageHead>
        <p><a href=paths::NOTIFICATIONS>"Reminders and digests"</a></p>
    }
}

/// In place of a link that nobody holds any more: whose it was is not said.
#[component]
fn TooOld() -> impl IntoView {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(http::StatusCode::GONE);
    }
    view! {
        <PageHead title="This link is too old" about="It stopped the digest for a year after it was sent. The link in a newer digest works, and so does signing in.">
            <Audience tier=1 sentence="only you." />
        </PageHead>
        <p><a href=paths::NOTIFICATIONS>"Reminders and digests"</a></p>
    }
}
