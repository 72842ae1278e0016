//! The demonstration: people, groups and a year of sessions that were never real, drawn from a seed.
//!
//! Words: the *cast* is everybody invented; a *face* is the one person of each role whom the sign-in page offers; a *plan* is all of it,
//! before any of it is stored. Invariants: the same seed invents the same people, and on the same day the same everything; nobody here
//! exists, and every address ends in `.example`, which no mail can reach (RFC 2606); a database that holds people is left alone. It writes
//! the tables of every capability directly, since a year of sessions one form at a time would take an hour.

mod cast;
mod draw;
mod load;
mod plan;
mod register;

mod agreements;
mod diary;
mod groups;
mod sessions;

mod attendance;
mod availability;
mod busy;
mod clinics;
mod community;
mod community_rows;
mod digest;
mod drafts;
mod events;
mod hours;
mod learning;
mod moderation;
mod news;
mod openings;
mod polls;
mod reflections;
mod registration;
mod themes;
mod waiting;

mod asking;

mod store;

pub use load::{LoadError, Loaded, load};
pub use plan::Size;
