//! Registrations in the database.

mod read;

mod answer;

mod page;

mod apart;
mod clearances;
mod together;

#[cfg(test)]
mod tests;

pub use answer::{answer_step, bring_answers, change_hours, confirm, offer_within, save_offering, take_brought_back};
pub use apart::{keep_apart, let_meet};
pub use clearances::{BroughtClearance, bring_clearances, note_clearances, take_clearances_back};
pub use page::{own_registration, registration_of};
pub use read::{Registered, clearances_of, offerings, registrations};
pub use together::{keep_together, let_part};
