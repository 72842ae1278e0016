//! The real program, run as whoever operates it would: its commands, its server, and what a browser gets from it.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod browser;
mod cluster;
mod installation;
mod line;

mod backups;
mod calendars;
mod coming_in;
mod commands;
mod log;
mod news;
mod places;
mod robustness;
