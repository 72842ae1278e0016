//! Availability and conflicts in the database.

mod open;

mod said;

mod change;

mod page;

mod qualified;

mod known;

mod rules;

mod conflicts;

mod unfit;

mod kept;
mod plan;

mod shut;

mod free;

mod other;

#[cfg(test)]
mod beside_tests;
#[cfg(test)]
mod event_tests;
#[cfg(test)]
mod hosting_tests;
#[cfg(test)]
mod tests;

pub use change::{add_hours, add_leave, remove_date, remove_hours, remove_leave, set_date, set_limits, set_week};
pub use conflicts::{conflicts_page, keep_conflict, open_conflicts};
pub use free::{FreeSupervisor, free_supervisors, supervisors_in_week};
pub use kept::{Kept, forget_kept, put_back};
pub use known::{Whose, known_for};
pub use open::{OpenedAvailability, open_availability, open_availability_to_read};
pub use other::{EventPlan, EventVerdict, forget_beside_event, judge_event, judge_hosts, keep_beside_event};
pub use page::availability_page;
pub use plan::{Proposal, ProposedSession, keep_warned, refuse_or_warn, refuse_or_warn_together, take_supervisor, take_supervisors};
pub use qualified::{qualified, set_qualifications};
pub use rules::{change_rules, levels, rules};
pub use said::{leave_from, leave_of_supervisors, said_from};
pub use shut::{ShutTime, StoredSession, shut_to_leaders, shut_to_new, shut_to_stored};
pub use unfit::{AwayFrom, away_from_sessions, unfit_sessions};
