//! Cover in the database.

mod absence;

mod needed;

mod apart;
mod candidates;

mod give;

mod lead;

#[cfg(test)]
mod tests;

pub use absence::{Absence, open_absence};
pub use candidates::cover_for;
pub use give::{end_cover, give_cover};
pub use lead::who_could_lead;
pub use needed::cover_needed;
