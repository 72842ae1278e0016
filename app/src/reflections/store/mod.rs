//! The log in the database, where nobody reads it.

mod seal;

mod log;
mod write;

mod share;

#[cfg(test)]
mod tests;

pub use log::{WrittenEntry, entry_of, log_of, marks_in_use, to_write, whole_log};
pub use seal::sealed_for;
pub use share::{open_shared, share, shared_with, take_back};
pub use write::{forget_removed, remove, restore, write};
