//! Holds: whoever is not placed in a group for now, because a practice concern is open or for another reason of safety.
//!
//! Words: a clinical lead or a safeguarding lead *holds* somebody, and *lifts* the hold. Invariants: no reason stands here, since it stands
//! with the concern; whoever forms groups learns that somebody is not available for matching and since when, and nothing more; somebody is
//! held once at a time, which a unique index says; while they are, no round takes them, nobody puts them into a group by hand, offers them a place
//! or asks them, no group is made with them, and they are given neither a group nor a session to lead. Where they are already they stay: a hold takes
//! nobody out of a group, and no group from whoever leads it. Nobody is told.

mod answers;
mod forms;

mod api;
#[cfg(test)]
pub mod fixture;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
mod view;

pub use api::ASKS;

#[cfg(feature = "ssr")]
pub use view::HoldsPage;
