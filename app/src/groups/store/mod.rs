//! Groups in the database.

mod open;

mod list;
mod page;
mod running_out;
mod sessions;
mod stayed;

mod chain;
mod commitment;

mod ancestry;
mod can_have_place;
mod cancel;
mod candidates;
mod change;
mod end;
mod fit;
mod handover;
mod members;
mod name_key;
mod on_the_day;
mod parties;
mod place_in_series;
mod places;
mod placing;
mod rhythm;

pub use ancestry::below_by_now;
pub(crate) use can_have_place::can_have_place;
pub use cancel::{Cancellation, cancel_one, restore};
pub use candidates::members_page;
pub use chain::{chain_above, upkeep_of};
pub use change::{ChangedGroup, MadeGroup, change_group, create_group, make_group, supervisor_of_code};
pub use commitment::commitment_of;
pub use end::end_group;
pub use handover::HandedOver;
pub use list::{every_group, groups_list};
pub use members::{Placing, add_member, check_may_join, give_place, person_who_may_join, record_place_given, remove_member, take_place};
pub use name_key::keep_name_keys;
pub(crate) use on_the_day::{coming_to_session, is_at_session, is_member_on_the_day, people_of_session};
pub use open::{OpenedGroup, open_group, open_group_to_change, open_group_to_plan};
pub use page::{audience, facts_of, group_page, group_to_change, group_to_end, members_of, series_of, supervisor_of, supervisors};
pub use parties::{bring_into_force, slug_of, take_group};
pub(crate) use place_in_series::place_in_series;
pub(crate) use places::places_taken;
pub use placing::{KeptOut, check_may_be_placed, kept_out_of, people_to_lead, why_not_led};
pub(crate) use running_out::running_out;
pub use running_out::{Whose, groups_running_out, last_session_by, running_out_of};
pub(crate) use stayed::{has_stayed, whose_group};
