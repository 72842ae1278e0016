//! Hours in the database.

mod page;

mod entry;
mod period;

#[cfg(test)]
mod tests;

pub use entry::{change_hours, entry_of, entry_to_log, log_hours, remove_hours, restore_hours};
pub use page::{hours_in, hours_of};
pub use period::choose_period;
