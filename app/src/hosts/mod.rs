//! Hosts: who leads one session together with its supervisor, or observes it.
//!
//! Words: a *co-supervisor* leads too; an *observer* is there to learn. Both are supervisors, and both are hosts of one session, not of its
//! group. Invariants: whoever is added is free then and may be in one group with those who come, which is looked at once more when they are, and two who are asked at once for two
//! sessions do not both get them; the session's supervisor marks the attendance; the members are told that somebody is there, never by name
//! in a message; whoever has said that they would be beside the supervisor of a group that a round has formed is added to its sessions when these are published; what each role reads stands in the table of `sessions::readers`.

mod answers;
mod forms;

mod api;

#[cfg(feature = "ssr")]
mod letters;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
mod view;

pub use api::ASKS;

#[cfg(feature = "ssr")]
pub use view::HostsPage;
