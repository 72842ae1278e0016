//! What the forms of events send.

use serde::{Deserialize, Serialize};

use super::model::{CancelledBecause, HOST_REASONS, Wish};
use crate::availability::KeepReason;
use crate::error::AppError;
use crate::people::EmailAddress;

/// Which event a page or a button is about.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EventAddress {
    /// Its part of the address; empty for a new one.
    pub code: String,
}

/// An event, as HTML sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EventForm {
    /// Its part of the address; empty where it is new.
    pub code: String,
    /// The version that was changed; empty where it is new.
    pub version: String,
    /// The key of a kind.
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// Who speaks; may be empty.
    pub speaker: String,
    /// What it is about, in Markdown.
    pub text: String,
    /// The home space's part of the address.
    pub space: String,
    /// On which day.
    pub starts_on: String,
    /// When it begins.
    pub starts_time: String,
    /// How long it lasts.
    pub length_minutes: String,
    /// How it meets.
    pub mode: String,
    /// The address of the room.
    pub room_url: String,
    /// Where, in person.
    pub place: String,
    /// How many places there are; empty for as many as want to come.
    pub capacity: String,
    /// How many hours before the beginning answers close.
    pub closes_hours: String,
    /// What it counts for in a CPD log.
    pub minutes: String,
    /// The items of the library that are worth reading before.
    pub reading: Vec<String>,
    /// Why it is held then although its host is not quite free, as a key of [`HOST_REASONS`](super::model::HOST_REASONS).
    pub reason: String,
}

impl EventForm {
    /// The version that the person was shown; one that was tampered with is no version, so the change is refused as outdated.
    pub fn shown_version(&self) -> i64 {
        self.version.parse().unwrap_or(0)
    }

    /// The reason, where one was chosen.
    pub fn reason(&self) -> Option<KeepReason> {
        host_reason(&self.reason)
    }
}

/// The time that was typed for an event, or the host who was chosen for it, and refused, which its page looks at once more; empty where nothing was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EventTimes {
    /// Its part of the address; empty for a new one.
    pub code: String,
    /// On which day.
    pub starts_on: String,
    /// When it begins.
    pub starts_time: String,
    /// How long it lasts.
    pub length_minutes: String,
    /// Who was to host it, by their code. It is then looked at for them, at the time at which it is.
    pub host: String,
}

/// Why somebody hosts an event although they are not quite free then, where it is one of the reasons that are offered.
fn host_reason(key: &str) -> Option<KeepReason> {
    KeepReason::of_key(key).filter(|reason| HOST_REASONS.iter().any(|(offered, _)| offered == reason))
}

/// Answering.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WishForm {
    /// The event's part of the address.
    pub code: String,
    /// The key of a [`Wish`].
    pub wish: String,
}

impl WishForm {
    /// What is wished.
    pub fn check(&self) -> Result<Wish, AppError> {
        Wish::of_key(&self.wish).ok_or_else(|| AppError::invalid("wish", "Say whether you come."))
    }
}

/// Giving an event to another host.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct GiveEventForm {
    /// The event's part of the address.
    pub code: String,
    /// The version that was shown.
    pub version: String,
    /// Who hosts it from now on, by their code.
    pub host: String,
    /// Why they host it although they are not quite free then, as a key of [`HOST_REASONS`](super::model::HOST_REASONS).
    pub why: String,
}

impl GiveEventForm {
    /// The version that the person was shown; one that was tampered with is no version, so nothing is given.
    pub fn shown_version(&self) -> i64 {
        self.version.parse().unwrap_or(0)
    }

    /// The reason, where one was chosen.
    pub fn why(&self) -> Option<KeepReason> {
        host_reason(&self.why)
    }
}

/// Somebody who came without a place.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WalkInForm {
    /// The event's part of the address.
    pub code: String,
    /// The address with which they sign in.
    pub email: String,
}

impl WalkInForm {
    /// Their address.
    pub fn check(&self) -> Result<EmailAddress, AppError> {
        EmailAddress::of(&self.email).ok_or_else(|| AppError::invalid("email", "Enter the address with which they sign in."))
    }
}

/// Cancelling.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CancelEventForm {
    /// The event's part of the address.
    pub code: String,
    /// Why, as a key of the list.
    pub because: String,
}

impl CancelEventForm {
    /// The reason, which everybody who answered is told.
    pub fn check(&self) -> Result<CancelledBecause, AppError> {
        CancelledBecause::of_key(&self.because).ok_or_else(|| AppError::invalid("because", "Choose why it cannot take place."))
    }
}
