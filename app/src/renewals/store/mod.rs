//! Renewals in the database.

mod ask;
mod decide;
mod page;

pub(super) use ask::{ask, series_to_ask_about};
pub use decide::decide;
pub use page::renewal_page;
