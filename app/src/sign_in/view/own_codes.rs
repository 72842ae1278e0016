//! One-time codes and recovery codes of somebody who is signed in.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::codes::{NewCodeSteps, RecoveryCodes};
use crate::paths;
use crate::sign_in::model::{CodeState, NewCode};
use crate::sign_in::own_api::{BeginCode, ConfirmCode, DropNewCode, RenewRecoveryCodes, StopCodes, my_codes};
use crate::ui::{Answered, Audience, Field, PageHead, PostForm, day_month_year, load, query};

/// Whether codes are asked for, and everything that can be done about them.
#[component]
pub fn OneTimeCodePage() -> impl IntoView {
    let new_recovery_codes = Answered::to_form(ConfirmCode::PATH).or_else(|| Answered::to_form(RenewRecoveryCodes::PATH));
    load(my_codes(), move |state| {
        view! {
            <PageHead
                title="One-time codes"
                up=(paths::ME.to_owned(), "Your account".to_owned())
                about="A code from your phone when you sign in, so that nobody comes in with your password alone."
            >
                <Audience tier=1 sentence="only you. Nobody else ever sees the key or the codes." />
            </PageHead>
            <div class="stack gap-5">{parts(state, new_recovery_codes)}</div>
        }
    })
}

/// What the page is about at the moment: fresh recovery codes, a code that is being set up, or how things stand.
fn parts(state: CodeState, new_recovery_codes: Option<String>) -> AnyView {
    if let Some(codes) = new_recovery_codes {
        return view! {
            <section class="card onething" aria-labelledby="recovery">
                <h2 id="recovery">"Keep these recovery codes"</h2>
                <RecoveryCodes codes />
                <p class="above-5"><a class="btn" href=paths::ONE_TIME_CODE>"I have kept them"</a></p>
            </section>
        }
        .into_any();
    }
    if let Some(new_code) = state.pending.clone() {
        return view! { <Pending new_code /> }.into_any();
    }
    match state.since {
        Some(since) => {
            let since = day_month_year(::series::local(since).date());
            view! { <InForce since left=state.recovery_codes_left is_required=state.is_required /> }.into_any()
        }
        None => view! { <NotYet is_required=state.is_required /> }.into_any(),
    }
}

/// For somebody who is not asked for codes.
#[component]
fn NotYet(is_required: bool) -> impl IntoView {
    let about = if is_required {
        "Your role needs codes, and you have not set them up yet."
    } else {
        "You are not asked for codes, since your role does not need them. You can have them all the same."
    };
    view! {
        <OwnPassword
            title="Set up one-time codes"
            about
            action=BeginCode::PATH
            back=paths::ME
        />
    }
}

/// For somebody who is setting codes up, for the first time or on a new phone.
#[component]
fn Pending(new_code: NewCode) -> impl IntoView {
    view! {
        <section class="card onething" aria-labelledby="pending">
            <h2 id="pending">"Set up your phone"</h2>
            <PostForm action=ConfirmCode::PATH>
                <NewCodeSteps new_code />
                <div class="form-foot"><button class="btn">"Confirm"</button></div>
            </PostForm>
            <PostForm action=DropNewCode::PATH class="above-4"><button class="linkbtn small">"Cancel"</button></PostForm>
        </section>
    }
}

/// For somebody who is asked for codes: how things stand, or the one thing that they chose to change.
#[component]
fn InForce(since: String, left: i64, is_required: bool) -> impl IntoView {
    match query("change").as_deref() {
        Some("recovery") => view! {
            <OwnPassword
                title="Make new recovery codes"
                about="You get ten new codes. The old ones stop working."
                action=RenewRecoveryCodes::PATH
            />
        }
        .into_any(),
        Some("phone") => view! {
            <OwnPassword
                title="Use another phone"
                about="The present phone works until you have entered a code from the new one."
                action=BeginCode::PATH
            />
        }
        .into_any(),
        Some("stop") if !is_required => view! {
            <OwnPassword
                title="Stop asking for codes"
                about="Your password alone, or a link sent to your email, then signs you in."
                action=StopCodes::PATH
            />
        }
        .into_any(),
        _ => view! { <Standing since left is_required /> }.into_any(),
    }
}

/// How things stand, with a way to change each of them.
#[component]
fn Standing(since: String, left: i64, is_required: bool) -> impl IntoView {
    let left = match left {
        0 => "None left. Make new ones now, so that a lost phone does not keep you out.".to_owned(),
        1 => "1 left".to_owned(),
        left => format!("{left} left"),
    };
    let change = |what: &str| format!("{}?change={what}", paths::ONE_TIME_CODE);
    let why = if is_required { "Your role needs them." } else { "Your role does not need them; you chose them." };
    view! {
        <section class="card" aria-label="How things stand">
            <dl class="summary">
                <div>
                    <dt>"Codes from your phone"</dt>
                    <dd>{format!("Asked for since {since}. {why}")}</dd>
                    <dd class="summary__act">
                        <a href=change("phone")>"Use another phone"</a>
                        {(!is_required).then(|| view! { <a href=change("stop")>"Stop"</a> })}
                    </dd>
                </div>
                <div>
                    <dt>"Recovery codes"</dt>
                    <dd>{left}</dd>
                    <dd class="summary__act"><a href=change("recovery")>"Make new ones"</a></dd>
                </div>
            </dl>
        </section>
    }
}

/// One thing that needs one's own password first, since a borrowed device must not do it.
#[component]
fn OwnPassword(
    title: &'static str,
    about: &'static str,
    action: &'static str,
    /// Where whoever thinks better of it goes.
    #[prop(default = paths::ONE_TIME_CODE)]
    back: &'static str,
) -> impl IntoView {
    view! {
        <section class="card onething" aria-labelledby="own-password">
            <h2 id="own-password">{title}</h2>
            <p class="below-4">{about}</p>
            <PostForm action=action>
                <Field name="password" label="Your password" kind="password" autocomplete="current-password" />
                <div class="form-foot">
                    <button class="btn">{title}</button>
                    <a href=back>"Cancel"</a>
                </div>
            </PostForm>
        </section>
    }
}
