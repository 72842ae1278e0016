//! The library in the database.

mod row;

mod item;
mod list;

mod change;
mod keep;

mod reading_list;

mod lay_out;
mod links;

#[cfg(test)]
mod tests;

pub use change::{add_item, change_item, retire_item, return_item, review_item};
pub use item::item_of;
pub use keep::{forget_reading, let_go, mark_read, save_item};
pub use lay_out::lay_out_library;
pub(crate) use lay_out::put_in;
pub use links::{DueLink, note_link, take_due_link};
pub use list::{every_item, library_for};
pub use reading_list::{keep_reading_list, list_to_change, reading_list_of, remove_reading_list};
