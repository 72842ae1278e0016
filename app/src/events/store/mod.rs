//! Events in the database.

mod open;
mod row;

mod list;
mod page;

mod answer;
mod places;

mod lapse;

mod change;
mod fit;
mod host;
mod in_the_way;

mod cancel;
mod delete;

mod record;
mod walk_in;

mod calendar;

mod remind;

#[cfg(test)]
pub mod fixture;
#[cfg(test)]
mod tests;

pub use answer::answer_event;
pub use calendar::{coming_up, event_file, event_files_of, next_events, occasions_of};
pub use cancel::cancel_event;
pub use change::{change_event, event_to_change, make_event, publish_event};
pub use delete::delete_event;
pub use host::give_event;
pub use in_the_way::in_the_way_of;
pub(super) use lapse::{events_to_follow, let_places_lapse};
pub use list::events_for;
pub use page::{event_at, event_room};
pub use record::{event_record_at, save_event_record};
pub(super) use remind::{events_to_remind_of, forget_past_reminders, remind};
pub use walk_in::add_walk_in;
