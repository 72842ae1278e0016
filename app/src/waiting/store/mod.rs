//! The waiting list in the database.

mod row;

mod own;

mod ask;
mod leave;

mod list;

mod fit;
mod where_to;

mod answer;
mod offer;
mod pass_on;

#[cfg(test)]
mod tests;

pub use answer::{accept_offer, decline_offer};
pub use ask::{ask_for_supervision, change_waiting};
pub use fit::who_fits;
pub use leave::{leave_list, return_to_list};
pub use list::{everybody_waiting, waiting_list};
pub use offer::{offer_place, withdraw_offer};
pub use own::{my_waiting, own_entry, places_held_for};
pub use pass_on::{offers_to_pass_on, pass_on};
pub use where_to::where_to;
