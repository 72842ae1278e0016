//! Calendar files: `/feed/{secret}.ics`, which calendar programs fetch without a cookie, `/sessions/{code}.ics` and `/events/{code}.ics`.
//!
//! Each is what a server function answers, called as a form would call it, so the same doors are passed. What it refuses is answered like any
//! page that is not there.

use app::error::AppError;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use tower::ServiceExt;

use super::statuses::plain_page;

/// More than the calendar of a whole year of full weeks.
const LARGEST_FILE: usize = 16 * 1024 * 1024;

/// A file that can be asked for.
struct File {
    function: &'static str,
    field: &'static str,
    /// The secret or the code.
    name: String,
    /// How the browser is to take it; nothing where no browser is expected.
    disposition: Option<&'static str>,
}

/// Answers with a calendar file, or passes the request on.
pub async fn answer(State(functions): State<Router>, request: Request, next: Next) -> Response {
    let Some(file) = File::asked_for(&request) else { return next.run(request).await };
    let call = file.call(&request);
    let Ok(answer) = functions.oneshot(call).await;
    match answer.status() {
        StatusCode::OK => file.shown(request.headers(), answer).await,
        // The layer around sends a person to the sign-in page, and back here afterwards.
        StatusCode::UNAUTHORIZED => StatusCode::UNAUTHORIZED.into_response(),
        StatusCode::TOO_MANY_REQUESTS => plain_page(&AppError::TooMany),
        StatusCode::SERVICE_UNAVAILABLE => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        _ => next.run(request).await,
    }
}

impl File {
    fn asked_for(request: &Request) -> Option<Self> {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return None;
        }
        let path = request.uri().path().strip_suffix(".ics")?;
        let of_feed = path.strip_prefix("/feed/").map(|secret| ("/api/feed_at", "secret", secret, None));
        let of_session =
            || Some(("/api/session_file", "code", path.strip_prefix("/sessions/")?, Some("attachment; filename=\"session.ics\"")));
        let of_event = || Some(("/api/event_file", "code", path.strip_prefix("/events/")?, Some("attachment; filename=\"event.ics\"")));
        let (function, field, name, disposition) = of_feed.or_else(of_session).or_else(of_event)?;
        let is_name = name.len() <= 64 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        is_name.then(|| Self { function, field, name: name.to_owned(), disposition })
    }

    /// The call of the function, by whoever makes the request.
    fn call(&self, request: &Request) -> Request {
        let mut call = Request::new(Body::from(format!("form[{}]={}", self.field, self.name)));
        *call.method_mut() = Method::POST;
        *call.uri_mut() = Uri::from_static(self.function);
        *call.extensions_mut() = request.extensions().clone();
        let headers = call.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        call
    }

    /// The file, or word that whoever asks has it.
    async fn shown(&self, asked: &HeaderMap, answer: Response) -> Response {
        let bytes = to_bytes(answer.into_body(), LARGEST_FILE).await.unwrap_or_default();
        let Ok(text) = serde_json::from_slice::<String>(&bytes) else {
            return plain_page(&app::database::unavailable("a calendar file could not be read"));
        };
        let mark = mark_of(&text);
        let has_it = asked.get_all(header::IF_NONE_MATCH).iter().any(|known| names(known, &mark));
        let mut response = if has_it { StatusCode::NOT_MODIFIED.into_response() } else { text.into_response() };
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8"));
        // It may be kept by whoever asked, who then asks whether it still holds.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        if let Ok(mark) = HeaderValue::from_str(&mark) {
            headers.insert(header::ETAG, mark);
        }
        if let Some(disposition) = self.disposition {
            headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(disposition));
        }
        response
    }
}

/// A weak mark, since the same file travels compressed and not.
fn mark_of(text: &str) -> String {
    let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(text));
    format!("W/\"{}\"", digest.get(..32).unwrap_or(&digest))
}

/// Whether a line of `If-None-Match` names a mark (RFC 9110, section 13.1.2).
fn names(known: &HeaderValue, mark: &str) -> bool {
    let strong = mark.trim_start_matches("W/");
    known.to_str().is_ok_and(|known| known.split(',').map(str::trim).any(|known| known == "*" || known.trim_start_matches("W/") == strong))
}
