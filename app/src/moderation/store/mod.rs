//! Moderation in the database.

mod report;

mod open;
mod queue;

mod case;
mod files;

mod work;

mod decide;

mod appeal;

mod asked;

mod own;
mod own_one;

mod counts;

#[cfg(test)]
mod naming_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod waiting_tests;

pub use appeal::appeal;
pub(super) use asked::{who_is_asked, write_to};
pub use case::case_shown;
pub use counts::months;
pub use decide::decide;
pub use files::file_of_case;
pub use open::{OpenedCase, open_case};
pub use own::own_reports;
pub use own_one::own_report;
pub use queue::queue_of;
pub use report::{post_to_report, report_post};
pub use work::{add_note, hand_over, pass_on, take_case};
