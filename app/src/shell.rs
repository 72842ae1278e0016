//! What stands around every page: the document, the rail or the bars, and the place for what went wrong.

use std::sync::Arc;

use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_axum::ResponseOptions;
use leptos_meta::{Body, MetaTags};

use crate::access::{Permission, SignedIn, may, page_visit};
use crate::navigation::{
    ACCOUNT, CLOSURES, Destination, HELP, MENU, NEWS, Places, SEARCH, destination_of, destinations, in_short, is_current,
};
use crate::news::is_asked_again;
use crate::paths;
use crate::routes::App;
use crate::sign_in::SignOut;
use crate::ui::{
    Avatar, ErrorSummary, Icon, IsSignedIn, Lines, NoticeBanner, clock_time, current_path, day_month_year, is_on_paper, without_print,
};

/// The HTML document of a page. It sets the content security policy, since that names the page's nonce.
pub fn document(options: LeptosOptions) -> impl IntoView {
    // A page that loads more than every page does must know where it stands.
    provide_context(options.clone());
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    if let Some(response) = use_context::<ResponseOptions>()
        && let Ok(policy) = http::HeaderValue::from_str(&content_security_policy(&nonce, &reloading(&options)))
    {
        response.insert_header(http::header::CONTENT_SECURITY_POLICY, policy);
    }
    view! {
        <!DOCTYPE html>
        <html lang="en-GB" data-theme=chosen_theme()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="robots" content="noindex" />
                <meta name="color-scheme" content="light dark" />
                <link rel="preload" href="/fonts/atkinson-hyperlegible-next.woff2" r#as="font" r#type="font/woff2" crossorigin="anonymous" />
                <leptos_meta::HashedStylesheet options=options.clone() id="reverie" />
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml" />
                <AutoReload options=options.clone() />
                <script nonce=nonce>{WAKES_IN_TIME}</script>
                <HydrationScripts options islands=true />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// Leptos wakes the islands once the browser says that it is idle, without a limit, and Chromium was seen to say so not at all on some pages in a
/// hundred. A fifth of a second is long enough for what is seen first.
const WAKES_IN_TIME: &str = "{
    const idle = window.requestIdleCallback;
    if (idle) window.requestIdleCallback = (task, how) => idle.call(window, task, { timeout: 200, ...how });
}";

/// Where a page that `cargo leptos watch` builds hears of changes; nowhere otherwise.
fn reloading(options: &LeptosOptions) -> String {
    if std::env::var_os("LEPTOS_WATCH").is_some() { format!(" ws://*:{}", options.reload_port) } else { String::new() }
}

/// Scripts run only with the page's nonce; styles, pictures and fonts come from here alone; nobody may frame a page.
fn content_security_policy(nonce: &str, reloading: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; worker-src 'self'; connect-src 'self'{reloading}; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// Light or dark, where the person has chosen; otherwise the system decides. Paper is light.
fn chosen_theme() -> Option<&'static str> {
    if is_on_paper() {
        return Some("light");
    }
    let parts = use_context::<http::request::Parts>()?;
    let cookies = parts.headers.get(http::header::COOKIE)?.to_str().ok()?;
    cookies.split("; ").find_map(|cookie| match cookie {
        "theme=light" => Some("light"),
        "theme=dark" => Some("dark"),
        _ => None,
    })
}

/// What stands around a page, which depends on who looks and where.
#[component]
pub fn Shell(children: Children) -> impl IntoView {
    let visit = page_visit().ok();
    let is_demonstration = visit.as_ref().is_some_and(|visit| visit.is_demonstration());
    let visitor = visit.as_ref().and_then(|visit| visit.visitor().cloned());
    provide_context(IsSignedIn(visitor.is_some()));
    let here = current_path();
    let path = here.split('?').next().unwrap_or_default();
    let is_on_paper = is_on_paper();
    let now = visit.as_ref().map(|visit| ::series::local(visit.clock().now()));
    let is_door = path == paths::HOME || path == paths::SIGN_IN || path.starts_with("/sign-in/");
    let (frame, inside) = match visitor {
        Some(_) if is_on_paper => ("paper", view! { <Paper back=without_print(&here)>{children()}</Paper> }.into_any()),
        _ if is_door => ("portal", view! { <Portal>{children()}</Portal> }.into_any()),
        // An open page has everything around its content.
        Some(_) if is_asked_again() => ("shell", view! { <Content>{children()}</Content> }.into_any()),
        Some(visitor) => ("shell", view! { <Inside visitor=Arc::new(visitor)>{children()}</Inside> }.into_any()),
        None => ("public", view! { <Public>{children()}</Public> }.into_any()),
    };
    view! {
        <Body {..} class=frame />
        <a class="skip" href="#main">"Skip to main content"</a>
        {is_demonstration.then(|| view! { <Demonstration /> })}
        {inside}
        {now.map(|now| view! {
            <footer class="printed print-only small">
                {format!("Printed on {} at {}, UK time.", day_month_year(now.date()), clock_time(now.time()))}
            </footer>
        })}
    }
}

/// A page as it is printed: without the ways around it, and with the way back.
#[component]
fn Paper(back: String, children: Children) -> impl IntoView {
    view! {
        <main id="main" class="main" tabindex="-1">
            <p class="paper__bar row gap-4 small"><a href=back>"Back to the page"</a><span class="muted">"This is how it prints: choose Print in your browser."</span></p>
            <div class="page">{children()}</div>
        </main>
    }
}

/// Says on every page that nothing here is real.
#[component]
fn Demonstration() -> impl IntoView {
    view! {
        <aside class="demonstration" aria-label="Demonstration">
            "Demonstration: everybody here is invented, and nothing is sent. "
            <a href=paths::MAIL>"Messages"</a>
        </aside>
    }
}

/// The two panels of the front page and of coming in.
#[component]
fn Portal(children: Children) -> impl IntoView {
    view! {
        <header class="portal__art">
            <Lines class="portal__lines" />
            <Brand href=paths::HOME />
            <div class="portal__words">
                <p>"A steady place to think about babies, their parents, and the work between."</p>
                <p>"Supervision for people who support parents and infants in 75 areas of England."</p>
            </div>
        </header>
        <main id="main" class="portal__main" tabindex="-1">
            <ErrorSummary />
            <NoticeBanner />
            {children()}
            <p class="portal__foot small row links">
                <a href=paths::JOIN>"How to join"</a>
                <a href=paths::ACCESSIBILITY>"Accessibility"</a>
                <a href=paths::PRIVACY>"Privacy"</a>
                <a href=paths::HELP>"Help"</a>
                <a class="push" href=paths::APPEARANCE>"Light or dark"</a>
            </p>
        </main>
    }
}

/// A page for the whole world.
#[component]
fn Public(children: Children) -> impl IntoView {
    view! {
        <header class="top">
            <Brand href=paths::HOME />
            <a class="push" href=paths::SIGN_IN>"Sign in"</a>
        </header>
        <main id="main" class="main" tabindex="-1">
            <div class="page prose">
                <ErrorSummary />
                <NoticeBanner />
                {children()}
            </div>
        </main>
        <footer class="public__foot">
            <a href=paths::JOIN>"How to join"</a>
            <a href=paths::ACCESSIBILITY>"Accessibility"</a>
            <a href=paths::PRIVACY>"Privacy"</a>
            <a href=paths::HELP>"Help"</a>
            <a class="push" href=paths::APPEARANCE>"Light or dark"</a>
        </footer>
    }
}

/// The mark, the name and what the Centre is called.
#[component]
fn Brand(href: &'static str) -> impl IntoView {
    view! {
        <a class="brand" href=href>
            <Mark />
            <span>
                <span class="brand__name">"Reverie"</span>
                <span class="brand__centre">"National Centre for Supervision of "<span class="nowrap">"Parent-Infant"</span>" Relationships"</span>
            </span>
        </a>
    }
}

#[component]
fn Inside(visitor: Arc<SignedIn>, children: Children) -> impl IntoView {
    let places = destinations(&visitor.roles);
    let here = destination_of(&current_path(), |path| places.all().any(|place| place.path == path));
    let bar = in_short(&places).into_iter().map(|place| bar_link(place, &here)).collect_view();
    let name = visitor.name.clone();
    // Whoever looks at their news is told by the page itself what is new.
    let unread = Unread(if is_current(&NEWS, &here) { 0 } else { visitor.unread });
    view! {
        <header class="top">
            <a class="brand" href=paths::TODAY><Mark /><span class="brand__name">"Reverie"</span></a>
            <a class="iconbtn" href=paths::SEARCH><Icon name="search" /><span class="vh">"Search"</span></a>
            <a class="iconbtn" href=paths::NEWS>
                <Icon name="bell" />
                {unread.figure().map(|figure| view! { <span class="count" aria-hidden="true">{figure}</span> })}
                <span class="vh">{unread.sentence()}</span>
            </a>
            <a class="iconbtn" href=paths::ME>
                <Avatar initials=name.initials.clone() code=name.code.clone() small=true />
                <span class="vh">{format!("Your account, {}", name.short)}</span>
            </a>
        </header>
        <nav class="rail" aria-label="Main">
            <Brand href=paths::TODAY />
            <ul>{places.work.iter().map(|place| rail_link(place, &here)).collect_view()}</ul>
            {places.apart.map(|(name, apart)| view! {
                <p class="rail__label">{name}</p>
                <ul>{apart.iter().map(|place| rail_link(place, &here)).collect_view()}</ul>
            })}
            <div class="rail__foot">
                <ul>{rail_link(&SEARCH, &here)}{news_link(unread, &here)}{rail_link(&HELP, &here)}</ul>
                <div class="rail__me">
                    <Avatar initials=name.initials code=name.code />
                    <a href=paths::ME>{name.short}<small>{name.about}</small></a>
                    <a class="iconbtn push" href=paths::APPEARANCE><Icon name="moon" /><span class="vh">"Light or dark"</span></a>
                </div>
            </div>
        </nav>
        <Content>{children()}</Content>
        <nav class="tabbar" aria-label="Main, short">{bar}{bar_link(&MENU, &here)}</nav>
    }
}

/// What a page is about.
#[component]
fn Content(children: Children) -> impl IntoView {
    view! {
        <main id="main" class="main" tabindex="-1">
            <div class="page">
                <ErrorSummary />
                <NoticeBanner />
                {children()}
            </div>
        </main>
    }
}

fn rail_link(place: &Destination, here: &str) -> impl IntoView + use<> {
    rail_line(place, here, None)
}

/// The news, with how much of them is unread.
fn news_link(unread: Unread, here: &str) -> impl IntoView + use<> {
    let badge = unread.figure().map(|figure| view! { <span class="badge badge--brand">{figure}<span class="vh">" unread"</span></span> });
    rail_line(&NEWS, here, badge.map(IntoAny::into_any))
}

fn rail_line(place: &Destination, here: &str, badge: Option<AnyView>) -> impl IntoView + use<> {
    let current = is_current(place, here).then_some("page");
    let (path, icon, name) = (place.path, place.icon, place.name);
    view! { <li><a href=path aria-current=current><Icon name=icon /><span>{name}</span>{badge}</a></li> }
}

/// How much of one's news is unread. Beyond nine nobody counts.
#[derive(Clone, Copy, Debug)]
struct Unread(i64);

impl Unread {
    fn figure(self) -> Option<String> {
        match self.0 {
            0 => None,
            few if few < 10 => Some(few.to_string()),
            _ => Some("9+".to_owned()),
        }
    }

    /// What is said to whoever does not see the figure.
    fn sentence(self) -> String {
        match self.0 {
            0 => "News".to_owned(),
            few if few < 10 => format!("News, {few} unread"),
            _ => "News, more than 9 unread".to_owned(),
        }
    }
}

fn bar_link(place: &Destination, here: &str) -> impl IntoView + use<> {
    let current = is_current(place, here).then_some("page");
    let (path, icon, short) = (place.path, place.icon, place.short);
    view! { <a href=path aria-current=current><Icon name=icon /><span>{short}</span></a> }
}

/// The mark: a large arc and a small arc facing each other.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="brand__mark" viewBox="0 0 32 32" fill="none" stroke-width="3.4" stroke-linecap="round" aria-hidden="true">
            <path class="mark-a" d="M24.13 25.77A12.4 12.4 0 1 1 24.13 6.23"></path>
            <path class="mark-b" d="M14.68 10.70A6 6 0 1 1 14.68 21.30"></path>
        </svg>
    }
}

