//! Cover: somebody else leads sessions while their supervisor is away.
//!
//! Words: a session *needs cover* when whoever leads it is away on its day, is suspended, or supervises no longer, and when it stayed with them though
//! its group was handed over; a *cover* is the supervisor who leads it instead. Invariants: cover is for one session, and the group keeps its supervisor; whoever covers is qualified and
//! free for it when it is given to them, and may be in one group with those who come; two who are asked at once do not both get it, nor does one get two sessions at once; the members
//! are told who leads instead, in a word why (leave, training, or that the supervisor is not available; never more), and that what they agreed about confidentiality binds
//! that person too; the attendance is then marked by the one who led. Cover can be given back while the session is ahead. Who is proposed
//! to lead a group is told by the same standing.

mod answers;
pub mod forms;

mod api;

#[cfg(feature = "ssr")]
mod letters;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
mod lead_view;
#[cfg(feature = "ssr")]
mod list_view;
#[cfg(feature = "ssr")]
mod view;

pub use api::ASKS;

#[cfg(feature = "ssr")]
pub use lead_view::{choose_next_supervisor, choose_supervisor};
#[cfg(feature = "ssr")]
pub use list_view::CoverPage;
#[cfg(feature = "ssr")]
pub use view::CoverForPage;
