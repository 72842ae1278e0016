//! The pages that links in messages lead to. Opening one changes nothing: programs that check mail open links too.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_axum::ResponseOptions;

use crate::paths;
use crate::sign_in::api::{AcceptInvitation, EnterByLink, ResetPassword, invited_by, link_by, reset_by};
use crate::sign_in::model::{LinkForm, LinkOwner};
use crate::ui::{Field, Hidden, PageTitle, PostForm, load, param};

/// Where somebody who was invited chooses a password.
#[component]
pub fn InvitationPage() -> impl IntoView {
    let token = param("token");
    load(invited_by(LinkForm { token: token.clone() }), move |owner| match owner {
        Some(owner) => {
            let title = format!("Welcome, {}", owner.given_name);
            view! {
                <PageTitle text="Your invitation" />
                <h1>{title}</h1>
                <p class="muted">{format!("Choose a password. You will sign in with it and with your email, {}.", owner.email)}</p>
                <ChoosePassword action=AcceptInvitation::PATH token owner button="Choose this password and come in" />
            }
            .into_any()
        }
        None => view! {
            <LinkOver title="This invitation does not work any more">
                <p>"It was used already, a newer one was sent, or its 14 days are over."</p>
                <ul>
                    <li><a href=paths::SIGN_IN>"Sign in"</a>", if you have chosen a password."</li>
                    <li><a href=paths::FORGOTTEN>"Have it sent again"</a>", if you have not."</li>
                    <li>"If nothing comes, ask the Centre’s coordinator whether your address is right."</li>
                </ul>
            </LinkOver>
        }
        .into_any(),
    })
}

/// Where somebody who forgot the password chooses another.
#[component]
pub fn ResetPage() -> impl IntoView {
    let token = param("token");
    load(reset_by(LinkForm { token: token.clone() }), move |owner| match owner {
        Some(owner) => view! {
            <PageTitle text="Choose a new password" />
            <h1>"Choose a new password"</h1>
            <p class="muted">"It takes the place of the old one, and signs you out everywhere else."</p>
            <ChoosePassword action=ResetPassword::PATH token owner button="Choose this password and sign in" />
        }
        .into_any(),
        None => view! {
            <LinkOver title="This link does not work any more">
                <p>"It was used already, a newer one was sent, or its hour is over. Your password is as it was."</p>
                <ul>
                    <li><a href=paths::SIGN_IN>"Sign in"</a>", if you know your password."</li>
                    <li><a href=paths::FORGOTTEN>"Ask for another link"</a>", if you do not."</li>
                </ul>
            </LinkOver>
        }
        .into_any(),
    })
}

/// Where a link that was asked for signs somebody in.
#[component]
pub fn LinkPage() -> impl IntoView {
    let token = param("token");
    load(link_by(LinkForm { token: token.clone() }), move |owner| match owner {
        Some(owner) => view! {
            <PageTitle text="Sign in" />
            <h1>{format!("Hello, {}", owner.given_name)}</h1>
            <p class="muted">"Press once more to sign in. This keeps mail programs from using your link."</p>
            <PostForm action=EnterByLink::PATH>
                <Hidden name="token" value=token />
                <button class="btn btn--wide">"Sign in"</button>
            </PostForm>
        }
        .into_any(),
        None => view! {
            <LinkOver title="This link does not work any more">
                <p>"It was used already, a newer one was sent, or its 15 minutes are over."</p>
                <ul>
                    <li><a href=paths::SIGN_IN_LINK>"Ask for another link"</a></li>
                    <li><a href=paths::SIGN_IN>"Sign in with a password"</a></li>
                </ul>
            </LinkOver>
        }
        .into_any(),
    })
}

/// One field for a password that is to be chosen.
#[component]
fn ChoosePassword(action: &'static str, token: String, owner: LinkOwner, button: &'static str) -> impl IntoView {
    view! {
        <PostForm action=action>
            <Hidden name="token" value=token />
            // Without a name it is not sent; it tells a password manager whose password this is.
            <input type="text" autocomplete="username" value=owner.email hidden />
            <Field
                name="password"
                label="Password"
                hint="At least 12 characters. Three or four unusual words are easy to remember and hard to guess."
                kind="password"
                autocomplete="new-password"
            />
            <button class="btn btn--wide above-5">{button}</button>
        </PostForm>
    }
}

/// In place of a form whose link is wrong, used, replaced or has run out: which of these, nobody can tell who only has the link.
#[component]
fn LinkOver(title: &'static str, children: Children) -> impl IntoView {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(http::StatusCode::GONE);
    }
    view! {
        <PageTitle text=title />
        <h1>{title}</h1>
        <div class="prose">{children()}</div>
    }
}
