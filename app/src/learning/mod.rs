//! Learning pages: short texts written for the product, each with questions to check oneself by.
//!
//! Words: a *learning page* is read, and *finished* once each of its questions has its right answer; whoever answers otherwise is told why and tries
//! again, as often as they like, and no wrong answer is kept. Invariants: finishing is stored in the moment in which the last right answer is sent,
//! once, with what the page was called and for how long it counted then; who has finished what is theirs to know alone.

mod model;

#[cfg(feature = "ssr")]
mod texts;

mod answers;
mod forms;

mod api;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
mod view;

pub use api::ASKS;

#[cfg(feature = "ssr")]
pub use model::Text;
#[cfg(feature = "ssr")]
pub use texts::{TEXTS, text_of};
#[cfg(feature = "ssr")]
pub use view::{LearningPage, OneLearningPage};
