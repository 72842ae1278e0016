//! The engine against its specification.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking, and so do the functions that it calls"
)]

mod rules;

mod board;

mod rerun;

mod optimum;

mod levelling;

mod hostile;

mod checker;
mod rounds;
