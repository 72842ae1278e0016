//! Open clinics in the database. Places are settled there: each is a row with a number of its own.

mod list;

mod book;
mod follow;
mod give_back;
mod pass_on;
mod wait;
mod waits;

mod open;

#[cfg(test)]
mod tests;

pub use book::book_place;
pub use follow::{follow, sessions_to_follow};
pub use give_back::give_back_place;
pub use list::open_clinics;
pub use wait::{Waits, stop_waiting, wait_for_place};
pub use waits::{own_waits, waited_sessions};
