//! Imports: people from a spreadsheet, with what they have answered elsewhere.
//!
//! Words: a file is *brought*, which stores nothing among people; it is *taken* once whoever brought it has seen what would become of each row; for
//! a day it can be *taken back*. Invariants: a row is taken for what was shown, or not at all; a row with an error in any of its cells is left, and
//! nothing of it is taken; an empty cell changes nothing, and a role is never taken away; answers that somebody has given here are never
//! changed by a file; until when a supervisor is cleared is written down by coordinators, and so a file changes it; nobody is written to because of a file; a file belongs to whoever brought it, and is forgotten after a day.
//!
//! What a sheet says (`read/`) is kept apart from what it means (`columns`, `row`) and from what becomes of it (`plan`): the first two know
//! nothing of the database, and the last is given all that it needs.

mod answers;
mod forms;

mod api;

#[cfg(feature = "ssr")]
mod columns;
#[cfg(feature = "ssr")]
mod words;

#[cfg(feature = "ssr")]
mod sheet;

#[cfg(feature = "ssr")]
mod read;

#[cfg(feature = "ssr")]
mod named;
#[cfg(feature = "ssr")]
mod windows;

#[cfg(feature = "ssr")]
mod supervisors;

#[cfg(feature = "ssr")]
mod given;
#[cfg(feature = "ssr")]
mod row;

#[cfg(feature = "ssr")]
mod plan;

#[cfg(feature = "ssr")]
pub mod jobs;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
mod table;

#[cfg(feature = "ssr")]
mod view;

pub use api::ASKS;

#[cfg(feature = "ssr")]
pub use read::LARGEST_FILE;
#[cfg(feature = "ssr")]
pub use table::{left_rows, template_table};
#[cfg(feature = "ssr")]
pub use view::{BringPage, ImportPage};
