//! What the server knows of a request before any permission is asked for.

use std::net::IpAddr;
use std::sync::Arc;

use chrono::NaiveDate;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use super::role::Roles;
use crate::database::{Clock, Database};
use crate::error::AppError;
use crate::people::PersonId;
use crate::sealing::Keyring;

/// One request: where it came from, and who it is, if anybody. The server makes it, before Leptos runs.
#[derive(Clone, Debug)]
pub struct Visit {
    pub(super) database: Database,
    pub(super) clock: Clock,
    pub(super) address: IpAddr,
    pub(super) device: Arc<str>,
    pub(super) signed_in: Option<Arc<SignedIn>>,
    pub(super) is_demonstration: bool,
    pub(super) origin: Arc<str>,
    pub(super) keyring: Arc<Keyring>,
}

/// Somebody who has proved who they are, or is half-way through it.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The device's entry in the list of sign-ins.
    pub sign_in: uuid::Uuid,
    /// Who it is.
    pub person: PersonId,
    /// What the rail shows.
    pub name: VisitorName,
    /// What they may do.
    pub roles: Roles,
    /// Whether they are of the Centre, or their authority has confirmed that they work there.
    pub works_there: bool,
    /// Whether a one-time code is still to come.
    pub is_complete: bool,
    /// How much they were told since they looked at their news, and no more than ten.
    pub unread: i64,
}

/// How the shell addresses the person who is looking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitorName {
    /// "Amina".
    pub given: String,
    /// "Amina R."
    pub short: String,
    /// "AR".
    pub initials: String,
    /// "Health visitor, Bradford".
    pub about: String,
    /// The eight-character code.
    pub code: String,
}

/// The settings of the process that a visit carries along.
#[derive(Clone, Debug)]
pub struct Premises {
    /// The database of the process.
    pub database: Database,
    /// Its clock.
    pub clock: Clock,
    /// Whether people are invented and sign in without a password.
    pub is_demonstration: bool,
    /// The address that stands in messages, without a trailing slash: `https://reverie.example`.
    pub origin: Arc<str>,
}

impl Visit {
    /// A request by nobody yet.
    pub fn new(premises: &Premises, address: IpAddr, device: &str) -> Self {
        Self {
            database: premises.database.clone(),
            clock: premises.clock,
            address,
            device: device.into(),
            signed_in: None,
            is_demonstration: premises.is_demonstration,
            origin: premises.origin.clone(),
            keyring: Arc::default(),
        }
    }

    /// The same, with the keys of what people write for themselves alone.
    #[must_use]
    pub fn with_keyring(self, keyring: Arc<Keyring>) -> Self {
        Self { keyring, ..self }
    }

    /// Who is looking, once every step of signing in is done.
    pub fn visitor(&self) -> Option<&SignedIn> {
        self.signed_in.as_deref().filter(|signed_in| signed_in.is_complete)
    }

    /// Whether people are invented and sign in without a password.
    pub fn is_demonstration(&self) -> bool {
        self.is_demonstration
    }

    /// The address that stands in messages, without a trailing slash.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The clock of the process, for what a page says about "today".
    pub fn clock(&self) -> Clock {
        self.clock
    }
}

/// The visit of the request that is being answered.
pub fn page_visit() -> Result<Visit, AppError> {
    use_context::<http::request::Parts>()
        .and_then(|parts| parts.extensions.get::<Visit>().cloned())
        .ok_or_else(|| crate::database::unavailable("a function ran outside a request"))
}

/// The day in the United Kingdom on which the page is asked for.
pub fn page_day() -> NaiveDate {
    page_visit().map(|visit| ::series::local(visit.clock().now()).date()).unwrap_or_default()
}

/// Says where the person goes after a form succeeded, and what they are told there.
///
/// The notice is a sentence without anybody's name in it, or empty. This does not end the function, so it is never a guard.
pub fn go_to(path: &str, notice: &str) {
    let Some(response) = use_context::<ResponseOptions>() else { return };
    if let Ok(path) = http::HeaderValue::from_str(path) {
        response.insert_header(http::HeaderName::from_static(GO_TO), path);
    }
    stay(notice);
}

/// Says what the person is told on the page on which the form stands, and stays there.
pub fn stay(notice: &str) {
    let Some(response) = use_context::<ResponseOptions>() else { return };
    let notice = percent_encoding::utf8_percent_encode(notice, percent_encoding::NON_ALPHANUMERIC).to_string();
    if let Ok(notice) = http::HeaderValue::from_str(&notice) {
        response.insert_header(http::HeaderName::from_static(NOTICE), notice);
    }
}

/// The same, with a button beside the notice that takes back what was done.
pub fn go_to_with_undo(path: &str, notice: &str, undo: &Undo) {
    go_to(path, &format!("{notice}\n{}\n{}", undo.action, undo.of));
}

/// What takes back what a form did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undo {
    /// The path of the server function.
    pub action: String,
    /// Which one, as its form's field `change` names it.
    pub of: String,
}

/// Shows the page again with an answer that stands nowhere else, instead of going on: recovery codes, which are shown once.
pub fn answer_here(answer: &str) {
    let Some(response) = use_context::<ResponseOptions>() else { return };
    let answer = percent_encoding::utf8_percent_encode(answer, percent_encoding::NON_ALPHANUMERIC).to_string();
    if let Ok(answer) = http::HeaderValue::from_str(&answer) {
        response.insert_header(http::HeaderName::from_static(ANSWER), answer);
    }
}

/// The header in which a function answers on its own page; it never leaves the server.
pub const ANSWER: &str = "x-answer";
/// The header in which a function names the next page; it never leaves the server.
pub const GO_TO: &str = "x-go-to";
/// The header in which a function names what the person is told; it never leaves the server.
pub const NOTICE: &str = "x-notice";
