//! What two people at the Centre can open together for somebody's safety, and nobody alone: who wrote a post without their name, and the closed space
//! of a group.
//!
//! Words: a clinical lead or a safeguarding lead *asks* to open something, for an hour, four or twenty-four; somebody else, in the other role, *agrees*
//! or *declines*; until then it *waits*, and can be *taken back*, and what nobody answers *lapses*; while it is open, the two *read*. Invariants: asking
//! and agreeing are two people's, in two roles, which the database checks in the statement that agrees; what is read is read on a page of its own, by
//! those two alone and until the hour that was agreed, and nothing else opens by it: no feed, no search, no posting; what a moderator has hidden stands
//! there, with why, and so do files and polls, and what a post said before it was changed; whoever it concerns is told at once, when, by whom and
//! on what ground, those too who have left a group in which they have written, unless both agreed that telling would put somebody at risk, and then as soon as a safeguarding lead says that it no longer does;
//! asking, answering, taking back, each one's first look, telling and the end stand in the log, without what it was about. Deliberately absent: a third
//! person who may look, and a way to make it longer; whoever needs more time asks again.

mod model;

mod answers;
mod forms;

mod api;
#[cfg(feature = "ssr")]
pub(crate) mod letters;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
pub mod jobs;

#[cfg(feature = "ssr")]
mod view;

pub use api::ASKS;
#[cfg(feature = "ssr")]
pub use api::opened_file;
pub use forms::{AnswerForm, AskForm};
pub use model::{OpeningId, WAITS_DAYS};

#[cfg(feature = "ssr")]
pub use view::{NewOpeningPage, OpeningPage, OpeningsPage, ReadOpenedPage};
