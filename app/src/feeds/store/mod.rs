//! Feeds in the database.

mod link;

mod files;

#[cfg(test)]
mod tests;

pub use files::{feed_at, session_file};
pub use link::{change_feed, make_feed, own_feed, remove_feed, renew_feed};
