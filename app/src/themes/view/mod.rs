//! The pages of themes.

mod own;

mod gathering;
mod improvements;

pub use gathering::{GatheredPage, ThemesPage};
pub use improvements::ImprovementsPage;
pub use own::MyThemesPage;
