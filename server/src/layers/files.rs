//! Fonts, icons, the style sheet and the WebAssembly: from the folder that the build made, compressed ahead where that was done.

use std::path::Path;

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::get_service;
use tower_http::services::{ServeDir, ServeFile};

/// The routes of the files.
pub fn routes(site: &Path) -> Router {
    let folder = |name: &str| ServeDir::new(site.join(name)).precompressed_br().precompressed_gzip();
    let hashed = Router::new().nest_service("/pkg", folder("pkg")).layer(map_response(keep_for_ever));
    let named = ["robots.txt", "favicon.svg", "icons.svg", "lines.svg"]
        .into_iter()
        .fold(Router::new().nest_service("/fonts", folder("fonts")), |router, name| {
            router.route(&format!("/{name}"), get_service(ServeFile::new(site.join(name)).precompressed_br()))
        })
        .layer(map_response(keep_for_a_day));
    hashed.merge(named)
}

/// A file with a hash in its name never changes.
async fn keep_for_ever(mut response: Response) -> Response {
    if response.status().is_success() {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    }
    response
}

async fn keep_for_a_day(mut response: Response) -> Response {
    if response.status().is_success() {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    }
    response
}
