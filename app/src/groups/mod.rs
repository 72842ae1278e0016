//! Groups: the people who meet, the supervisor who leads them, and where.
//!
//! A supervision group with an agreement in force, a stable membership and a series of sessions is the central object of the product.
//! Words: a *member* is a supervisee of the group; one-to-one supervision is a group of one. Invariants: a person is in a group once at a
//! time; leaving keeps the history; somebody who is neither member nor supervisor nor manages groups does not learn that a group exists.

mod model;

mod chain;

#[cfg(test)]
pub mod fixture;
#[cfg(feature = "ssr")]
pub mod store;

pub use chain::{ChainLink, Upkeep};
pub use model::{GroupId, GroupKind, MeetingMode};
