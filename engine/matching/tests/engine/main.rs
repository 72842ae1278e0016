//! The engine against its specification.

mod rules;

mod optimum;

mod hostile;

mod checker;
mod rounds;
