//! The community in the database.

mod readable;
mod row;

mod apart;
mod handling;
mod hiding;
mod opened;

mod open;

mod before;
mod feed;
mod meant;
mod older;
mod own;
mod page;
mod people;
mod saved;

mod holding;

mod start;

mod reply;

mod change;
mod show;
mod steer;

mod attachments;
mod drafts;
mod held_files;
mod marks;
mod polls;

mod keep;

#[cfg(test)]
mod apart_tests;
#[cfg(test)]
mod polls_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod told_tests;

pub(crate) use apart::is_anothers;
pub use apart::{who_wrote_unnamed, write_to_unnamed};
pub use attachments::{AttachedRow, allow_files, attach, file_content, files_in, files_of_draft, remove_file};
pub use before::{EarlierVersions, said_before_in};
pub use change::{Changed, change_post, post_to_change, withdraw_own, withdraw_post};
pub use drafts::{Begun, Desk, draft_at, drop_draft, keep_draft, keep_typed};
pub use feed::{feed, space_shown};
pub use handling::{ask_at_once, ask_to_decide, to_review, who_looks_after};
pub(crate) use handling::{bears_no_name, handles, is_about, is_barred, is_near, may_be_near};
pub use held_files::{drop_held_files, open_held};
pub(crate) use hiding::is_shown;
pub use hiding::{hide_post, show_post_again};
pub(crate) use holding::record_case;
pub use holding::{change_held, withdraw_held};
pub use keep::{change_space, kept_space, kept_spaces, make_space};
pub use marks::{hear_of_thread, mark_all_read, mute_thread};
pub use meant::{Meant, meant_in, named};
pub(crate) use meant::{people_of_codes, to_a_stranger};
pub use open::{OpenedSpace, OpenedThread, open_space, open_thread, spaces_of, starters_since};
pub use opened::told_of;
pub use own::own_posts;
pub use page::thread_shown;
pub(crate) use page::with_names;
pub use people::people_to_mean;
pub use polls::{add_poll, answer_poll, polls_in, topic_votes, topics_last_asked_on, what_becomes_of_poll};
pub(crate) use readable::{author_columns, is_here, may_still_post, readable, readable_but_groups};
pub use reply::reply;
pub use row::AuthorRow;
pub use saved::{forget_post, save_post, saved};
pub use show::show_held;
pub use start::{start_thread, thread_to_start};
pub use steer::steer_thread;
