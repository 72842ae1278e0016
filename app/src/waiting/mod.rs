//! The waiting list: who asks for supervision, and who is offered a place when one is free.
//!
//! Words: an *entry* is what one person asks for: one kind of supervision, the way to meet, the times that suit, and how *urgent* it is. An
//! *offer* holds a place in a group for five working days; whoever has it *accepts* or *declines* without saying why. Invariants: a person
//! waits once for each kind; they see where they stand as a *band*, never a number, and nobody else who waits; members and open offers of a
//! group together are never more than its places, which the group's own statements settle ([`crate::groups::store`]); whoever has a place
//! waits no more for that kind; whoever waits is reminded of no session. A place that was declined, or was not answered in time, goes on
//! once to the next who fits, and the coordinator who offered it is told.

mod model;

mod fit;

mod answers;
mod forms;
mod where_to;

mod api;
#[cfg(feature = "ssr")]
mod letters;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
pub mod jobs;
#[cfg(feature = "ssr")]
mod table;

#[cfg(feature = "ssr")]
mod fit_view;
#[cfg(feature = "ssr")]
mod form_view;
#[cfg(feature = "ssr")]
mod list_view;
#[cfg(feature = "ssr")]
mod view;
#[cfg(feature = "ssr")]
mod where_view;

pub use answers::Asked;
pub use api::ASKS;
pub use forms::WaitingFilter;
pub use model::{OfferId, PartOfDay, PartOfWeek, Urgency, Way, hold_until};

#[cfg(feature = "ssr")]
pub use fit_view::PeopleWhoFit;
#[cfg(feature = "ssr")]
pub use list_view::WaitingPage;
#[cfg(feature = "ssr")]
pub use table::waiting_table;
#[cfg(feature = "ssr")]
pub use view::{ChangeWaitingPage, MyWaitingPage};
#[cfg(feature = "ssr")]
pub use where_view::WhereToPage;
