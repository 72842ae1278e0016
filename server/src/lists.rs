//! Lists as files.

use app::access::Visit;
use app::downloads::{CERTIFICATE_FILES, COMMUNITY_FILES, DOWNLOADS, Download, IMPORT_FILES, OWN_FILES, ROUND_FILES, file_at};
use app::error::AppError;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower::ServiceExt;

use crate::layers::statuses::plain_page;

/// The lists that can be taken along. `pages` answers whoever may not have one, as it answers at an address where nothing is.
pub fn routes(pages: &Router) -> Router {
    DOWNLOADS
        .iter()
        .chain(&ROUND_FILES)
        .chain(&OWN_FILES)
        .chain(&IMPORT_FILES)
        .chain(&CERTIFICATE_FILES)
        .chain(&COMMUNITY_FILES)
        .fold(Router::new(), |routes, (path, _)| routes.route(path, get(list)))
        .with_state(pages.clone())
}

async fn list(State(pages): State<Router>, request: Request) -> Response {
    let download = match request.extensions().get::<Visit>() {
        Some(visit) => file_at(visit, request.uri()).await,
        None => Err(AppError::SignInNeeded),
    };
    match download {
        Ok(download) => file(download),
        Err(AppError::NotAllowed | AppError::NotFound) => match pages.oneshot(request).await {
            Ok(page) => page,
            Err(never) => match never {},
        },
        Err(error) => plain_page(&error),
    }
}

fn file(download: Download) -> Response {
    let mut response = download.content.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(download.content_type));
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{}\"", download.name)) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}
