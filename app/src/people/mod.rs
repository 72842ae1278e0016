//! People: everybody who can be invited, what they do and where, and the roles that they hold.
//!
//! Words: a *practitioner* is supervised; a *supervisor* leads supervision and is supervised too. Invariants: an e-mail address is one
//! person; a name never stands in an address of a page; a suspended person is refused from the next request on.

mod model;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(test)]
pub mod fixture;

pub use model::{PersonId, PersonName, Standing, initials, short_name};
