//! The hosts of sessions in the database.

mod page;

mod change;

mod together;

#[cfg(test)]
mod tests;

pub use change::{add_host, remove_host};
pub use page::{hosts_page, open_session_to_host};
pub use together::add_to_group;
