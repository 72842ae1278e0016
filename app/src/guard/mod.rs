//! The guard of families: what somebody writes is looked at for what could identify one, while it is written and before it is kept.
//!
//! Words: a *finding* is a part of a text that looks like an identifier; to *alter* it is to say the same with less. Invariants: nothing is marked
//! that would keep anybody from writing; what is found is shown to the writer alone and stands in no error, log or address; the server looks again
//! at all that is sent, whatever the browser did; a writer who has looked again can say that it is nobody's, since the guard can be wrong.

mod model;

mod island;

#[cfg(feature = "ssr")]
mod view;

pub use island::GuardMarks;
pub use model::{Finding, advice, check, look, name, problem};

#[cfg(feature = "ssr")]
pub use view::{GuardRules, Guarded};
