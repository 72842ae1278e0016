//! Reminders: a message ahead of each session, at the times that each person chose. Events are reminded of at the same times, by their own room.
//!
//! Words: a *reminder* is written so many hours before a session begins; whoever has chosen nothing is reminded a week and a day before.
//! Invariants: it always says the date, the time, the length, how to join and how to send apologies, and nobody's name; nobody is reminded
//! of a session that was cancelled or for which they sent apologies, nor who is suspended or has left; it is written once, whatever
//! number of processes there are and however often they start, and once more for the new time of a session that has moved; what could not be
//! written in time is not written late.

mod model;

mod api;
#[cfg(feature = "ssr")]
pub(crate) mod letters;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
pub mod jobs;

#[cfg(feature = "ssr")]
mod view;

pub use api::ASKS;

pub use model::Reminders;

#[cfg(feature = "ssr")]
pub use model::{USUAL, every_lead, timely};
#[cfg(feature = "ssr")]
pub use view::ReminderForm;
