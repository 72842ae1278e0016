//! Belonging: who belongs to those whom a space of the community is for, where it is no group's, and so to those who may come to an event at home in it.
//!
//! Words: somebody *belongs* by facts alone: a role, where they work, the work that they bring or supervise, how long they have been here, or a space that
//! they look after; and nobody by any of these before their authority has confirmed that they work there. Invariants: one text says it, which every statement
//! uses; whoever changes such a fact first has it *noted* of the events that have begun who belonged until then, so that what an event counts is decided by the
//! facts of its beginning, whenever the program comes to it.

mod begun;
mod space;

pub use begun::note_who_belonged;
pub use space::STARTING;
pub(crate) use space::{is_in_community, is_meant_by_space, reads_space};
