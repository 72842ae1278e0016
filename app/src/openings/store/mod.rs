//! Openings in the database.

mod see;

mod ask;

mod answer;
mod tell;

mod file;
mod read;

mod end;

#[cfg(test)]
mod read_tests;
#[cfg(test)]
mod tests;

pub use answer::answer;
pub use ask::{ask, to_ask};
pub(super) use end::end;
pub use file::file;
pub use read::read;
pub use see::{opening, openings};
pub use tell::tell;
