//! Who has opened something of somebody's own, for whoever it is about.
//!
//! Words: a *record* is what the Centre holds of one person and shows by a role to somebody else; who *opens* it reads all that stands on its page.
//! Invariants: whoever opens a record writes it down in the unit of work in which it is read, so that nothing is shown of which nothing is known; a
//! line stands for one reader, one kind of record and one day in UK time, and the database counts, whoever else counts at the moment; what somebody
//! opens of their own is not written down; the lines are read by the person whom they are about and by nobody else, and are kept as long as the audit
//! log. Deliberately absent: lists, where somebody stands among others (people, the board, the calendar, the waiting list, a group, a session), and
//! what somebody shows of their own accord in the community or by a code.

mod model;

mod api;
#[cfg(feature = "ssr")]
mod store;
#[cfg(feature = "ssr")]
mod table;

#[cfg(feature = "ssr")]
pub mod jobs;

#[cfg(test)]
pub mod fixture;

#[cfg(feature = "ssr")]
mod view;

pub use api::ASKS;
pub use model::{Further, RecordKind};

#[cfg(feature = "ssr")]
pub use store::{note_opened, note_opened_by_code, read_since};
#[cfg(feature = "ssr")]
pub use table::access_table;
#[cfg(feature = "ssr")]
pub use view::AccessPage;
