//! The pages on which published series are changed.

mod cancel_series;
mod preview;
mod session;

pub use cancel_series::CancelSeriesPage;
pub use session::ChangeSessionPage;
