//! The pages of events.

mod list;

mod event;
mod in_the_way;

mod change;

mod record;

mod join;

pub use change::{ChangeEventPage, NewEventPage};
pub use event::EventPage;
pub use join::JoinEventPage;
pub use list::{ComingEvents, EventsPage, NextEvents};
pub use record::EventRecordPage;
