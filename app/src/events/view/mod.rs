//! The pages of events.

mod list;

mod event;

mod change;

mod record;

mod join;

pub use change::{ChangeEventPage, NewEventPage};
pub use event::EventPage;
pub use join::JoinEventPage;
pub use list::{ComingEvents, EventsPage};
pub use record::EventRecordPage;