/// All the places that one can go, as a page: what the menu of a phone leads to.
#[component]
pub fn MenuPage() -> impl IntoView {
    let visitor = page_visit().ok().and_then(|visit| visit.visitor().cloned());
    let Some(visitor) = visitor else {
        return view! { <crate::ui::Refusal error=crate::error::AppError::SignInNeeded /> }.into_any();
    };
    let Places { work, apart } = destinations(&visitor.roles);
    let here = current_path();
    let further = may(&visitor.roles, Permission::ManageClosures).then_some(CLOSURES);
    let unread = Unread(visitor.unread);
    let links = |places: &[Destination]| places.iter().map(|place| rail_link(place, &here)).collect_view();
    let pages: Vec<Destination> = work.into_iter().chain(further).collect();
    view! {
        <crate::ui::PageHead title="Menu" />
        <nav class="card" aria-label="All pages">
            <ul class="menu-list">{links(&pages)}</ul>
            {apart.map(|(name, apart)| view! { <p class="rail__label">{name}</p><ul class="menu-list">{links(&apart)}</ul> })}
            <ul class="menu-list">{rail_link(&SEARCH, &here)}{news_link(unread, &here)}{rail_link(&HELP, &here)}{rail_link(&ACCOUNT, &here)}</ul>
        </nav>
        <crate::ui::PostForm action=SignOut::PATH class="above-5">
            <button class="btn btn--second"><Icon name="log-out" />"Sign out"</button>
        </crate::ui::PostForm>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bell_says_how_much_is_unread_and_counts_no_further_than_nine() {
        let said = |count| (Unread(count).figure(), Unread(count).sentence());
        assert_eq!(said(0), (None, "News".to_owned()));
        assert_eq!(said(2), (Some("2".to_owned()), "News, 2 unread".to_owned()));
        assert_eq!(said(10), (Some("9+".to_owned()), "News, more than 9 unread".to_owned()));
    }
}
