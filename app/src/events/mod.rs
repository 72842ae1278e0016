//! Events: webinars, journal clubs, reading circles and training days, in the same calendar as supervision.
//!
//! Words: an *event* has one *home space* of the community, and whoever may read that space may come; its *host* leads it; a *draft* is seen by its
//! host alone and those who manage events. Somebody *answers* that they come or do not, and takes an answer back; once every place is taken, whoever
//! says yes *waits*. Invariants: who may come follows from the facts by which the home space can be read, in the words of `readable!`, and for
//! everybody else there is no event; places and the order of those who wait are settled by the database, which every answer and every change takes the
//! event in first; a place that is given back goes to whoever has waited longest, who is told, and so does the place of whoever
//! belongs no more to those whom it is for, which its host is told without a name, until the answers are *settled*, once, after the beginning;
//! nobody but the host, and whoever manages events, learns who comes; an event is made, published and moved where its host is free, by the rules for
//! sessions and at their levels; what an event counts for is said before, and stands in a log only once somebody was marked as there; a draft can be
//! deleted, and a published event never is.

mod model;

mod answers;
pub mod forms;

mod api;

#[cfg(feature = "ssr")]
mod check;
#[cfg(feature = "ssr")]
mod letters;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
pub mod jobs;

#[cfg(feature = "ssr")]
mod view;

#[cfg(test)]
pub use store::fixture;

pub use answers::{EventLine, Occasion};
pub use api::ASKS;
pub use model::{Answer, CancelledBecause, EventId, EventKind, Wish};

#[cfg(feature = "ssr")]
pub use view::{ChangeEventPage, ComingEvents, EventPage, EventRecordPage, EventsPage, JoinEventPage, NewEventPage, NextEvents};
