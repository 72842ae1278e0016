//! Makes the status of an answer say what the answer says.

use app::error::AppError;
use app::paths;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::router::LARGEST_FORM;

/// Leptos answers 500 for every error of a server function; the error itself knows its status. An unknown function is not there.
pub async fn name_status(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    match response.status() {
        StatusCode::BAD_REQUEST => error_answer(&AppError::NotFound),
        StatusCode::INTERNAL_SERVER_ERROR => {
            let (mut parts, body) = response.into_parts();
            let bytes = to_bytes(body, LARGEST_FORM).await.unwrap_or_default();
            if let Ok(error) = serde_json::from_slice::<AppError>(&bytes) {
                parts.status = StatusCode::from_u16(error.status()).unwrap_or(parts.status);
            }
            Response::from_parts(parts, Body::from(bytes))
        }
        _ => response,
    }
}

/// An error as a server function answers with it.
pub fn error_answer(error: &AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CONTENT_TYPE, "application/json")], serde_json::to_vec(error).unwrap_or_default()).into_response()
}

/// Sends somebody who opened a page without being signed in to the sign-in page, and back afterwards; and takes away a notice once it was shown.
pub async fn refuse_politely(request: Request, next: Next) -> Response {
    let is_page = request.method() == Method::GET;
    let wanted = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    let had_notice = has_notice(request.headers());
    let mut response = next.run(request).await;
    if is_page && response.status() == StatusCode::UNAUTHORIZED {
        let back = percent_encoding::utf8_percent_encode(&wanted, percent_encoding::NON_ALPHANUMERIC);
        let place = if wanted == paths::TODAY { paths::SIGN_IN.to_owned() } else { format!("{}?next={back}", paths::SIGN_IN) };
        if let Ok(place) = HeaderValue::from_str(&place) {
            return (StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response();
        }
    }
    if is_page && had_notice {
        response.headers_mut().append(header::SET_COOKIE, HeaderValue::from_static("notice=; Path=/; Max-Age=0"));
    }
    response
}

fn has_notice(headers: &HeaderMap) -> bool {
    super::identify::cookie(headers, "notice").is_some()
}

/// A page that needs nothing: for the moments when the application itself cannot answer.
pub fn plain_page(error: &AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let sentence = match error {
        AppError::Invalid(problems) => problems.first().map_or_else(|| error.to_string(), |problem| problem.message.clone()),
        other => other.to_string(),
    };
    let page = format!(
        "<!DOCTYPE html><html lang=\"en-GB\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Error: Reverie</title></head><body><main><h1>This page cannot be shown</h1><p>{sentence}</p><p><a href=\"/today\">Go to Today</a></p></main></body></html>"
    );
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}
