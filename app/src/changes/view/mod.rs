//! The pages on which published series are changed.

mod cancel_series;
mod preview;
mod session;

pub use cancel_series::{CancelSeriesPage, ask_to_cancel};
pub use session::ChangeSessionPage;
