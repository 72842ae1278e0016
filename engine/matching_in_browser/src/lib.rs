//! The engine of groups as scripts of a page call it: the same code as on the server, so that the same question gets the same answer.
//!
//! What the product loads, on the page of a round alone, is a board in somebody's hand. With the feature `rounds` whole rounds are matched, which
//! `script/bench matching` measures beside the native engine.

#[cfg(feature = "board")]
mod board;
#[cfg(feature = "rounds")]
mod rounds;

#[cfg(feature = "board")]
pub use board::BoardInHand;
#[cfg(feature = "rounds")]
pub use rounds::Round;
