//! Refuses what holds characters that cannot be read, before anything takes it apart: a form and a direct call of a function alike.

use app::error::AppError;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use percent_encoding::percent_decode;

use super::limits;
use super::statuses::{error_answer, plain_page};
use crate::router::LARGEST_FORM;

const UNREADABLE: &str = "The form holds characters that cannot be read. Please go back and type them again.";

/// Lets a form through whose every name and value is text. The character zero is none: no keyboard types it, and Postgres does not store it.
pub async fn refuse_unreadable(request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let is_function = request.uri().path().starts_with("/api/");
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, LARGEST_FORM).await else {
        return limits::too_large();
    };
    if is_text(&bytes) {
        return next.run(Request::from_parts(parts, Body::from(bytes))).await;
    }
    let error = AppError::invalid("", UNREADABLE);
    if is_function { error_answer(&error) } else { plain_page(&error) }
}

/// Whether a form is UTF-8 without the character zero, as it stands and once it is decoded.
fn is_text(form: &[u8]) -> bool {
    percent_decode(form).decode_utf8().is_ok_and(|text| !text.contains('\0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_text_in_whatever_language_and_nothing_else() {
        for text in ["form[name]=Zo%C3%AB+%26+%F0%9F%91%B6&form[sign]=100%", "", "form[name]=Zoë", "form[name]=%2500"] {
            assert!(is_text(text.as_bytes()), "{text}");
        }
        for no_text in
            [&b"form[name]=%00"[..], b"form[a%00b]=1", b"form[name]=\0", b"form[name]=%ff", b"form[name]=\xc3\x28", b"form[name]=%C3%26"]
        {
            assert!(!is_text(no_text), "{no_text:?}");
        }
    }
}
