//! How an open page hears that something has changed, and brings itself up to date; and how it turns over to the page before or after.
//!
//! Words: *news* is that something has been changed, by whomever and in whichever process; a page *listens* while it is in view. Invariants: news
//! says that there is some and nothing else, so that it tells nobody of what they may not see; what a page then shows is what the server answers
//! to its reader, at its own address; nothing that was changed is missed, since every change is in the audit log, and its end is what is
//! looked at; what somebody is typing, has in hand or has the focus on stays; whoever would no longer be let in hears nothing more. Without
//! scripts a page is as old as it is.

#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
mod view;

mod island;
mod merge;
mod page;
mod turning;

pub use island::Listening;
pub use turning::{Turning, turn_to};

#[cfg(feature = "ssr")]
pub use view::{KeptUpToDate, is_asked_again};

/// What the server says when there is news, with nothing more to it.
pub const CHANGED: &str = "changed";
/// What it says before it ends, to whoever would no longer be let in.
pub const ENDED: &str = "ended";
/// What a page that shows what people write to one another says that it is about; every other page is about the work.
pub const TALK: &str = "talk";
/// What is fired in the window of a page whose content was brought up to date.
pub const UPDATED: &str = "updated";
/// The header by which a page is asked for once more by the browser alone: nobody has opened it, so that it takes no notice away and is not
/// the view that was used last.
pub const AGAIN: &str = "x-again";
