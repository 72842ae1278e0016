//! Overdue supervision: what people were promised, held against what they had.
//!
//! Words: the *promise* is how far apart the sessions are by the agreement in force, whatever the series has become since; only where the agreement
//! says nothing, it is the rhythm of the present series. Supervision is *due* as long as is promised after the last session that somebody attended,
//! for somebody who has attended none, on the first since they joined, and where there was none and none is planned, as long after the agreement
//! came into force; it is *overdue* a week after
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
