//! Statements: what a supervisor has led in a month, for their own records and for pay.
//!
//! Words: a session is *held* once its attendance is finished; *cover given* is a session that one led for a group of somebody else's,
//! *cover received* one of one's own group that somebody else led. Invariants: a session that is not finished is never counted as held, and
//! neither is one that the Centre cancelled; minutes are those of the sessions that one led oneself; what was finished or corrected after the
//! month had ended says so; no member is named; whose cover a session is
//! follows from whose group it was when it was held, also once the group has another supervisor.

mod model;

mod answers;
mod forms;

mod api;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
mod table;

#[cfg(feature = "ssr")]
mod view;

pub use api::ASKS;

#[cfg(feature = "ssr")]
pub use table::{own_statement_table, statement_table};
#[cfg(feature = "ssr")]
pub use view::{PersonStatementPage, StatementOfMonthPage, StatementPage};
