//! Messages to people: an outbox, written in the transaction of what it tells of, and sent afterwards.
//!
//! Invariants: a subject says the thing and the date, never who else and never what was written; a body holds no word of another person; a
//! message that was queued in a committed transaction is sent at least once, whatever dies in between.

mod store;

pub use store::{NewMessage, queue};
