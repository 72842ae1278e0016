//! Changes of published series: a session, the ones that follow or all of them, and the undo of each.
//!
//! Words: a *change* is one edit as it was stored, with the rows that were and the rows that are to be; its *scope* is this session, this and the
//! following, or all. What an edit comes to is decided by the engine of series, and nowhere else. Invariants: nothing is stored that was not
//! shown before; whoever writes sessions is held to the rules of availability, be it by a move, an undo, a group that is handed over or a series that
//! goes on; what is not handed over with its group stays with whoever led it, and needs cover; a session that has begun or been marked is altered by no scope; attendance, apologies and actions stay with their session
//! through every change; everybody concerned gets one message for one change, some seconds after it, and none if it is undone until then; an
//! undo is the exact inverse, and is refused where somebody has changed the same since.

mod answers;
pub mod forms;

mod api;

#[cfg(feature = "ssr")]
mod letters;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
pub mod jobs;

#[cfg(feature = "ssr")]
mod view;

pub use api::{ASKS, BUSY_LEADERS, BUSY_TIMES, CHANGE_GROUP};

#[cfg(feature = "ssr")]
pub use view::{CancelSeriesPage, ChangeSessionPage, ask_to_cancel, ask_what_stays};
