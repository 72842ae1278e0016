//! Matching rounds in the database.

mod company;
mod gather;
mod hours;

mod start;

mod run;

mod list;

mod page;

mod board;

mod levelled;

mod aside;

mod moves;

mod places;

mod by_now;
mod in_hand;

mod asked;

mod available_again;
mod limits;

mod again;

mod beside;

mod rules;

mod what_ifs;

mod row;

mod settled;

#[cfg(test)]
mod available_tests;
#[cfg(test)]
mod beside_tests;
#[cfg(test)]
mod board_tests;
#[cfg(test)]
mod by_now_tests;
#[cfg(test)]
mod company_tests;
#[cfg(test)]
mod levelled_tests;
#[cfg(test)]
mod limits_tests;
#[cfg(test)]
mod taken_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod weekly_tests;

pub use again::{BegunFrom, begun_from, begun_text, round_to_run_again, run_again};
pub use asked::take_board;
pub use beside::{PlacedBeside, choose_beside};
pub use in_hand::board_in_hand;
pub use list::rounds_list;
pub use moves::{move_person, pin_person, take_back, unpin_person};
pub use page::{open_round, round_of, round_text};
pub use rules::rules_of;
pub use run::{Answer, Asked, Progress, TakenRound, Verdict, fail_round, finish_round, give_rounds_up, note_progress, take_round};
pub use settled::{Settled, settled};
pub use start::{Start, freeze_round, round_to_start, start_round, stop_round};
pub use what_ifs::{forget_what_if, suppose};
