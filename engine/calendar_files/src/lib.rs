//! Files for other people's calendars (RFC 5545): feeds, single sessions, and invitations that update and cancel in place (RFC 5546); and what
//! theirs say of when they are busy.
//!
//! Everything here is a pure decision: no I/O, no clock, no database. The writer is our own, since the crates that write calendar files
//! know no `VTIMEZONE`, and stamp what they write with the machine's clock.
//!
//! # Words
//!
//! - A **feed** is what somebody's calendar program fetches again and again: every session on its own, under its own identity.
//! - An **invitation** travels by e-mail and is about one series, or one event that belongs to none. It says `REQUEST` (hold these times) or
//!   `CANCEL` (no longer).
//! - The **sender** and the **recipient** are written into an invitation when it is sent, as they are into the message that carries it.
//!   Until then it names nobody, and is the same for everybody who comes to the same sessions.
//! - A calendar of somebody else's is read for the times at which it is **busy**.
//!
//! # Invariants
//!
//! - **No file names a member**, a supervisor or a place: a place is typed by somebody, and what is typed may hold a name. The title is
//!   neutral unless the owner of a feed has asked for the group's.
//! - **Local time is written**, with the zone's rules beside it, so that 10:00 stays 10:00 on every device; the instants are those of the
//!   [`series`] engine, which other people's readers confirm (`script/check-calendar-files`).
//! - **An identity never changes**: a session's in a feed, a series' in an invitation. A series that is split goes on under two.
//! - **`SEQUENCE` rises** with everything that is sent of a series. It counts seconds, so nobody can forget to count.
//!
//! # Example
//!
//! ```
//! use calendar_files::{Event, Feed, Identity, feed};
//!
//! let session = Event {
//!     identity: Identity(7),
//!     version: 1,
//!     stamped: "2026-09-01T08:00:00Z".parse().unwrap(),
//!     starts: "2026-10-22T10:00:00".parse().unwrap(),
//!     length_minutes: 90,
//!     title: "Supervision session".to_owned(),
//!     location: "Online".to_owned(),
//!     address: "https://reverie.example/sessions/k3f9x2mv".to_owned(),
//!     is_cancelled: false,
//!     alarm_minutes: Some(60),
//! };
//!
//! let file = feed(&Feed { name: "Supervision", events: &[session] });
//!
//! assert!(file.contains("DTSTART;TZID=Europe/London:20261022T100000\r\n"));
//! ```

mod feed;

mod invitation;
mod sending;

mod vevent;

mod uk_zone;

mod content;

mod busy;

pub use busy::{Busy, BusyTimes, NotRead, busy_times};
pub use feed::{Event, Feed, feed, one_session};
pub use invitation::{Invitation, Method, invitation_to, invitations};
pub use sending::{addressed, method_of};
pub use vevent::{Identity, NEUTRAL_TITLE};
