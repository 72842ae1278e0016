//! Search: groups, sessions, people, authorities and pages, by the beginnings of words or by a day, over what the reader may open anyway.
//!
//! Words: what is *found* stands by its kind, each a line that leads to its own page. Invariants: nothing is found that its own page would not
//! open for the reader, and nobody by a word that the reader is not shown, so that neither what is found nor what is not says more than the
//! pages do; what is searched for stands in no address and no log.
//!
//! The words are kept for whoever typed them, for a day, and the address holds what stands for them: `/search?search=k3f9x2mv`. Words in the
//! address itself, `/search?q=`, would put names of people into histories, bookmarks and the logs of whatever stands in between; an answer to the
//! form alone could not be gone back to.

mod model;

mod answers;
mod forms;

mod api;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod store;

#[cfg(feature = "ssr")]
mod view;

pub use api::ASKS;

#[cfg(feature = "ssr")]
pub use pages::addresses_open_to;
#[cfg(feature = "ssr")]
pub use view::SearchPage;
