//! The bridge from groups to the Centre: what supervisors hear again and again, and what became of it.
//!
//! Words: a supervisor *raises* a theme in words that name nobody; coordinators *gather* what belongs together under one title, with everybody's
//! words kept; a gathered theme is *decided*: it becomes a resource, an event or a line of the *improvement log*, or is set aside with a reason.
//! Invariants: no group is kept with a theme; who raised one is kept only where they want to be told, and no page, list or statement of the office
//! reads it; whoever raised a theme is written to once, when it is decided; coordinators are written to once a year at most
//! that nobody was asked what is taken up next; a theme belongs to one gathered theme at most; a number of groups below
//! five is told to nobody but coordinators.

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
pub use forms::{DecisionForm, GatherForm, ThemeForm};
pub use model::{GatheredId, ImprovementId, Outcome, ThemeId, Work};

#[cfg(feature = "ssr")]
pub use view::{GatheredPage, ImprovementsPage, MyThemesPage, ThemesPage};
