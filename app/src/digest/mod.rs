//! The digest: what is new in the spaces that somebody chose, in one letter a day or a week.
//!
//! Words: a *digest* is daily or weekly, chosen space by space; whoever has chosen nothing is sent none. Invariants: it says how many posts are new
//! in which thread, never who wrote them nor what; of closed spaces it says that there is something new, and neither where nor what; nothing stands
//! in it that its reader wrote, has read, does not want to hear of or may no longer read; nothing stands in two of them, and nothing is left out,
//! since the moment up to which somebody was told is moved in the unit of work that writes the letter; where there is nothing, there is no letter. It
//! is stopped from the letter itself, without signing in, as often as somebody likes; the address for that names nobody.

mod model;

mod api;
#[cfg(feature = "ssr")]
mod letters;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
pub mod jobs;

#[cfg(feature = "ssr")]
mod view;

pub use api::{ASKS, StopDigest};
pub use model::Rhythm;

#[cfg(feature = "ssr")]
pub use view::{NotificationsPage, StopDigestPage};
