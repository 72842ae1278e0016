//! Asking in the database.

mod people;

mod row;

mod scene;

mod to_ask;

mod ask;

mod page;

mod next;

mod own;

mod reply;

mod make;

#[cfg(test)]
mod beside_tests;
#[cfg(test)]
mod meanwhile_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod weekly_tests;

pub use ask::{ask_groups, ask_next, take_back};
pub use make::{group_to_make, make_asked_group};
pub use own::{asked_lines, own_asked};
pub use page::answers_of_round;
pub use reply::reply;
pub use to_ask::round_to_ask;
