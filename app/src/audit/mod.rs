//! The audit log: what was done, by whom, to what.
//!
//! Invariants: append-only (the databases refuse a change); each entry carries the hash of the one before, so that a change made
//! underneath is found by [`verify`]; an entry is written in the transaction of what it tells of. It holds identities, never content.

mod store;

pub use store::{Entry, Fault, Verdict, record, record_by_person, record_by_system, verify};
