//! What every page begins with: its title, its address, and what it shows when it cannot be shown.

use std::future::Future;
use std::panic::resume_unwind;

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use leptos_axum::ResponseOptions;
use leptos_meta::Title;
use tokio_util::task::AbortOnDropHandle;

use super::form::Rejected;
use crate::error::AppError;
use crate::paths;

/// What stands before the title of a page that is or has an error, in the browser's tab.
const ERROR: &str = "Error: ";

/// The title of the browser's tab; an error page says so first.
#[component]
pub fn PageTitle(
    /// The thing first, for example "Aire group, Thursday 22 October".
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let prefix = if Rejected::of_request().is_some() { ERROR } else { "" };
    view! { <Title text=format!("{prefix}{text} – Reverie") /> }
}

/// The heading of a page: title, what stands under it, and the actions beside it.
#[component]
pub fn PageHead(
    /// The heading, which is the tab's title too.
    #[prop(into)]
    title: String,
    /// The tab's title where it differs.
    #[prop(optional, into)]
    tab: String,
    /// The page above this one: its address and its name.
    #[prop(optional)]
    up: Option<(String, String)>,
    /// One sentence under the title.
    #[prop(optional, into)]
    about: String,
    /// Where the page shows what clocks show: the day that it is about, or the first. Whoever's device keeps another time reads after the sentence
    /// how far that is from UK time.
    #[prop(optional)]
    times: Option<NaiveDate>,
    /// What can be done here, beside the title: links and buttons.
    #[prop(optional, into)]
    actions: Option<AnyView>,
    /// The audience line, or more.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let tab = if tab.is_empty() { title.clone() } else { tab };
    view! {
        <PageTitle text=tab />
        <div class="page-head">
            <div class="page-head__text">
                {up.map(|(address, name)| view! { <a class="crumb" href=address><super::Icon name="chevron-left" />{name}</a> })}
                <h1>{title}</h1>
                {(!about.is_empty()).then(|| view! { <p>{about}{times.map(|day| view! { " "<super::DeviceAway day /> })}</p> })}
                {children.map(|children| children())}
            </div>
            {actions.map(|actions| view! { <div class="page-head__actions">{actions}</div> })}
        </div>
    }
}

/// Shows what a server function answers, or why it did not.
pub fn load<T, V>(
    answer: impl Future<Output = Result<T, AppError>> + Send + 'static,
    show: impl FnOnce(T) -> V + Send + 'static,
) -> impl IntoView
where
    T: Send + 'static,
    V: IntoView + 'static,
{
    // Parts of a page wait to be shown one after the other, but each is read as a task of its own: one that had been given a connection to the database
    // while it waited for its turn would keep it from the part before it, for ever where no other is free. It ends with the page.
    let answer = AbortOnDropHandle::new(tokio::spawn(ScopedFuture::new(answer)));
    let show = async move {
        match answer.await.unwrap_or_else(|broken| resume_unwind(broken.into_panic())) {
            Ok(content) => show(content).into_any(),
            Err(error) => view! { <Refusal error /> }.into_any(),
        }
    };
    view! { <Suspense>{Suspend::new(show)}</Suspense> }
}

/// Whether the reader has signed in: only then is there anything of theirs to go on to. What stands around every page says so.
#[derive(Clone, Copy, Debug)]
pub struct IsSignedIn(pub bool);

/// A page in place of the one that could not be shown. Refused and absent are the same to the reader.
#[component]
pub fn Refusal(
    /// Why.
    error: AppError,
) -> impl IntoView {
    let error = if error == AppError::NotAllowed { AppError::NotFound } else { error };
    if let Some(response) = use_context::<ResponseOptions>()
        && let Ok(status) = http::StatusCode::from_u16(error.status())
    {
        response.set_status(status);
    }
    let title = match error {
        AppError::SignInNeeded => "Please sign in",
        AppError::NotFound | AppError::NotAllowed => "Page not found",
        AppError::NotConfirmed => "The community is not open to you yet",
        AppError::TooMany => "Please wait a while",
        _ => "This page cannot be shown",
    };
    let has_today = error != AppError::SignInNeeded && use_context::<IsSignedIn>().is_none_or(|reader| reader.0);
    let way = if has_today { (paths::TODAY, "Go to Today") } else { (paths::SIGN_IN, "Sign in") };
    view! {
        <Title text=format!("{ERROR}{title} – Reverie") />
        <div class="onething">
            <super::Lines class="onething__lines" />
            <h1>{title}</h1>
            <p>{error.to_string()}</p>
            <p class="row above-5"><a class="btn" href=way.0>{way.1}</a></p>
        </div>
    }
}

/// Sends the browser on to the address that a page really has (303). It shows a link for whoever stays, and is never a guard.
#[component]
pub fn SentOn(
    /// The address.
    #[prop(into)]
    to: String,
) -> impl IntoView {
    if let Some(response) = use_context::<ResponseOptions>()
        && let Ok(place) = http::HeaderValue::from_str(&to)
    {
        response.set_status(http::StatusCode::SEE_OTHER);
        response.insert_header(http::header::LOCATION, place);
    }
    view! { <p><a href=to>"Go on"</a></p> }
}

/// The path and query of the page being rendered.
pub fn current_path() -> String {
    use_context::<http::request::Parts>()
        .and_then(|parts| parts.uri.path_and_query().map(ToString::to_string))
        .unwrap_or_else(|| "/".to_owned())
}

/// A part of the page's address by its name in `routes.rs`; empty where there is none.
pub fn param(name: &str) -> String {
    leptos_router::hooks::use_params_map().with_untracked(|params| params.get(name)).filter(|value| is_text(value)).unwrap_or_default()
}

/// A query parameter of the page's address.
pub fn query(name: &str) -> Option<String> {
    leptos_router::hooks::use_query_map().with_untracked(|query| query.get(name)).filter(|value| !value.is_empty() && is_text(value))
}

/// Postgres stores no character zero, and takes a question that holds one for a mistake of ours.
fn is_text(value: &str) -> bool {
    !value.contains('\0')
}
