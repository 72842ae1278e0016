//! Signing in, the two messages that one can ask for instead, and signing out.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::access::page_visit;
use crate::paths;
use crate::sign_in::api::{AskForLink, AskForReset, EnterDemonstration, SignIn, SignOut, demonstration_people};
use crate::sign_in::checks::local_path;
use crate::sign_in::model::DemonstrationPerson;
use crate::ui::{Avatar, Field, Hidden, Icon, PageHead, PageTitle, PostForm, Safety, full_stop, load, query};

/// Where people sign in: with a password, or by way of a message.
#[component]
pub fn SignInPage() -> impl IntoView {
    let next = query("next").unwrap_or_default();
    view! {
        <PageTitle text="Sign in" />
        <h1>"Sign in"</h1>
        <p class="muted">"Use the email your invitation was sent to."</p>
        <SignedInAlready />
        {load(demonstration_people(), |people| view! { <DemonstrationPeople people /> })}
        <PostForm action=SignIn::PATH>
            <Hidden name="next" value=next />
            <Field name="email" label="Work email" kind="email" autocomplete="username" inputmode="email" />
            <Field name="password" label="Password" kind="password" autocomplete="current-password" />
            <p class="small above-2 below-5"><a href=paths::FORGOTTEN>"I have forgotten my password"</a></p>
            <button class="btn btn--wide">"Sign in"</button>
        </PostForm>
        <p class="or">"or"</p>
        <a class="btn btn--second btn--wide" href=paths::SIGN_IN_LINK><Icon name="mail" />"Email me a link instead"</a>
        <p class="small muted above-5">"Staff roles also enter a 6-digit code. A link works once and lasts 15 minutes."</p>
        <Safety />
    }
}

/// Says who is signed in here, to whoever comes to the sign-in page all the same.
#[component]
fn SignedInAlready() -> impl IntoView {
    let name = page_visit().ok().and_then(|visit| visit.visitor().map(|visitor| visitor.name.short.clone()));
    name.map(|name| {
        view! {
            <p class="above-3">
                {full_stop(&format!("You are signed in as {name}"))}" "
                <a href=paths::TODAY>"Go to Today"</a>
            </p>
        }
    })
}

/// In a demonstration, one button for each role.
#[component]
fn DemonstrationPeople(people: Vec<DemonstrationPerson>) -> impl IntoView {
    let next = query("next").unwrap_or_default();
    (!people.is_empty()).then(|| {
        let buttons = people.into_iter().map(|person| view! { <li><RoleButton person next=next.clone() /></li> }).collect_view();
        view! {
            <section class="card roles" aria-labelledby="roles">
                <h2 id="roles" class="h-sans">"Look around as"</h2>
                <p class="small muted">"This is a demonstration, so no password is needed."</p>
                <ul class="roles__list">{buttons}</ul>
            </section>
        }
    })
}

/// Signs in as one of the invented people.
#[component]
fn RoleButton(person: DemonstrationPerson, next: String) -> impl IntoView {
    let role = person.role.name();
    let about = if person.place.is_empty() { role.to_owned() } else { format!("{role}, {}", person.place) };
    view! {
        <PostForm action=EnterDemonstration::PATH>
            <Hidden name="role" value=person.role.key() />
            <Hidden name="next" value=next />
            <button class="role">
                <Avatar initials=person.initials code=person.code />
                <span><b>{person.short}</b><small>{about}</small></span>
            </button>
        </PostForm>
    }
}

/// Asking for a link to sign in with.
#[component]
pub fn AskForLinkPage() -> impl IntoView {
    view! {
        <AskPage
            title="Email me a link"
            about="We send a link to your work email. It signs you in once, within 15 minutes. Staff roles also enter a 6-digit code."
            action=AskForLink::PATH
        />
    }
}

/// Asking for a new password.
#[component]
pub fn ForgottenPage() -> impl IntoView {
    view! {
        <AskPage
            title="Choose a new password"
            about="We send a link to your work email. With it you choose a new password, within an hour. If you never used your invitation, it is sent again."
            action=AskForReset::PATH
        />
    }
}

/// A question for an address, to which a message is sent.
#[component]
fn AskPage(title: &'static str, about: &'static str, action: &'static str) -> impl IntoView {
    view! {
        <PageTitle text=title />
        <a class="crumb" href=paths::SIGN_IN><Icon name="chevron-left" />"Sign in"</a>
        <h1>{title}</h1>
        <p class="muted">{about}</p>
        <PostForm action=action>
            <Field name="email" label="Work email" kind="email" autocomplete="username" inputmode="email" />
            <button class="btn btn--wide above-5">"Send me a link"</button>
        </PostForm>
        <p class="small muted above-5">"If nothing comes within a few minutes, check your junk folder, then ask the Centre’s coordinator whether the address is right."</p>
    }
}

/// Signing out, as a page of its own, for whoever comes by a link.
#[component]
pub fn SignOutPage() -> impl IntoView {
    let back = query("next").unwrap_or_default();
    view! {
        <PageHead title="Sign out" />
        <div class="onething">
            <p>"You will need your email and password to come back on this device."</p>
            <PostForm action=SignOut::PATH class="form-foot">
                <button class="btn">"Sign out"</button>
                <a href=local_path(&back).to_owned()>"Stay signed in"</a>
            </PostForm>
        </div>
    }
}
