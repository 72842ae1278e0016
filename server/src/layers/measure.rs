//! One line in the log and one figure per request: the kind of address, never the address itself, which may hold a token or a code.

use std::time::Instant;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;

/// Measures a request.
pub async fn measure(request: Request, next: Next) -> Response {
    let method = request.method().as_str().to_owned();
    let area = area(request.uri().path());
    let started = Instant::now();
    let response = next.run(request).await;
    let seconds = started.elapsed().as_secs_f64();
    let status = response.status().as_u16();
    metrics::histogram!("reverie_request_seconds", "method" => method.clone(), "area" => area, "status" => status.to_string())
        .record(seconds);
    tracing::info!(method, area, status, duration_ms = seconds * 1_000.0, "Answered a request.");
    response
}

/// The first part of the address where it is one of the product's own; anything else could be made up by whoever sends it.
fn area(path: &str) -> &'static str {
    const AREAS: &[&str] = &[
        "accessibility",
        "api",
        "audit",
        "authorities",
        "availability",
        "board",
        "calendar",
        "certificates",
        "clinics",
        "closures",
        "colleagues",
        "community",
        "conflicts",
        "cover",
        "demonstration",
        "digest",
        "drafts",
        "events",
        "feed",
        "fonts",
        "groups",
        "health",
        "help",
        "holds",
        "improvements",
        "join",
        "learning",
        "library",
        "listen",
        "matching",
        "me",
        "menu",
        "moderation",
        "news",
        "openings",
        "overdue",
        "people",
        "pkg",
        "polls",
        "privacy",
        "q",
        "reading-lists",
        "renewals",
        "search",
        "sessions",
        "settings",
        "sign-in",
        "sign-out",
        "statement",
        "themes",
        "to-mark",
        "today",
        "verify",
        "waiting",
    ];
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    AREAS.iter().find(|area| **area == first).copied().unwrap_or("other")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_of_the_product_is_counted_under_a_name_of_its_own_and_what_is_made_up_under_none() {
        let routes = include_str!("../../../app/src/routes.rs");
        let paths: Vec<&str> = routes.split("path!(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(paths.len() > 80);
        for path in paths.into_iter().filter(|path| *path != "/") {
            assert_ne!(area(path), "other", "{path}");
        }
        assert_eq!(area("/amina-rahman"), "other");
    }
}
