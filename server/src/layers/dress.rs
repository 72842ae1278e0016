//! Puts the document around the pages that are made without the application, so that they look like all others: those for what is refused
//! before the application is asked, for a database that does not answer, for what takes too long and for what breaks off.

use std::any::Any;

use app::access::sign_in_cookie;
use app::error::AppError;
use app::paths;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

use super::identify::cookie;
use super::statuses::{Plain, page_that_says, plain_page};
use crate::router::Process;

/// Dresses what comes without a document.
pub async fn dress(State(process): State<Process>, request: Request, next: Next) -> Response {
    let theme = theme(request.headers());
    let way_on = way_on(request.headers(), &process.premises.origin);
    let mut response = next.run(request).await;
    if response.status() == StatusCode::GATEWAY_TIMEOUT {
        response = took_too_long();
    }
    match response.extensions_mut().remove::<Plain>() {
        Some(plain) => {
            let mut dressed = (response.status(), document(&process, theme, way_on, &plain)).into_response();
            dressed
                .headers_mut()
                .extend(std::mem::take(response.headers_mut()).into_iter().filter_map(|(name, value)| Some((name?, value))));
            dressed
        }
        None => response,
    }
}

/// Light or dark, where somebody has chosen.
fn theme(headers: &HeaderMap) -> &'static str {
    match cookie(headers, "theme") {
        Some("light") => " data-theme=\"light\"",
        Some("dark") => " data-theme=\"dark\"",
        _ => "",
    }
}

/// Where to go from here. Many are refused before anybody asks who they are, but without a cookie nobody is signed in.
fn way_on(headers: &HeaderMap, origin: &str) -> (&'static str, &'static str) {
    match cookie(headers, sign_in_cookie(origin)) {
        Some(_) => (paths::TODAY, "Go to Today"),
        None => (paths::SIGN_IN, "Sign in"),
    }
}

fn document(process: &Process, theme: &str, (address, name): (&str, &str), plain: &Plain) -> impl IntoResponse {
    const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    let Plain { title, main, leads_on } = plain;
    let way_on = if *leads_on { format!("<p><a class=\"btn\" href=\"{address}\">{name}</a></p>") } else { String::new() };
    let (folder, name) = (&process.leptos.site_pkg_dir, &process.leptos.output_name);
    let demonstration = if process.premises.is_demonstration {
        "<aside class=\"demonstration\" aria-label=\"Demonstration\">Demonstration: everybody here is invented, and nothing is sent.</aside>"
    } else {
        ""
    };
    let page = format!(
        "<!DOCTYPE html><html lang=\"en-GB\"{theme}><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\"><link rel=\"stylesheet\" href=\"/{folder}/{name}.css\"><link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\"><title>Error: {title} – Reverie</title></head><body class=\"public\">{demonstration}<header class=\"top\"><a class=\"brand\" href=\"/\"><img class=\"brand__mark\" src=\"/favicon.svg\" alt=\"\"><span class=\"brand__name\">Reverie</span></a></header><main id=\"main\" class=\"main\"><div class=\"page prose\"><h1>{title}</h1>{main}{way_on}</div></main></body></html>"
    );
    ([(header::CONTENT_SECURITY_POLICY, POLICY)], Html(page))
}

fn took_too_long() -> Response {
    let sentence = "This took longer than it should, so it was broken off. Please look first whether it was done, then try again.";
    page_that_says(StatusCode::GATEWAY_TIMEOUT, sentence)
}

/// The page for a request that broke off in the middle of its work. What was wrong stands in the log alone.
pub fn broke_off(_panic: Box<dyn Any + Send + 'static>) -> Response {
    let error: AppError = app::database::unavailable("a request broke off; the lines before this one say where");
    let mut response = plain_page(&error);
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use app::database::Database;
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use tower::{ServiceBuilder, ServiceExt};
    use tower_http::catch_panic::CatchPanicLayer;
    use tower_http::timeout::TimeoutLayer;

    use super::*;
    use crate::config::Config;

    async fn answer(address: &str, theme: &str) -> (StatusCode, String) {
        let database = Database::connect("sqlite::memory:").await.unwrap();
        let config = Config { demonstration: true, ..Config::default() };
        let site = Router::new()
            .route("/slow", get(async || tokio::time::sleep(Duration::from_secs(5)).await))
            .route("/broken", get(async || -> () { panic!("Amina") }))
            .layer(
                ServiceBuilder::new()
                    .layer(from_fn_with_state(Process::new(&config, database), dress))
                    .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, Duration::from_millis(20)))
                    .layer(CatchPanicLayer::custom(broke_off)),
            );
        let request = Request::get(address).header(header::COOKIE, theme).body(Body::empty()).unwrap();
        let answer = site.oneshot(request).await.unwrap();
        let status = answer.status();
        let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn what_takes_too_long_or_breaks_off_is_answered_with_a_page_like_all_others() {
        let (status, page) = answer("/slow", "theme=dark").await;
        assert_eq!(status, StatusCode::GATEWAY_TIMEOUT);
        assert!(
            page.contains("This took longer than it should") && page.contains("data-theme=\"dark\"") && page.contains("/reverie.css"),
            "{page}"
        );
        assert!(page.contains("Demonstration: everybody here is invented"), "{page}");
        assert!(page.contains("href=\"/sign-in\">Sign in<") && !page.contains("Go to Today"), "{page}");
        let (_, page) = answer("/slow", "theme=dark; sign-in=abc").await;
        assert!(page.contains("href=\"/today\">Go to Today<"), "{page}");
        let (status, page) = answer("/broken", "").await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(page.contains("tell us the reference") && !page.contains("Amina"), "{page}");
    }
}
