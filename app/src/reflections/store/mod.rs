//! The log in the database, where nobody reads it.

/// Whether whoever wrote the entry `r` is in a group that somebody leads at this moment, as a condition of a statement. Nobody else ever reads it.
macro_rules! supervises_now {
    ($reader:literal) => {
        concat!(
            "EXISTS (
        SELECT 1
        FROM membership m
        JOIN supervision_group led ON led.id = m.group_id
        WHERE m.person_id = r.person_id AND m.left_on IS NULL AND led.ended_at IS NULL AND led.supervisor_id = ",
            $reader,
            "
    )"
        )
    };
}

mod keys;
mod seal;

mod drafts;

mod log;
mod write;

mod share;

#[cfg(test)]
mod tests;

pub use drafts::{drop_begun, keep_begun};
pub use keys::{Resealed, marks_in_use, reseal, sealed_with, seals_with};
pub use log::{WrittenEntry, entry_of, log_of, to_write, whole_log};
pub use seal::sealed_for;
pub use share::{open_shared, share, shared_with, take_back};
pub use write::{forget_removed, remove, restore, write};
