//! Cover: somebody else leads sessions while their supervisor is away.
//!
//! Words: a session *needs cover* when whoever leads it is away on its day, is suspended, or supervises no longer; a *cover* is the
//! supervisor who leads it instead. Invariants: cover is for one session, and the group keeps its supervisor; whoever covers is qualified and
//! free for it when it is given to them, and two who are asked at once do not both get it, nor does one get two sessions at once; the members
//! are told that somebody else leads and that what they agreed about confidentiality covers that person too, and never why; the attendance
//! is then marked by the one who led.

mod answers;
mod forms;

mod api;

#[cfg(feature = "ssr")]
mod letters;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
mod list_view;
#[cfg(feature = "ssr")]
mod view;

pub use api::ASKS;

#[cfg(feature = "ssr")]
pub use list_view::CoverPage;
#[cfg(feature = "ssr")]
pub use view::CoverForPage;
