//! The cookie that stands for a sign-in.

use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

/// Its name. Behind TLS it has the prefix that ties it to this host and path (RFC 6265bis, 4.1.3.2).
pub fn sign_in_cookie(origin: &str) -> &'static str {
    if origin.starts_with("https://") { "__Host-sign-in" } else { "sign-in" }
}

/// The name of the cookie that carries a sentence from a form to the page after it, with the same protection.
pub fn notice_cookie(origin: &str) -> &'static str {
    if origin.starts_with("https://") { "__Host-notice" } else { "notice" }
}

/// Hands the token to the browser, for as long as the sign-in lasts.
pub fn hand_over(origin: &str, token: &str, seconds: i64) {
    let secure = if origin.starts_with("https://") { "; Secure" } else { "" };
    let name = sign_in_cookie(origin);
    let Some(response) = use_context::<ResponseOptions>() else { return };
    if let Ok(cookie) = http::HeaderValue::from_str(&format!("{name}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")) {
        response.append_header(http::header::SET_COOKIE, cookie);
    }
}

/// Takes the token away from the browser.
pub fn take_back(origin: &str) {
    hand_over(origin, "", 0);
}

/// Remembers a choice about how pages look, on this device and for a year; an empty value forgets it. Nothing else belongs here.
pub fn remember(origin: &str, name: &str, value: &str) {
    let secure = if origin.starts_with("https://") { "; Secure" } else { "" };
    let seconds = if value.is_empty() { 0 } else { 365 * 24 * 60 * 60 };
    let Some(response) = use_context::<ResponseOptions>() else { return };
    if let Ok(cookie) = http::HeaderValue::from_str(&format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")) {
        response.append_header(http::header::SET_COOKIE, cookie);
    }
}

/// A choice that this device remembers.
pub fn remembered(name: &str) -> Option<String> {
    let parts = use_context::<http::request::Parts>()?;
    let lines = parts.headers.get_all(http::header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let value = lines.flat_map(|line| line.split("; ")).find_map(|cookie| cookie.strip_prefix(name)?.strip_prefix('='))?;
    Some(value.to_owned())
}
