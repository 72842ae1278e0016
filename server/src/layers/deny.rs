//! Closes every server function to whoever is not signed in, but for those that their tables open to anyone.

use app::access::Visit;
use app::error::AppError;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;

use super::statuses::error_answer;

/// Answers 401 before a function runs. The function asks again by itself; this is for the one that forgot.
pub async fn deny_by_default(request: Request, next: Next) -> Response {
    let is_signed_in = request.extensions().get::<Visit>().is_some_and(|visit| visit.visitor().is_some());
    if is_signed_in || app::functions::is_open_to_anyone(request.uri().path()) {
        return next.run(request).await;
    }
    error_answer(&AppError::SignInNeeded)
}
