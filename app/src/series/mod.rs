//! Series: the rhythm of a group, from the plan to the sessions that it makes.
//!
//! Words: a *series* repeats every n weeks at a local time of the United Kingdom until it ends; a *skip* is a date of it on which no
//! session is held, with its reason; a series is a *draft* until it is *published*, which makes its sessions. When sessions are held is
//! decided by the engine of the same name, and nowhere else. Invariants: a group without an agreement in force publishes nothing, nor does
//! one whose supervisor has not agreed to it; a series is published once, with all its sessions or none, and so are several that are published together, with one message to each person; a published series is never
//! changed, since its sessions have an identity of their own by then; a draft that is deleted leaves its place in the group empty, so that
//! no address comes to mean another series; the skips that were shown are the skips that are stored, and what is published.

mod model;

mod answers;
pub mod forms;
pub mod outlook;

mod api;

mod words;

#[cfg(feature = "ssr")]
mod opening;

#[cfg(feature = "ssr")]
mod letters;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
mod view;

#[cfg(feature = "ssr")]
mod dates;
#[cfg(feature = "ssr")]
mod group_view;
#[cfg(feature = "ssr")]
mod plan_view;

#[cfg(feature = "ssr")]
mod drafts_view;

mod island;

pub use api::ASKS;
pub use island::DatesWhileAsked;
pub use model::SeriesId;

#[cfg(feature = "ssr")]
pub use drafts_view::DraftsPage;
#[cfg(feature = "ssr")]
pub use group_view::PlanSessionPage;
#[cfg(feature = "ssr")]
pub use opening::{Ends, Opening};
#[cfg(feature = "ssr")]
pub use plan_view::{ChangeSeriesPage, NewSeriesPage};
#[cfg(feature = "ssr")]
pub use view::SeriesPage;
