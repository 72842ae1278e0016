//! The second step of coming in: a one-time code, and setting one up.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::paths;
use crate::sign_in::api::{EnterCode, SetUpCode, SignOut, code_to_set_up};
use crate::sign_in::checks::local_path;
use crate::sign_in::entrance::with_next;
use crate::sign_in::model::{NewCode, Picture};
use crate::ui::{Answered, Field, Hidden, PageTitle, PostForm, load, query};

/// Where staff roles enter the six digits that their phone shows.
#[component]
pub fn CodePage() -> impl IntoView {
    let next = query("next").unwrap_or_default();
    let by_recovery = query("with").is_some_and(|with| with == "recovery");
    let (title, about) = if by_recovery {
        ("Enter a recovery code", "Use one of the codes that you kept when you set up one-time codes. Each works once.")
    } else {
        ("Enter your code", "Open the authenticator app on your phone and enter the 6 digits that it shows for Reverie.")
    };
    // Made inside the form, which knows what is wrong with a code that was refused.
    let field = move || {
        if by_recovery {
            view! { <Field name="code" label="Recovery code" hint="Twelve letters and figures, like 7k2m-9xqp-4hwt" /> }.into_any()
        } else {
            view! { <Field name="code" label="6-digit code" class="input--code" autocomplete="one-time-code" inputmode="numeric" /> }
                .into_any()
        }
    };
    let here = with_next(paths::SIGN_IN_CODE, &next);
    let (other, other_words) = if by_recovery {
        (here, "Use the code on my phone")
    } else {
        let joint = if here.contains('?') { '&' } else { '?' };
        (format!("{here}{joint}with=recovery"), "I do not have my phone: use a recovery code")
    };
    view! {
        <PageTitle text=title />
        <h1>{title}</h1>
        <p class="muted">{about}</p>
        <PostForm action=EnterCode::PATH>
            <Hidden name="next" value=next />
            {field()}
            <button class="btn btn--wide above-5">"Sign in"</button>
        </PostForm>
        <p class="small above-5"><a href=other>{other_words}</a></p>
        <BeginAgain />
    }
}

/// The way back to the first step.
#[component]
fn BeginAgain() -> impl IntoView {
    view! {
        <PostForm action=SignOut::PATH class="above-2">
            <button class="linkbtn small">"Begin again as somebody else"</button>
        </PostForm>
    }
}

/// Where a staff role sets up one-time codes, once, before coming in for the first time.
#[component]
pub fn SetUpCodePage() -> impl IntoView {
    let next = query("next").unwrap_or_default();
    if let Some(codes) = Answered::to_form(SetUpCode::PATH) {
        return view! {
            <PageTitle text="Keep these recovery codes" />
            <h1>"Keep these recovery codes"</h1>
            <RecoveryCodes codes />
            <p class="above-5"><a class="btn btn--wide" href=local_path(&next).to_owned()>"I have kept them: go on"</a></p>
        }
        .into_any();
    }
    load(code_to_set_up(), move |new_code| match new_code {
        Some(new_code) => view! {
            <PageTitle text="Set up one-time codes" />
            <h1>"Set up one-time codes"</h1>
            <p class="muted">
                "Your role can see other people’s details, so your password alone is not enough. An app on your phone shows a new 6-digit code every half minute; you enter one each time you sign in."
            </p>
            <PostForm action=SetUpCode::PATH>
                <Hidden name="next" value=next />
                <NewCodeSteps new_code />
                <button class="btn btn--wide above-5">"Confirm and sign in"</button>
            </PostForm>
            <BeginAgain />
        }
        .into_any(),
        None => view! { <Over /> }.into_any(),
    })
    .into_any()
}

/// In place of a step that is over.
#[component]
fn Over() -> impl IntoView {
    view! {
        <PageTitle text="Sign in again" />
        <h1>"Sign in again"</h1>
        <p class="muted">"This step is over, or was begun too long ago."</p>
        <p class="above-5"><a class="btn btn--wide" href=paths::SIGN_IN>"Sign in"</a></p>
    }
}

/// Scan, or type, then prove it: the fields of a form that sets up one-time codes.
#[component]
pub fn NewCodeSteps(new_code: NewCode) -> impl IntoView {
    view! {
        <div class="prose below-5"><ol>
            <li>"Open an authenticator app on your phone. If you have none, your organisation’s IT team can name one; those of Google, Microsoft and Apple all work."</li>
            <li>"Add an account and scan this picture, or type the key."</li>
            <li>"Enter the 6 digits that the app then shows."</li>
        </ol></div>
        <figure class="qr below-5">
            <Squares picture=new_code.picture />
            <figcaption>
                <span class="label">"The key, if you cannot scan"</span>
                <span class="secret">{new_code.key}</span>
            </figcaption>
        </figure>
        <Field name="code" label="6-digit code" class="input--code" autocomplete="one-time-code" inputmode="numeric" />
    }
}

/// A picture for the camera of a phone.
#[component]
fn Squares(picture: Picture) -> impl IntoView {
    // Four squares of quiet around the picture are part of the standard.
    let side = picture.width + 8;
    view! {
        <svg viewBox=format!("-4 -4 {side} {side}") shape-rendering="crispEdges" role="img" aria-label="The key as a picture, for the camera of a phone">
            <path d=picture.path></path>
        </svg>
    }
}

/// The recovery codes, on the only page that ever shows them.
#[component]
pub fn RecoveryCodes(codes: String) -> impl IntoView {
    let codes = codes.split(' ').map(|code| view! { <li>{code.to_owned()}</li> }).collect_view();
    view! {
        <p class="below-4">
            "Each of these lets you in once without your phone. They are shown only now: print this page, or copy them to where you keep passwords."
        </p>
        <ul class="codes" aria-label="Recovery codes">{codes}</ul>
    }
}
