//! Matching rounds: from registrations to groups that are proposed. The engine is [`::matching`]; here is what it is given, and what is kept.
//!
//! Words: a *round* is one question to the engine, frozen: who takes part, the rules and weights, the seed and how many *steps* it works; a
//! *proposal* is its answer; a *criterion* is something in which groups should be alike or mixed; a round can have the *weakest group first*, so that its proposal is *levelled* after the search; a *weekly* round is one whose groups meet
//! in each of the two weeks of which people say when they are free, so that its file has one week alone; an *obstacle* is why somebody who was looked at
//! does not take part; the *limits* of a round are the needs that its groups meet, the places of one authority and the share of a contract; a *what-if* is the question of a round with something supposed, worked on like a round and no round: it has a number below nought and no address, and can be deleted. Invariants: neither the question nor the
//! answer of a round is ever changed, and the same question gives the same answer to the byte; a supervisor without every clearance until the
//! last day, two people of whom one manages the other, two who are kept apart, and somebody who is suspended or held are never proposed together or
//! at all, and nobody can override that; one process works on a round at a time, and another takes it over where it died; a proposal is
//! support for a decision, and makes no group; a rule that can be turned off is turned off with a reason, which is kept; when a round is run
//! again, whoever has a place stays in it unless somebody says otherwise, and whoever was asked and has not declined stays in any case and is
//! not moved by hand; whoever is suspended or held since has no part in it, unless they were asked. Who is kept apart or together, and what somebody needs to
//! take part, stands in no file of a round; no authority has more places than a round allows, for which those beyond are left out before the engine is asked; a profession, a language or a setting counts only where whoever has it lets it be used.

mod model;

mod limits;
mod mixes;

mod levelling;
mod needs;

mod beside;
#[cfg(feature = "ssr")]
mod board;
#[cfg(feature = "ssr")]
mod bounded;
#[cfg(feature = "ssr")]
mod candidates;
#[cfg(feature = "ssr")]
mod company;
#[cfg(feature = "ssr")]
mod facts;
#[cfg(feature = "ssr")]
mod kinds;
#[cfg(feature = "ssr")]
mod quota;
#[cfg(feature = "ssr")]
mod rules;
#[cfg(feature = "ssr")]
mod taken;
#[cfg(feature = "ssr")]
mod weekly;
#[cfg(feature = "ssr")]
mod wishes;

#[cfg(feature = "ssr")]
mod what_if;

#[cfg(feature = "ssr")]
mod points;
#[cfg(feature = "ssr")]
mod times_in_common;
#[cfg(feature = "ssr")]
mod words;

mod answers;
mod forms;
mod runs;

mod hands;

mod api;
#[cfg(feature = "ssr")]
mod file;
#[cfg(test)]
pub mod fixture;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
pub mod jobs;

#[cfg(feature = "ssr")]
mod view;

pub use api::ASKS;
pub use forms::{RoundAddress, RoundForm};
pub use model::{MeetsEvery, Part, RoundId, RoundState};

#[cfg(feature = "ssr")]
pub use candidates::{ident, not_cleared_until};
#[cfg(feature = "ssr")]
pub use file::{RoundFileAddress, begun_file, board_file, instance_file, proposal_file};
#[cfg(feature = "ssr")]
pub use rules::usual_rules;
#[cfg(feature = "ssr")]
pub use view::{AgainPage, NewRoundPage, RoundPage, RoundRulesPage, RoundsPage};
#[cfg(feature = "ssr")]
pub use words::{said_of, urgency_in_words};
