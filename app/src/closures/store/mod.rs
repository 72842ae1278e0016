//! Closures in the database.

mod list;

mod falling;

mod change;

#[cfg(test)]
mod tests;

pub use change::{add_closure, change_closure, remove_closure};
pub use falling::closure_to_set;
pub use list::{closures_from, closures_page};
