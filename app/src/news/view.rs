//! What makes a page listen.

use chrono::SecondsFormat;
use leptos::prelude::*;

use super::AGAIN;
use super::island::Listening;
use super::turning::Turning;
use crate::access::page_visit;

/// Brings the page up to date when there is news, and says so to whoever does not see it. The page is as old as the mark beside it says.
#[component]
pub fn KeptUpToDate(
    /// "The calendar was brought up to date."
    said: &'static str,
    /// What of the page is brought up to date where the rest stays as it is read: `#feed-news`.
    #[prop(optional)]
    only: &'static str,
    /// What the page is about, where that is not the work.
    #[prop(optional)]
    about: &'static str,
) -> impl IntoView {
    let Ok(visit) = page_visit() else { return None };
    let as_of = visit.clock().now().to_rfc3339_opts(SecondsFormat::Secs, true);
    // Its name keeps it awake when the page is turned over.
    Some(
        view! { <div id="news" data-as-of=as_of><Listening said=said.to_owned() only=only.to_owned() about=about.to_owned() /><Turning /></div> },
    )
}

/// Whether the browser alone asks for this page once more, and nobody has opened it.
pub fn is_asked_again() -> bool {
    use_context::<http::request::Parts>().is_some_and(|parts| parts.headers.contains_key(AGAIN))
}
