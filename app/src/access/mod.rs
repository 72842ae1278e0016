//! Who may do what, and how people prove who they are.
//!
//! Words: an *actor* is a person whose permission has been checked; a *sign-in* is a device on which somebody has proved who they are
//! (never called a session, which is always a supervision session here). Invariants: the database is reached through an [`Actor`] that
//! [`require`] returns, or through one of two other doors that can be searched for by name, [`anyone`] and [`system`]; a role or a
//! permission missing from the [`matrix`] is refused. Relations (whose group, whose note) are checked in the statement that reads.

mod asks;
mod matrix;
mod role;

#[cfg(feature = "ssr")]
mod actor;
#[cfg(feature = "ssr")]
mod cookie;
#[cfg(feature = "ssr")]
mod recognise;
#[cfg(feature = "ssr")]
mod visit;

pub use asks::{Asks, asks, asks_nothing};
pub use matrix::{Permission, holders, holders_in_words, may};
pub use role::{Role, Roles};

#[cfg(feature = "ssr")]
pub use actor::{Actor, Anyone, System, anyone, require, require_of, system};
#[cfg(feature = "ssr")]
pub use cookie::{hand_over, notice_cookie, remember, remembered, sign_in_cookie, take_back};
#[cfg(feature = "ssr")]
pub use recognise::{digest, is_still_let_in};
#[cfg(feature = "ssr")]
pub use visit::{
    ANSWER, GO_TO, NOTICE, Premises, SignedIn, Undo, Visit, VisitorName, answer_here, go_to, go_to_with_undo, page_day, page_visit, stay,
};
