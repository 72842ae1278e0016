//! Polls: times put to a group, or to named people, who say which suit them; and from one of them, a series.
//!
//! Words: an *organiser* offers up to twenty *times*, of a week or on dates; whoever is asked *answers* each with yes, if need be or no, by a
//! *link* of their own that needs no password; a poll is *open* until it closes. Invariants: a link opens one person's answers to one poll
//! and nothing else, tells nothing of anybody else, and stops when the organiser takes it back, and when the person leaves the group or may
//! not come in; what is stored of it is a hash; answers can be changed while the poll is open and not afterwards; a poll closes by itself;
//! who answered what is the organiser's to read, and everybody else who plans reads counts; a time becomes the series in one unit of work with
//! the poll's end, as a draft of which nobody is told.

mod model;

mod answers;
mod forms;

mod api;
#[cfg(feature = "ssr")]
mod letters;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
pub mod jobs;

#[cfg(feature = "ssr")]
mod view;

#[cfg(test)]
pub mod fixture;

pub use api::ASKS;
pub use model::{Answer, PollId, PollKind};

#[cfg(feature = "ssr")]
pub use view::{AnswerPage, NewPollPage, PollPage, PollsPage};
