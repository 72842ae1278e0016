//! Openings in the database.

mod see;

mod ask;

mod answer;
mod take_back;
mod tell;

mod file;
mod read;

mod end;

#[cfg(test)]
mod read_tests;
#[cfg(test)]
mod take_back_tests;
#[cfg(test)]
mod tests;

pub use answer::answer;
pub use ask::{ask, to_ask};
pub(super) use end::end;
pub use file::file;
pub use read::read;
pub use see::{opening, openings};
pub use take_back::take_back;
pub use tell::tell;
