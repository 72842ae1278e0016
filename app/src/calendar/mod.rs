//! The calendar: one's own sessions by week and as a list, each week and each day with an address of its own.
//!
//! Words: an *occurrence* is a session as it stands in somebody's calendar, with their part in it. Invariants: a calendar holds the sessions
//! that its owner leads, and those of a group that fall within their membership, and no other; a cancelled session stays and says so; every
//! time is UK time. Nothing is changed here: what can be done to a session stands on its own page.

mod days;
mod model;

#[cfg(feature = "ssr")]
mod lanes;

mod api;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
mod view;

#[cfg(feature = "ssr")]
mod agenda;
#[cfg(feature = "ssr")]
mod mini_month;
#[cfg(feature = "ssr")]
mod side;
#[cfg(feature = "ssr")]
mod week_grid;

mod island;

pub use api::{ASKS, AgendaFrom, WeekFor, agenda_from, week_for};
pub use days::{DayForm, Days};
pub use island::WeekKeys;
pub use model::{Calendar, Occurrence, Part, Remark};

#[cfg(feature = "ssr")]
pub use view::{AgendaPage, CalendarPage, WeekPage};
