//! The process: commands, configuration, the router and its layers, and the jobs beside it.
//!
//! A library as well as a program, so that the tests in `server/tests` meet the very router that the program serves.

pub mod commands;
pub mod config;
pub mod router;

mod archive;
mod jobs;
mod keyring;
mod layers;
mod lists;
mod news;
mod outside;
mod site;
