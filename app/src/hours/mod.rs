//! Hours that count: how much supervision somebody has had, for their own re-registration.
//!
//! Words: hours are *verified* where the supervisor's attendance mark says so, and *self-reported* where somebody logged them for
//! themselves; a *stretch* is the time for which they are added up; an *entry* is one line that somebody logged. Invariants: a session counts
//! once its attendance is finished, and whoever was there for part of it is credited with their minutes; no minute counts twice, whatever overlaps; verified and self-reported hours are
//! shown side by side, and their sum says that it is one; only the person reads them; an entry says with whom in general words alone.
//!
//! Deliberately absent: what any body that registers people counts, and how. The figures are theirs to weigh.

mod intervention;
mod model;
#[cfg(feature = "ssr")]
mod once;

mod answers;
mod forms;

mod api;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
mod table;

#[cfg(feature = "ssr")]
mod form_view;
#[cfg(feature = "ssr")]
mod paper;
#[cfg(feature = "ssr")]
mod view;

pub use answers::Hours;
pub use api::ASKS;
pub use intervention::Intervention;
pub use model::{EntryId, Span, Stretch};
#[cfg(feature = "ssr")]
pub use once::{Attended, COUNTED_ONCE, counted_once};

#[cfg(feature = "ssr")]
pub use form_view::{ChangeHoursPage, LogHoursPage};
#[cfg(feature = "ssr")]
pub use table::hours_table;
#[cfg(feature = "ssr")]
pub use view::HoursPage;
