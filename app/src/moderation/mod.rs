//! Moderation: what members report, what waits to be seen, and what those who look after a space decide about it.
//!
//! Words: whoever can read a post *reports* it, once; all that is reported of a post while nothing is decided is one *case*; a post that waits to be seen
//! is a case too; whoever may decide *handles* it, and one of them *takes* it; they *decide* with a reason; its author and whoever reported it are told,
//! and each may *appeal* once, to somebody who has not decided. Invariants: who handles a case stands in one text (`handles!`), which every statement
//! here asks; for whoever wrote the post, and whoever a report names, a case is not there: not in a list, a count, a letter or the log; of the closed
//! space of a group its supervisor decides alone, and somebody of the Centre sees the reported post, and nothing else of the space, only where the
//! supervisor must not or asks for it; its files they see on the page of the case, and nowhere else by it; of a post without a name nobody who decides is
//! told whose it is, nor by whom they miss; who reported stands nowhere but in their own pages; what a withdrawn post said is gone for those who decide
//! as well; notes are read by those who handle the case; what comes within an hour is one letter to each of those who can decide, and what cannot wait
//! is one at once. Deliberately absent: decisions that a program makes.

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
mod table;

#[cfg(feature = "ssr")]
mod view;

pub use api::ASKS;
pub use forms::{AppealForm, DecisionForm, ReportForm};
pub use model::Outcome;

#[cfg(feature = "ssr")]
pub use api::case_file;
#[cfg(feature = "ssr")]
pub use table::moderation_table;
#[cfg(feature = "ssr")]
pub use view::{CasePage, ModerationPage, OwnReportPage, OwnReportsPage, ReportPage};
