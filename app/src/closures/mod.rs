//! Closures: days on which the Centre is closed, beside the bank holidays that the engine knows.
//!
//! Words: a *closure* has a first and a last day and a name that everybody reads where a date of theirs is skipped; a session *falls into* it if it
//! is published, still to come and on one of its days. Invariants: the same days are closed once; a closure moves and cancels nothing by itself, so
//! whoever enters one is shown every session that falls into it before it is saved, and [`crate::availability`] lists each as a conflict until it is
//! moved or cancelled; a series steps over the closures that are known when its dates are shown, and what was published stays as it was.

mod model;

mod answers;
mod forms;

mod api;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
mod form_view;
#[cfg(feature = "ssr")]
mod view;

#[cfg(test)]
pub mod fixture;

pub use api::ASKS;
pub use model::ClosureId;

#[cfg(feature = "ssr")]
pub use form_view::{ChangeClosurePage, NewClosurePage};
#[cfg(feature = "ssr")]
pub use view::ClosuresPage;
