//! The pages on which published series are changed.

mod cancel_series;
mod handover;
mod preview;
mod session;

pub use cancel_series::{CancelSeriesPage, ask_to_cancel};
pub use handover::ask_what_stays;
pub use session::ChangeSessionPage;
