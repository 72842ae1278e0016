//! Reverie: the application, shared by the server and the browser.
//!
//! One folder per capability. Read them in the order below: each imports only from those above it.

// The browser holds the islands and what they need. The words and rules that pages alone use are dead there, and the linker drops them; in
// the server's build, which has them all, the lint holds.
#![cfg_attr(not(feature = "ssr"), expect(dead_code, reason = "what pages alone use is built for the server"))]

mod identity;

pub mod error;
pub mod paths;

#[cfg(feature = "ssr")]
pub mod database;
#[cfg(feature = "ssr")]
pub mod sealing;
pub mod ui;

pub mod guard;

pub mod access;
pub mod access_log;
pub mod audit;
pub mod messages;

#[cfg(feature = "ssr")]
mod belonging;
#[cfg(feature = "ssr")]
pub mod diaries;
pub mod news;

pub mod sign_in;

pub mod account;
#[cfg(feature = "ssr")]
mod public_pages;

pub mod people;

pub mod authorities;

pub mod groups;

pub mod agreements;
pub mod busy;
pub mod closures;

pub mod availability;
pub mod series;
pub mod sessions;

pub mod changes;
pub mod clinics;
pub mod hosts;

pub mod reminders;
pub mod renewals;

pub mod polls;

pub mod waiting;

pub mod registration;

pub mod holds;

pub mod imports;

pub mod matching;

pub mod asking;

pub mod spaces;

pub mod events;
pub mod moderation;
pub mod openings;

pub mod calendar;

pub mod board;
pub mod cover;
pub mod feeds;
pub mod hours;
pub mod overdue;
pub mod statements;
pub mod today;

pub mod reflections;

pub mod library;

pub mod learning;

pub mod cpd;

pub mod certificates;

pub mod themes;

pub mod digest;
pub mod search;

#[cfg(feature = "ssr")]
pub mod demonstration;

#[cfg(feature = "ssr")]
pub mod downloads;
#[cfg(feature = "ssr")]
pub mod functions;
#[cfg(feature = "ssr")]
mod navigation;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
mod shell;

#[cfg(test)]
mod rooms;

#[cfg(feature = "ssr")]
pub use routes::App;
#[cfg(feature = "ssr")]
pub use shell::document;

/// Names every island, so that the linker keeps them: the page calls them by name, which the compiler cannot see.
#[cfg(feature = "hydrate")]
pub fn keep_islands() {}
