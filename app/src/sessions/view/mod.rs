//! The pages of a session.

mod session;

mod people;
mod room;

mod actions;
mod group_actions;

mod apologies;

mod record;
mod sheet;

mod cancel;
mod history;
mod to_mark;

pub use apologies::ApologiesPage;
pub use cancel::CancelPage;
pub use group_actions::GroupActionsPage;
pub use history::HistoryPage;
pub use record::RecordPage;
pub use room::{ClosedDoor, JoinPage};
pub use session::{SessionOfDayPage, SessionPage};
pub use sheet::{AttendanceSheet, ReadSheet};
pub use to_mark::ToMarkPage;
