//! What is refused before anybody looks at it: what is too large, and what another site sent.

use axum::RequestExt;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use tower_http::csrf::{CsrfLayer, ProtectionError};

use super::statuses::page_that_says;
use super::uploads;
use crate::router::LARGEST_FORM;

/// Refuses a request that says itself that it is too large, and stops reading one that does not say so.
pub async fn limit_size(mut request: Request, next: Next) -> Response {
    let file = uploads::largest_file(&request);
    if let Some(file) = file {
        uploads::allow_file(&mut request, file);
    }
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    let largest = file.map_or(LARGEST_FORM, uploads::largest_upload);
    if length.is_some_and(|length| length > largest) {
        let Some(file) = file else { return too_large() };
        uploads::read_and_forget(request).await;
        return too_large_file(file);
    }
    next.run(request.with_limited_body()).await
}

/// The page for whoever sent too much.
pub fn too_large() -> Response {
    let sentence = "That is more than a form can hold (1 MB). Please go back, shorten the text and send it again.";
    page_that_says(StatusCode::PAYLOAD_TOO_LARGE, sentence)
}

/// The page for whoever sent too large a file.
pub fn too_large_file(largest: usize) -> Response {
    let megabytes = largest / (1024 * 1024);
    let sentence = format!("That file is larger than {megabytes} MB. Please go back, make it smaller or divide it, and send it again.");
    page_that_says(StatusCode::PAYLOAD_TOO_LARGE, &sentence)
}

/// The page for a form that is in no form.
pub fn unreadable() -> Response {
    page_that_says(StatusCode::BAD_REQUEST, "The form did not arrive whole. Please go back and send it again.")
}

/// Refuses a change that another site asks for in somebody's name. The product's own origin is trusted by name as well, because a proxy may
/// call the server by another.
pub fn refuse_other_sites(origin: &str) -> CsrfLayer<fn(ProtectionError) -> Response> {
    let layer = CsrfLayer::new();
    let layer = layer.clone().add_trusted_origin(origin).unwrap_or(layer);
    layer.with_rejection_response(from_elsewhere)
}

fn from_elsewhere(_: ProtectionError) -> Response {
    let sentence = "This form was sent from another site, so nothing was done. Please open the page here and send it again.";
    page_that_says(StatusCode::FORBIDDEN, sentence)
}
