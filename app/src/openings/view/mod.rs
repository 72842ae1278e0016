//! The pages of openings.

mod list;
mod new;

mod opening;

mod read;

pub use list::OpeningsPage;
pub use new::NewOpeningPage;
pub use opening::OpeningPage;
pub use read::ReadOpenedPage;
