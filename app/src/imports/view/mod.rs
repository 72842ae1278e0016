//! The pages on which people are brought from a spreadsheet.

mod bring;

mod import;

mod rows;

pub use bring::BringPage;
pub use import::ImportPage;
