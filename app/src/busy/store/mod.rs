//! Other calendars and busy blocks in the database.

mod own;

mod due;

mod blocks;

#[cfg(test)]
mod tests;

pub use blocks::{Whose, busy_blocks};
pub use due::{Due, note_outcome, own_identities, store_blocks, take_due};
pub use own::{add_calendar, forget_calendar, other_calendar_of, read_calendar_again};
