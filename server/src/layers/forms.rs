//! Makes every form work without scripts, and lose nothing.
//!
//! A form is posted to the page that it stands on, and names its server function. The function is called as a script would call it. Where
//! it succeeds, the browser is sent on (303); where it refuses, the same page is rendered again, with its status, and told what was typed.

use std::sync::Arc;

use app::access::{ANSWER, GO_TO, NOTICE, Visit, notice_cookie};
use app::error::AppError;
use app::paths;
use app::ui::{Answered, Rejected};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode;
use tower::ServiceExt;

use super::limits;
use super::one_click;
use super::statuses::{escape, plain_document, plain_page, secure};
use crate::router::LARGEST_FORM;

/// The field that names the server function.
const ACTION: &str = "_action";

/// Passes a request on, or takes a form apart first.
pub async fn answer(State(inner): State<Router>, request: Request) -> Response {
    let is_form = request.method() == Method::POST && !request.uri().path().starts_with("/api/");
    let mut response = if is_form { submit(inner, request).await } else { call(inner, request).await };
    // What a function says to this layer, such as recovery codes, is for nobody who reads headers on the way.
    for name in [ANSWER, GO_TO, NOTICE] {
        response.headers_mut().remove(name);
    }
    response
}

async fn submit(inner: Router, request: Request) -> Response {
    let (page, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, LARGEST_FORM).await else {
        return limits::too_large();
    };
    let entered = fields(&bytes);
    let (action, bytes) = match one_click::as_form(page.uri.path(), &bytes) {
        Some((action, form)) => (Some(action), form),
        None => (entered.iter().find(|(name, _)| name == ACTION).map(|(_, value)| value.clone()), bytes),
    };
    let Some(function) = action.as_deref().filter(|action| action.starts_with("/api/")).and_then(|action| action.parse::<Uri>().ok())
    else {
        return plain_page(&AppError::NotFound);
    };
    let mut function_call = Request::new(Body::from(bytes));
    *function_call.method_mut() = Method::POST;
    *function_call.uri_mut() = function;
    *function_call.headers_mut() = page.headers.clone();
    function_call.headers_mut().remove(header::CONTENT_LENGTH);
    function_call.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    function_call.headers_mut().insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    *function_call.extensions_mut() = page.extensions.clone();
    let answer = call(inner.clone(), function_call).await;
    if answer.status().is_success() {
        let origin = page.extensions.get::<Visit>().map_or("", Visit::origin);
        return match answered(action, answer.headers()) {
            Some(answered) => show(inner, page, answered, answer.headers()).await,
            None => onwards(&page.uri, answer.headers(), notice_cookie(origin)),
        };
    }
    let error = refusal(answer).await;
    if error == AppError::SignInNeeded {
        return keep_until_signed_in(&page.uri, &entered);
    }
    let mut again = same_page(page);
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    again.extensions_mut().insert(Arc::new(Rejected { action: action.unwrap_or_default(), error, entered }));
    let mut response = call(inner, again).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = status;
    }
    response
}

/// The page on which the form stands, to be rendered once more.
fn same_page(page: Parts) -> Request {
    let mut again = Request::new(Body::empty());
    *again.uri_mut() = page.uri;
    *again.headers_mut() = page.headers;
    again.headers_mut().remove(header::CONTENT_LENGTH);
    again.headers_mut().remove(header::CONTENT_TYPE);
    *again.extensions_mut() = page.extensions;
    again
}

/// What the function answered for its own page, if it did.
fn answered(action: Option<String>, answer: &HeaderMap) -> Option<Answered> {
    let encoded = answer.get(ANSWER)?.to_str().ok()?;
    let answer = percent_decode(encoded.as_bytes()).decode_utf8().ok()?.into_owned();
    Some(Answered { action: action?, answer })
}

/// Renders the page again with what was answered, which is stored nowhere and so can be shown only now.
async fn show(inner: Router, page: Parts, answered: Answered, answer: &HeaderMap) -> Response {
    let mut again = same_page(page);
    again.extensions_mut().insert(Arc::new(answered));
    let mut response = call(inner, again).await;
    for cookie in answer.get_all(header::SET_COOKIE) {
        response.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    response
}

/// Somebody whose sign-in ran out while they wrote: what they wrote stays in a form that they send again once they are back.
fn keep_until_signed_in(page: &Uri, entered: &[(String, String)]) -> Response {
    let address = page.path_and_query().map_or("/", |path| path.as_str());
    let hidden =
        |(name, value): &(String, String)| format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">", escape(name), escape(value));
    let kept: Vec<String> = entered.iter().filter(|(name, _)| !name.contains("password")).map(hidden).collect();
    let main = format!(
        "<p>Your sign-in has run out. Nothing that you wrote is lost: keep this page open, <a href=\"{}\" target=\"_blank\">sign in in a new tab</a>, then come back here and press the button.</p><form method=\"post\" action=\"{}\">{}<button class=\"btn\">Send again</button></form>",
        paths::SIGN_IN,
        escape(address),
        kept.concat(),
    );
    plain_document(StatusCode::UNAUTHORIZED, "Please sign in again", &main)
}

async fn call(inner: Router, request: Request) -> Response {
    match inner.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

/// Every field with its value, in order. That all of it can be read was seen to before.
fn fields(bytes: &[u8]) -> Vec<(String, String)> {
    let decode = |part: &[u8]| {
        let spaced: Vec<u8> = part.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
        percent_decode(&spaced).decode_utf8_lossy().into_owned()
    };
    bytes
        .split(|byte| *byte == b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            (decode(halves.next().unwrap_or_default()), decode(halves.next().unwrap_or_default()))
        })
        .collect()
}

/// Sends the browser on, with the notice for the next page in a cookie that lives for one page.
fn onwards(page: &Uri, answer: &HeaderMap, cookie_name: &str) -> Response {
    let stay = page.path_and_query().map_or("/", |path| path.as_str());
    let place = answer.get(GO_TO).cloned().or_else(|| HeaderValue::from_str(stay).ok());
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    if let Some(place) = place {
        headers.insert(header::LOCATION, place);
    }
    // What was asked for ahead may no longer be true.
    headers.insert("clear-site-data", HeaderValue::from_static("\"prefetchCache\", \"prerenderCache\""));
    for cookie in answer.get_all(header::SET_COOKIE) {
        headers.append(header::SET_COOKIE, cookie.clone());
    }
    if let Some(notice) = answer.get(NOTICE).and_then(|notice| notice.to_str().ok()).filter(|notice| !notice.is_empty())
        && let Ok(cookie) =
            HeaderValue::from_str(&format!("{cookie_name}={notice}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax{}", secure(cookie_name)))
    {
        headers.append(header::SET_COOKIE, cookie);
    }
    response
}

/// Reads why a function refused.
async fn refusal(answer: Response) -> AppError {
    let status = answer.status();
    let body = to_bytes(answer.into_body(), LARGEST_FORM).await.unwrap_or_default();
    serde_json::from_slice(&body).unwrap_or_else(|_| {
        if status == StatusCode::NOT_FOUND {
            AppError::NotFound
        } else {
            app::database::unavailable("a function answered with something unreadable")
        }
    })
}
