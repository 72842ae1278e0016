//! When somebody is busy elsewhere, read from another calendar of theirs whose private address they paste.
//!
//! Words: *another calendar* is what stands at that address; a *busy block* is a stretch of time in which it is busy. Invariants: of a calendar
//! only blocks are kept, never a title, a place or a number of entries; the address is as good as a key, so it is shown to nobody again, its
//! owner included, and stands in no log; what cannot be read changes nothing of what was known, and nothing of what it answered is shown; an
//! entry that cannot be understood is left out, and its owner is told how many there were. How an address is reached is not known here: the
//! server hands that in, and reaches none on an internal network.
//!
//! Deliberately absent: several other calendars of one person. Most calendar programs publish one address for all that they hold.

mod model;

#[cfg(feature = "ssr")]
mod address;

mod forms;

mod api;

#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
pub mod jobs;

#[cfg(feature = "ssr")]
mod view;

pub use api::ASKS;
pub use model::{BusyBlock, OtherCalendar, Outcome};

#[cfg(feature = "ssr")]
pub use address::CalendarAddress;
#[cfg(feature = "ssr")]
pub use jobs::NotFetched;
#[cfg(feature = "ssr")]
pub use view::AnotherCalendar;
