//! The audit log: what was done, by whom, to what.
//!
//! Invariants: append-only (the databases refuse a change); each entry carries the hash of the one before, so that a change made
//! underneath is found by [`verify`]; an entry is written in the transaction of what it tells of. It holds identities, never content.
//! Deliberately absent: proof against somebody who rewrites the whole chain. For that, the hash of its end, which every verification and
//! every backup names, is kept elsewhere.

mod entry;
mod store;
mod verify;

pub use entry::Entry;
pub use store::{record, record_by_anyone, record_by_person, record_by_system};
pub use verify::{Fault, Verdict, hash_of_end, verify, verify_within};
