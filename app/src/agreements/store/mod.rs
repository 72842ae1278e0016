//! Agreements in the database.

mod agree;
mod propose;
mod read;

#[cfg(test)]
mod tests;

pub use agree::agree_to_agreement;
pub use propose::{proposal_draft, propose_agreement, propose_standard_text};
pub use read::agreement_view;
