//! Open clinics in the database. Places are settled there: each is a row with a number of its own.

mod list;

mod book;
mod give_back;
mod wait;

mod open;

#[cfg(test)]
mod tests;

pub use book::book_place;
pub use give_back::give_back_place;
pub use list::open_clinics;
pub use wait::{follow, sessions_to_follow, stop_waiting, wait_for_place};
