//! Cancelling a session, or several, which asks first and shows each of them.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::preview::{Told, WhatChanges};
use crate::changes::answers::{CancelSeriesPage as Shown, InHand, Preview};
use crate::changes::api::{CancelSeries, sessions_to_cancel};
use crate::changes::forms::{ALL, CancelSeriesForm, FOLLOWING, THIS};
use crate::groups::{CancelReason, audience_of_any_group, within_sentence};
use crate::paths;
use crate::ui::{Audience, Banner, Choices, ErrorSummary, Hidden, PageHead, PostForm, load, param, query};

/// Who reads that sessions are cancelled, and why.
/// The question before several sessions are cancelled.
#[component]
pub fn CancelSeriesPage() -> impl IntoView {
    let scope = if query("scope").as_deref() == Some(ALL) { ALL } else { FOLLOWING };
    let form = CancelSeriesForm { session: param("code"), scope: scope.to_owned(), ..CancelSeriesForm::default() };
    load(sessions_to_cancel(form), move |page| view! { <Question page scope /> })
}

#[component]
fn Question(page: Shown, scope: &'static str) -> impl IntoView {
    let Shown { session, preview } = page;
    let up = (paths::change_session(&session.code), format!("Change {}", within_sentence(&session.name)));
    let tab = format!("Cancel several sessions, {}", session.name);
    let about = format!(
        "Sessions of {} that have not begun. The record of those that were held is not touched. All times are UK time.",
        within_sentence(&session.group)
    );
    let day = session.span.starts.date();
    let back = up.0.clone();
    let body = match preview {
        Some(preview) => view! { <Asking session=session.clone() preview scope /> }.into_any(),
        None => view! {
            <Banner title="There is no session left to cancel">
                <p><a href=back>"Go back"</a></p>
            </Banner>
        }
        .into_any(),
    };
    view! {
        <ErrorSummary />
        <PageHead title="Cancel several sessions?" tab up about=about times=day>
            <Audience tier=4 sentence=format!("{}.", audience_of_any_group()) />
        </PageHead>
        <nav class="seg below-4" aria-label="Which sessions">
            <Scope session=session.clone() scope=FOLLOWING is_current={scope == FOLLOWING} words="This and the following" />
            <Scope session scope=ALL is_current={scope == ALL} words="All that have not begun" />
        </nav>
        {body}
    }
}

#[component]
fn Scope(session: InHand, scope: &'static str, is_current: bool, words: &'static str) -> impl IntoView {
    let address = format!("{}?scope={scope}", paths::cancel_series(&session.code));
    view! { <a href=address aria-current=is_current.then_some("page")>{words}</a> }
}

/// The form that cancels one session which has not begun.
pub fn ask_to_cancel(code: String) -> AnyView {
    let form = CancelSeriesForm { session: code, scope: THIS.to_owned(), ..CancelSeriesForm::default() };
    load(sessions_to_cancel(form), |page| match page.preview {
        Some(preview) => view! { <Form code=page.session.code preview scope=THIS verb="Cancel it" /> }.into_any(),
        None => view! {
            <Banner title="This session can no longer be cancelled">
                <p>"It was cancelled already, or it has begun."</p>
            </Banner>
        }
        .into_any(),
    })
    .into_any()
}

/// Why, and the button that says who is told.
#[component]
fn Form(code: String, preview: Preview, scope: &'static str, verb: &'static str) -> impl IntoView {
    let Told { sentence, button } = Told::of(&preview, verb);
    let (legend, keep) = match scope {
        THIS => ("Why can it not take place?", "Keep the session"),
        _ => ("Why can they not take place?", "Keep the sessions"),
    };
    let options = CancelReason::OFFERED.into_iter().map(|reason| (reason.key().to_owned(), reason.name().to_owned())).collect();
    view! {
        <PostForm action=CancelSeries::PATH class="above-5">
            <Hidden name="session" value=code.clone() />
            <Hidden name="scope" value=scope />
            <Hidden name="seen" value=preview.seen />
            <Choices name="reason" legend options />
            <div class="form-foot">
                <button class="btn btn--danger" type="submit">{button}</button>
                <a href=paths::session(&code)>{keep}</a>
            </div>
            <p class="hint above-2">{sentence}</p>
        </PostForm>
    }
}

#[component]
fn Asking(session: InHand, preview: Preview, scope: &'static str) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="cancelled">
            <div class="card__head"><h2 id="cancelled">"What would be cancelled"</h2></div>
            <WhatChanges preview=preview.clone() />
            <Form code=session.code preview scope verb="Cancel them" />
        </section>
    }
}
