//! Authorities: the 75 local authorities that may join, where the Centre stands with each, and what comes next.
//!
//! Words: a *stage* is how far an authority has come in joining; an *owner* is the coordinator who keeps up with it; a *next step* has a
//! date. Invariants: the register is the list in `local_authorities.csv`, entered once and never typed by hand; a code of the Office for
//! National Statistics may change, so it is never the key.

mod model;

mod answers;
mod forms;

mod api;
#[cfg(feature = "ssr")]
mod register;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
mod table;

#[cfg(feature = "ssr")]
mod list_view;
#[cfg(feature = "ssr")]
mod tile_map;
#[cfg(feature = "ssr")]
mod view;

pub use answers::{AuthorityRecord, ListedAuthority, PeopleCounts, Register, Upkeep};
pub use api::ASKS;
pub use forms::{AuthorityForm, NOBODY, NextStep, Progress, ProgressForm, RegisterFilter};
pub use model::{AuthorityId, Stage};

#[cfg(feature = "ssr")]
pub use list_view::AuthoritiesPage;
#[cfg(feature = "ssr")]
pub use register::{Eligible, REGIONS, eligible};
#[cfg(feature = "ssr")]
pub use table::register_table;
#[cfg(feature = "ssr")]
pub use view::AuthorityPage;
