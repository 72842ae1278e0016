//! Themes in the database.

mod raise;

mod gather;

mod decide;
mod improvements;

mod asking;

#[cfg(test)]
mod tests;

pub use asking::tell_that_it_is_time_to_ask;
pub use decide::decide;
pub use gather::{gather, gathered, take_out, themes_list};
pub use improvements::{add_improvement, improvements};
pub use raise::{raise, themes_of, withdraw};
