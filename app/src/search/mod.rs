//! Search: groups, sessions, people, authorities and pages, by the beginnings of words or by a day; posts, events, the library, learning pages, the
//! improvement log and themes, by the words in them; all of it over what the reader may open anyway.
//!
//! Words: what is *found* stands by its kind, each a line that leads to its own page; texts are found by what is *wanted*, and where nothing holds a
//! word as it was typed, by words that may have been *meant*. Invariants: nothing is found that its own page would not open for the reader, and
//! nobody by a word that the reader is not shown, so that neither what is found nor what is not says more than the pages do; a word is only taken to
//! be meant if it stands in something that the reader may read; what is typed is words, and never an operator; what is searched for stands in no
//! address and no log. The index of texts is made by the database itself, in the unit of work of whatever it is made of, and holds nothing that is
//! sealed.
//!
//! The words are kept for whoever typed them, for a day, and the address holds what stands for them: `/search?search=k3f9x2mv`. Words in the
//! address itself, `/search?q=`, would put names of people into histories, bookmarks and the logs of whatever stands in between; an answer to the
//! form alone could not be gone back to.

mod model;
#[cfg(feature = "ssr")]
mod wanted;

mod answers;
mod forms;

mod api;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod store;

#[cfg(feature = "ssr")]
mod view;

pub use api::{ASKS, Search};

#[cfg(feature = "ssr")]
pub use pages::addresses_open_to;
#[cfg(feature = "ssr")]
pub use store::number_by_time;
#[cfg(feature = "ssr")]
pub use view::SearchPage;

/// The address of a search that is kept: of every kind or of one, everywhere or in one space.
#[cfg(feature = "ssr")]
fn address(search: &str, only: Option<answers::Kind>, space: &str, page: i64) -> String {
    let page = if page > 1 { page.to_string() } else { String::new() };
    let kind = only.map_or("", answers::Kind::key);
    crate::ui::address_with(crate::paths::SEARCH, &[("search", search), ("kind", kind), ("space", space), ("page", &page)])
}
