//! The real program, run as whoever operates it would: its commands, its server, and what a browser gets from it.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod browser;
#[path = "../../../engine/matching/tests/engine/checker.rs"]
#[expect(clippy::indexing_slicing, reason = "a test fails by panicking, and so do the functions that it calls")]
mod checker;
mod cluster;
mod installation;
mod line;

mod backups;
mod calendars;
mod coming_in;
mod commands;
mod log;
mod matching;
mod news;
mod places;
mod robustness;
