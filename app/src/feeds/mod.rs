//! Other people's calendars: a link by which somebody's own calendar program fetches their sessions, and single sessions as files.
//!
//! Words: a *feed* is what that program fetches; its *link* holds a secret, and whoever has the link has the feed. Invariants: of the
//! secret only a hash is stored, so the link is shown once; somebody has one link at a time, and the one before is over as soon as another
//! is made; a feed holds what its owner's calendar in Reverie holds, without the events that they have not answered, and nobody's name; a link that is over, unknown, or of somebody
//! suspended is answered as if nothing had ever been there. How files are written is settled in the engine `calendar_files`.
//!
//! A feed lags: programs fetch it when they like, often once a day. What is sent by e-mail, and Reverie itself, are the truth.

mod model;

mod api;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
mod view;

#[cfg(test)]
mod followed;
#[cfg(test)]
mod leaks;
#[cfg(test)]
mod reader;
#[cfg(test)]
mod story;

pub use api::{ASKS, FeedAt, SessionFile};
pub use model::FeedAddress;

#[cfg(feature = "ssr")]
pub use view::FeedsPage;
