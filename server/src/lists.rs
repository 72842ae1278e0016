//! Lists as files.

use app::access::Visit;
use app::downloads::{DOWNLOADS, table_at};
use app::error::AppError;
use app::ui::Table;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower::ServiceExt;

use crate::layers::statuses::plain_page;

/// The lists that can be taken along. `pages` answers whoever may not have one, as it answers at an address where nothing is.
pub fn routes(pages: &Router) -> Router {
    DOWNLOADS.iter().fold(Router::new(), |routes, (path, _)| routes.route(path, get(list))).with_state(pages.clone())
}

async fn list(State(pages): State<Router>, request: Request) -> Response {
    let table = match request.extensions().get::<Visit>() {
        Some(visit) => table_at(visit, request.uri()).await,
        None => Err(AppError::SignInNeeded),
    };
    match table.and_then(|table| file(&table)) {
        Ok(file) => file,
        Err(AppError::NotAllowed | AppError::NotFound) => match pages.oneshot(request).await {
            Ok(page) => page,
            Err(never) => match never {},
        },
        Err(error) => plain_page(&error),
    }
}

fn file(table: &Table) -> Result<Response, AppError> {
    let mut response = table.to_csv()?.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{}.csv\"", table.name)) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    Ok(response)
}
