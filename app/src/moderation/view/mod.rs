//! The pages of moderation.

mod report;

mod own;

mod queue;

mod case;
mod decide;

pub use case::CasePage;
pub use own::{OwnReportPage, OwnReportsPage};
pub use queue::ModerationPage;
pub use report::ReportPage;
