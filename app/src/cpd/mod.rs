//! The CPD log: what somebody has done for their continuing professional development, read from where it stands.
//!
//! Words: an *entry* is a session of supervision that was marked, hours had elsewhere, a learning page that was finished, something that was
//! read, or an event at which somebody was marked; a *note* is what its owner writes beside it; a *body* is whoever registers people and counts in a way of its own. Invariants: nothing is
//! copied, so an entry changes with what it tells of; supervision is counted by `hours` and nowhere else; a note is read by its owner and by nobody
//! else, whatever they may do; what a body counts is said beside what there was, never in its place.

mod model;

mod answers;
mod forms;

mod api;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
mod table;

#[cfg(feature = "ssr")]
mod sheet;
#[cfg(feature = "ssr")]
mod view;

#[cfg(feature = "ssr")]
pub use answers::Log;
pub use api::ASKS;
pub use forms::LogAddress;
pub use model::EntryKind;

#[cfg(feature = "ssr")]
pub use sheet::log_file;
#[cfg(feature = "ssr")]
pub use table::log_table;
#[cfg(feature = "ssr")]
pub use view::{LogNotePage, LogPage};
