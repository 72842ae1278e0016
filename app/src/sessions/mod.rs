//! Sessions: the meetings of a group, from the plan to the record of who came.
//!
//! Words: *apologies* say ahead that somebody cannot come; *attendance* is what the session's supervisor marks afterwards; an *agreed
//! action* is carried to each next session until it is done. Invariants: apologies touch one person's own place and nothing else; a session
//! whose attendance is not finished never counts as delivered; the Centre cancels for everybody or not at all; what another group did
//! looks the same as what never was; who reads which part stands in one table, which guards the data and makes the audience lines.
//!
//! The record has seven states, and apologies after the cut-off (24 hours before the beginning) are `cancelled_by_member`, shown as
//! "Late apologies": it is the state that the record keeps for a place given up by its member, while `apologies` stays for those who told
//! the group in good time, so that a count of either means one thing.
//!
//! Deliberately absent: notes about what was said. They are a record with other readers.

pub mod readers;

pub mod model;

pub mod answers;
pub mod forms;
mod group_actions;
mod history;

mod api;

#[cfg(feature = "ssr")]
pub mod jobs;
#[cfg(feature = "ssr")]
pub(crate) mod letters;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
mod back;
#[cfg(feature = "ssr")]
mod table;

mod island;
#[cfg(feature = "ssr")]
mod view;

#[cfg(test)]
pub mod fixture;

pub use api::ASKS;
pub use island::AttendanceKeys;

#[cfg(feature = "ssr")]
pub use back::{BACK, Back};
#[cfg(feature = "ssr")]
pub use table::to_mark_table;
#[cfg(feature = "ssr")]
pub use view::{
    ApologiesPage, AttendanceSheet, CancelPage, ClosedDoor, GroupActionsPage, HistoryPage, JoinPage, ReadSheet, RecordPage,
    SessionOfDayPage, SessionPage, ToMarkPage,
};

pub use model::{ActionId, AttendanceState, Course, HostRole, SessionId, SessionState, due_on, long_overdue_before};
