//! The pages of the reflective log.

mod log;

mod entry;
mod shared;

pub use entry::{NewReflectionPage, ReflectionPage};
pub use log::ReflectionsPage;
pub use shared::{SharedEntryPage, SharedPage};
