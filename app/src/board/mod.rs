//! The caseload board: who leads what in a week, supervisors down and days across, for those who see every group.
//!
//! Words: a *line* is a supervisor with their sessions of the week; their *load* is how long those last that are not cancelled. Invariants:
//! the week is read in one statement, whatever is filtered; a load is that of the whole week, whichever of its sessions are shown; nobody
//! supervised individually is named, since the board is looked at together; who leads a session without being a supervisor any more stands
//! first. Nothing is changed here: what can be done to a session stands on its own page, to which a session that is moved by hand leads, with what it
//! was moved to. Only whoever may change a session moves it.

mod model;

mod api;
#[cfg(feature = "ssr")]
mod store;

#[cfg(feature = "ssr")]
mod view;

#[cfg(feature = "ssr")]
mod bar;
#[cfg(feature = "ssr")]
mod table;

pub use api::{ASKS, BoardFor, board_for};
pub use model::{Board, BoardForm, BoardLine, BoardSession};

#[cfg(feature = "ssr")]
pub use view::{BoardPage, BoardTodayPage};
