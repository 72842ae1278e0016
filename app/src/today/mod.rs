//! Today: the next session and how to get in, what waits, what comes, and who supports one's supervisor.
//!
//! Words: the *moment* of the next session decides how loudly its time is spoken; what *waits* is what nobody but the reader can do.
//! Invariants: nothing here is told of a session that is not in the reader's own calendar; of the chain of supervision it is told who
//! is next and whether it is in date, never what was said; members are named to the members and the supervisor of their own group alone.

mod model;
#[cfg(feature = "ssr")]
mod words;

mod api;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
mod view;

#[cfg(feature = "ssr")]
mod chain;
#[cfg(feature = "ssr")]
mod hero;
#[cfg(feature = "ssr")]
mod to_do;

#[cfg(feature = "ssr")]
mod my_supervision;

mod island;

pub use api::{ASKS, MySupervision, Today, my_supervision, today};
pub use island::StartsIn;
pub use model::{Attendee, Moment, NextSession, Overview, OwnSupervision, Waiting};

#[cfg(feature = "ssr")]
pub use my_supervision::MySupervisionPage;
#[cfg(feature = "ssr")]
pub use view::TodayPage;
