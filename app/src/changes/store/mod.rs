//! Changes in the database.

mod write;

mod wish;

mod apart;
mod busy;
mod fits;
mod open;
mod page;

mod change;

mod undo;

mod handover;

mod horizon;

#[cfg(test)]
mod tests;

pub use busy::{busy_leaders, busy_times, own_busy_times};
pub use change::{Stored, cancel_series, change_details, change_times};
pub use handover::{Stayed, change_group, what_stays};
pub use horizon::{extend, forget, series_to_extend};
pub use open::{SessionToChange, open_to_cancel, open_to_change};
pub use page::{cancel_page, change_page};
pub use undo::{Undone, undo_change};
