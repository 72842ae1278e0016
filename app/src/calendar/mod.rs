//! The calendar: one's own sessions by month, week and day and as a list, each page with an address of its own.
//!
//! Words: an *occurrence* is a session or an event as it stands in somebody's calendar, with their part in it. Invariants: a calendar holds the
//! sessions that its owner leads, those of a group that fall within their membership, and the events that they host, answered that they come to or can
//! still answer, and no other; that of their groups holds besides what
//! another leads in a group of theirs; a cancelled session stays and says so; every time is UK time; only the days on show are read,
//! and where nothing is on them, when the next session is. Nothing is changed here: what can be done to a session stands on its own page.

mod days;
mod kind;
mod model;
mod occasion;
mod occurrence;
mod views;

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
mod bar;
#[cfg(feature = "ssr")]
mod clashes;
#[cfg(feature = "ssr")]
mod keys_help;
#[cfg(feature = "ssr")]
mod mini_month;
#[cfg(feature = "ssr")]
mod month_grid;
#[cfg(feature = "ssr")]
mod nothing;
#[cfg(feature = "ssr")]
mod place;
#[cfg(feature = "ssr")]
mod shown;
#[cfg(feature = "ssr")]
mod side;
#[cfg(feature = "ssr")]
mod week_grid;

mod hands;
mod island;

pub use api::{ASKS, CalendarFor, calendar_for};
pub use days::{Days, date_of};
pub use hands::SessionHands;
pub use island::CalendarKeys;
pub use kind::OccurrenceKind;
pub use model::{Calendar, closed_on};
pub use occurrence::{Occurrence, Part, Remark};
pub use views::{CalendarForm, CalendarView, Whose};

#[cfg(feature = "ssr")]
pub use view::{AgendaPage, CalendarPage, DayPage, MonthPage, WeekPage};
