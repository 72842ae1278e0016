//! Asking: from the groups of a matching round to groups that meet. Nobody is put into a group, or made to lead one, unasked.
//!
//! Words: a coordinator *asks* about a group of a round, which becomes an *asked group* with a *place* for each person who was proposed; each
//! of them, and its supervisor, and whoever would be beside them, *accepts* or *declines* without a reason, and may change that until the group is *made* or *taken back*; a
//! place is *open* again when somebody declines. Invariants: what people were asked about is never changed; a person is asked for one group of
//! a kind at a time, which the database settles; nobody but coordinators learns who answered what, and what somebody reads of the others
//! stays as it was when they were asked, so that it does not tell who declines; a group is made once, of its supervisor and at least the fewest
//! who are enough, in one unit of work: its members, its agreement to sign, its series; each of them gets one letter then, and whoever has
//! declined none; its sessions are published once everybody has agreed, and whoever accepts to be
//! beside its supervisor is added to them then; a group is made without them as well. Members are told that somebody would be, and not who. Two who may not meet by now are in no group that is made, and
//! its first sessions are not published; an answer is never refused for that, since it would tell who else is there. No letter speaks of a round, of other answers or of who is kept apart.

mod model;

mod equity;

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

pub use answers::AskedLine;
pub use api::ASKS;
pub use model::{AsWhat, Reply};

#[cfg(feature = "ssr")]
pub use view::{AnswersPage, AskPage, AskedPage, MakePage};
