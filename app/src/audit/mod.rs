//! The audit log: what was done, by whom, to what.
//!
//! Invariants: append-only (the databases refuse a change); each entry carries the hash of the one before, so that a change made
//! underneath is found by [`verify`]; an entry is written in the transaction of what it tells of. It holds identities, never content.
//! Deliberately absent: proof against somebody who rewrites the whole chain. For that, the hash of its end, which every verification and
//! every backup names, is kept elsewhere.

//!
//! Words: a *check* walks the whole chain, by itself every few hours or when somebody asks for it; the page of the log says what the last one found,
//! and never walks. What stands on that page is what was done and by whom; whom it was done to stands there only of those whose accounts the reader
//! looks after anyway, and nothing of what coordinators note about anybody.

mod model;

mod answers;
mod forms;

mod api;

#[cfg(feature = "ssr")]
mod entry;
#[cfg(feature = "ssr")]
mod store;
#[cfg(feature = "ssr")]
mod verify;

#[cfg(feature = "ssr")]
mod about;
#[cfg(feature = "ssr")]
mod check;
#[cfg(feature = "ssr")]
mod read;

#[cfg(feature = "ssr")]
mod table;

#[cfg(feature = "ssr")]
pub mod jobs;

#[cfg(feature = "ssr")]
mod view;

pub use api::ASKS;

#[cfg(feature = "ssr")]
pub use about::{Told, told_about};
#[cfg(feature = "ssr")]
pub use entry::Entry;
#[cfg(feature = "ssr")]
pub use store::{record, record_by_anyone, record_by_person, record_by_system};
#[cfg(feature = "ssr")]
pub use table::audit_table;
#[cfg(feature = "ssr")]
pub use verify::{Fault, Verdict, hash_of_end, verify, verify_within};
#[cfg(feature = "ssr")]
pub use view::AuditPage;
