//! Makes the status of an answer say what the answer says.

use app::access::{Visit, notice_cookie};
use app::error::AppError;
use app::news::AGAIN;
use app::paths;
use app::ui::Notice;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
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
pub async fn refuse_politely(mut request: Request, next: Next) -> Response {
    let is_page = request.method() == Method::GET;
    let wanted = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    // A page that is brought up to date in another window leaves the notice to the page that it is for.
    let is_opened = is_page && !request.headers().contains_key(AGAIN);
    let notice = is_opened.then(|| take_notice(&mut request)).flatten();
    let mut response = next.run(request).await;
    if is_page && response.status() == StatusCode::UNAUTHORIZED {
        let back = percent_encoding::utf8_percent_encode(&wanted, percent_encoding::NON_ALPHANUMERIC);
        let place = if wanted == paths::TODAY { paths::SIGN_IN.to_owned() } else { format!("{}?next={back}", paths::SIGN_IN) };
        if let Ok(place) = HeaderValue::from_str(&place) {
            return (StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response();
        }
    }
    // A page that only leads on to another keeps the notice for that one.
    if let Some(name) = notice.filter(|_| !response.status().is_redirection())
        && let Ok(gone) = HeaderValue::from_str(&format!("{name}=; Path=/; Max-Age=0{}", secure(name)))
    {
        response.headers_mut().append(header::SET_COOKIE, gone);
    }
    response
}

/// Puts the notice of a cookie beside the request, and answers with the cookie's name.
fn take_notice(request: &mut Request) -> Option<&'static str> {
    let name = notice_cookie(request.extensions().get::<Visit>()?.origin());
    let value = super::identify::cookie(request.headers(), name)?.to_owned();
    let sentence = percent_encoding::percent_decode_str(&value).decode_utf8().ok()?.into_owned();
    request.extensions_mut().insert(Notice(sentence));
    Some(name)
}

/// What a cookie with the prefix of a protected one must also say.
pub fn secure(name: &str) -> &'static str {
    if name.starts_with("__Host-") { "; Secure" } else { "" }
}

/// A page for the moments when the application itself cannot answer.
pub fn plain_page(error: &AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let sentence = match error {
        AppError::Invalid(problems) => problems.first().map_or_else(|| error.to_string(), |problem| problem.message.clone()),
        other => other.to_string(),
    };
    page_that_says(status, &sentence)
}

/// The same for a refusal that never comes as far as the application.
pub fn page_that_says(status: StatusCode, sentence: &str) -> Response {
    plain(status, Plain { title: "This page cannot be shown", main: format!("<p>{}</p>", escape(sentence)), leads_on: true })
}

/// A whole document: a heading, and below it a main part that is HTML already. What stands around them is put there by [`super::dress`].
pub fn plain_document(status: StatusCode, title: &'static str, main: &str) -> Response {
    plain(status, Plain { title, main: main.to_owned(), leads_on: false })
}

fn plain(status: StatusCode, plain: Plain) -> Response {
    let mut response = status.into_response();
    response.extensions_mut().insert(plain);
    response
}

/// A page that was made without the application.
#[derive(Clone, Debug)]
pub struct Plain {
    /// The heading.
    pub title: &'static str,
    /// HTML.
    pub main: String,
    /// Whether it ends with the way on: to Today, or to signing in.
    pub leads_on: bool,
}

/// Text as it may stand in HTML: a sentence may hold what somebody typed.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
