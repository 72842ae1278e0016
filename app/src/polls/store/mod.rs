//! Polls in the database.

mod open;

mod make;

mod list;
mod page;

mod still_asked;

mod answer;

mod change;
mod close;

mod take;

#[cfg(test)]
mod tests;

pub use answer::{answer_poll, poll_by_link};
pub use change::{close_poll, nudge, revoke_links};
pub(super) use close::{announce, forget_links, polls_to_announce};
pub use list::polls_list;
pub use make::{Asked, make_poll, open_whom_to_ask, poll_to_make};
pub use open::{OpenedPoll, open_poll};
pub use page::poll_page;
pub use take::take_time;
