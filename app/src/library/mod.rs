//! The library: what is worth reading about parent-infant work and its supervision, described in the Centre's own words.
//!
//! Words: an *item* is a guideline, a paper, a book and the like, with a *link* to where it is; somebody *reviews* it and says when it is *due* for
//! review again; what is *retired* is found by nobody any more; a *reading list* holds items in an order; a *reading* is what somebody says that
//! they have read, and for how long. Invariants: the library links and holds no copy; of each item it is said whose it is and on what terms; who
//! saves or reads what is theirs to know and nobody else's; an item that is changed in the meantime is not overwritten; what stands in
//! `starter.rs` is laid out once, and what people make of it afterwards stays as they made it.
//!
//! Deliberately absent: stars, counts of readers and whatever else would rank.

mod model;

mod answers;
mod forms;

mod api;
#[cfg(feature = "ssr")]
mod starter;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
mod table;

#[cfg(feature = "ssr")]
pub mod jobs;

#[cfg(feature = "ssr")]
mod view;

pub use api::ASKS;
pub use model::{ItemId, ItemKind, ListId};

#[cfg(feature = "ssr")]
pub use table::library_table;
#[cfg(feature = "ssr")]
pub use view::{ChangeItemPage, ChangeReadingListPage, ItemPage, LibraryPage, NewItemPage, NewReadingListPage, ReadingListPage};
