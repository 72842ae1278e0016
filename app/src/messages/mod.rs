//! Messages to people: an outbox, written in the transaction of what it tells of, and sent afterwards.
//!
//! Words: a message is *waiting* until it is *sent* or *given up*; between two attempts it is *put off*. Invariants: a subject says the
//! thing and the date, never who else and never what was written; a body holds no word of another person, but for who leads a session in
//! place of its supervisor and for the titles of threads in a digest that somebody asked for (`feeds/leaks` tries every letter for it); a message that was queued in a committed transaction is sent at least
//! once, whatever dies in between; what was sent keeps no body, since a body may hold a link that lets somebody in. How a message travels
//! (SMTP, a file) is not known here: the server hands that in.
//!
//! What somebody was written is their *news* as well, whether or not mail brought it: the subject, and a page of the product that asks for a sign-in,
//! which every letter names, or says why there is none ([`Leads`]).
//! No news are what lets somebody in, what belongs to the message before, and what was recalled; what may still be taken back is not yet.

mod model;

mod api;
#[cfg(feature = "ssr")]
mod leads;
#[cfg(feature = "ssr")]
mod store;

#[cfg(feature = "ssr")]
pub mod jobs;

#[cfg(feature = "ssr")]
mod news_view;
#[cfg(feature = "ssr")]
mod view;

pub use api::ASKS;
pub use model::ShownMessage;

#[cfg(feature = "ssr")]
pub use leads::{AREAS, Leads};
#[cfg(feature = "ssr")]
pub use news_view::NewsPage;
#[cfg(feature = "ssr")]
pub use store::{NewMessage, Outgoing, Waits, queue, queue_until, queue_way_in, queue_with_calendars, queue_with_stop, recall, take_back};
#[cfg(feature = "ssr")]
pub use view::MailPage;
