//! Groups in the database.

mod open;

mod list;
mod page;
mod sessions;

mod chain;

mod ancestry;
mod change;
mod end;
mod members;
mod parties;

pub use chain::{chain_above, upkeep_of};
pub use change::{change_group, create_group};
pub use end::end_group;
pub use list::groups_list;
pub use members::{add_member, members_page, remove_member};
pub use open::{OpenedGroup, open_group, open_group_to_change, open_group_to_plan};
pub use page::{audience, facts_of, group_page, group_to_change, group_to_end, members_of, series_of, supervisor_of, supervisors};
pub use parties::{bring_into_force, take_group};
