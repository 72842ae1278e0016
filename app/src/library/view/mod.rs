//! The pages of the library.

mod list;

mod item;

mod change;

mod reading_list;

pub use change::{ChangeItemPage, NewItemPage};
pub use item::ItemPage;
pub use list::LibraryPage;
pub use reading_list::{ChangeReadingListPage, NewReadingListPage, ReadingListPage};
