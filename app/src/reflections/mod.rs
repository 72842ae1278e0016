//! The reflective log: what somebody writes for themselves between two visits, and may share with their supervisor, one entry at a time.
//!
//! Words: an *entry* has a title and what was written to each *prompt*, all of which can be left out but one; it may be about a *session*. An
//! entry is *shared* with one supervisor until it is *taken back*. Invariants: nobody but the writer reads an entry, whatever their role, and
//! there is no way to break in; title and text are sealed for the row and its writer ([`crate::sealing`]), and stand nowhere else, in no search,
//! message or log; whoever it is shared with reads it only while it is shared and only while they lead a group that the writer is in, both of which
//! the statement asks; what was taken back looks as if it had never been. What was removed can be put back for an hour, and is gone for good then.
//!
//! Deliberately absent: what the audit log says of other capabilities, which entry it was and what was done to it. That somebody keeps a log is all
//! that it says.

mod model;

mod answers;
mod forms;

mod api;
mod island;
#[cfg(feature = "ssr")]
mod letters;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
pub mod jobs;
#[cfg(feature = "ssr")]
mod text;

#[cfg(feature = "ssr")]
mod view;

pub use api::ASKS;
pub use forms::EntryForm;
pub use model::{ReflectionId, Words};

#[cfg(feature = "ssr")]
pub use text::{log_as_data, log_as_text};
#[cfg(feature = "ssr")]
pub use view::{NewReflectionPage, ReflectionPage, ReflectionsPage, SharedEntryPage, SharedPage};
