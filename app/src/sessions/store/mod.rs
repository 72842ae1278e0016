//! Sessions in the database. Everything but the lists goes through [`open_session`], which lets in those whom it belongs to.

mod hosts;
mod leader;
mod open;

mod page;
mod participants;

mod apologies;
mod apologies_until;

mod actions;
mod correction;
mod group_actions;
mod moment;
mod record;

mod cancel;
mod history;
mod to_mark;

#[cfg(test)]
mod open_tests;

pub(crate) use leader::is_leader_there;
pub use open::{OpenedSession, open_session, open_session_of_day};

pub use page::{room_address, session_at};

pub use apologies::{place_at, send_apologies, withdraw_apologies};
pub use apologies_until::{send_apologies_until, withdraw_together};

pub use actions::{finish_action, save_actions};
pub use correction::correct_attendance;
pub use group_actions::{GroupWithActions, finish_in_group, group_actions, open_group_with_actions, reopen_in_group};
pub use moment::check_open_to_record;
pub use record::{record_at, save_record};

pub use cancel::{cancel_session, cancellation_of};
pub use history::history_of;
pub use to_mark::{chase, sessions_to_chase, sessions_to_mark};
