//! Imports in the database.

mod keep;

mod known;

mod page;

mod take;

mod back;

#[cfg(test)]
mod supervisor_tests;
#[cfg(test)]
mod tests;

pub use back::take_back;
pub use keep::{bring, give_up, own_imports};
pub use page::{import_page, left_rows_of};
pub use take::{invite_added, take};
