//! Renewals: what comes after a group's last session, so that no group stops without somebody having decided that it should.
//!
//! Words: a group *runs out* from six weeks before its last planned session on; those who plan are then *asked* to renew, review or end;
//! what they answer, other than by planning the next series, is a *decision* with a day. Invariants: they are asked once for a series, and
//! once more when the day of a decision has passed; a decision holds until its day and no longer, so that a group whose last session is over
//! is listed until it has a later series or has ended; nothing here changes or ends a group by itself.

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

pub use api::ASKS;
#[cfg(feature = "ssr")]
pub use api::groups_you_lead_that_run_out;

#[cfg(feature = "ssr")]
pub use view::{RenewalPage, RenewalsPage};
