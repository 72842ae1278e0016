//! Overdue supervision: what people were promised, held against what they had.
//!
//! Words: the *rhythm* of a group's present series is what its agreement promises each member; supervision is *due* one rhythm after the last
//! session that somebody attended, and for somebody who has attended none, on the first since they joined; it is *overdue* a week after
//! that, since a session counts only once its attendance is finished. Invariants: only what was attended and finished counts, whoever
//! cancelled the rest; nobody is named but to those who see every group; each person sees their own and nobody else's. It is told, never
//! counted against anybody.

mod model;

mod api;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
mod view;

pub use api::ASKS;
pub use model::Overdue;

#[cfg(feature = "ssr")]
pub use view::OverduePage;
