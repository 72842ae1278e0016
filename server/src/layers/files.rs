//! Fonts, icons, the style sheet and the WebAssembly, compressed ahead where the build did that.

use std::future::ready;
use std::path::Path;

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::middleware::map_response;
use axum::response::Response;
use tower_http::services::ServeDir;
use tower_http::services::fs::{Backend, TokioBackend};

use crate::site::{Site, is_watched};

/// What has its version in its address never changes.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const FOR_A_DAY: HeaderValue = HeaderValue::from_static("public, max-age=86400");
/// A worker may do what its own script is allowed: run the WebAssembly that was built with it, and ask this server.
const OF_WORKERS: HeaderValue =
    HeaderValue::from_static("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; frame-ancestors 'none'");
/// While somebody works on it, the address stays and the content does not.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// The routes of the files; those that were built stand in the folder `built` of the addresses, as `pkg/…`.
pub fn routes(site: &Site, built: &str) -> Router {
    match site {
        Site::Folder(folder) => routes_of(TokioBackend, folder, built),
        #[cfg(feature = "one-file")]
        Site::Inside => routes_of(crate::site::Inside, Path::new(""), built),
    }
}

fn routes_of<B: Backend>(backend: B, root: &Path, built: &str) -> Router {
    let folder = |path: &Path| ServeDir::with_backend(path, backend.clone()).precompressed_br().precompressed_gzip();
    let built = Router::new().nest_service(&format!("/{built}"), folder(&root.join("pkg")));
    let named = ["/fonts/{file}", "/robots.txt", "/favicon.svg", "/icons.svg", "/lines.svg"]
        .into_iter()
        .fold(Router::new(), |router, path| router.route_service(path, folder(root)));
    let built = built.layer(map_response(|mut response: Response| {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, OF_WORKERS);
        ready(response)
    }));
    keep(built, if is_watched() { ASK_AGAIN } else { FOR_EVER }).merge(keep(named, FOR_A_DAY))
}

/// Says how long a browser may keep what these routes answer with.
fn keep(router: Router, how_long: HeaderValue) -> Router {
    router.layer(map_response(move |mut response: Response| {
        if response.status().is_success() {
            response.headers_mut().insert(header::CACHE_CONTROL, how_long.clone());
        }
        ready(response)
    }))
}
