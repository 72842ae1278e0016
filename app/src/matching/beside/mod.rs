//! Places beside the supervisor of each group of a round: for a co-supervisor, who leads it too, and for an observer, who is there to learn to lead.
//!
//! Words: the *pool* is everybody who could have such a place, frozen with the round; a place *goes to* the one whom the run has proposed, or whom a
//! coordinator has chosen since. Somebody is a *new supervisor* while no group that they have led is a year old, and only they observe. Invariants: the
//! proposal knows nothing of these places, so that the same question gives the same groups to the byte; nobody has two of them in one round; whoever has
//! one can come at the time of the group, in its way, and may meet everybody in it and whoever else is beside its supervisor; each is asked like the supervisor before they are beside anybody.

mod answers;
mod forms;

#[cfg(feature = "ssr")]
mod places;
#[cfg(feature = "ssr")]
mod pool;
#[cfg(feature = "ssr")]
mod table;

pub use answers::{AboutBeside, BesideLine};
pub use forms::BesideForm;

#[cfg(feature = "ssr")]
pub use places::{Chosen, Places};
#[cfg(feature = "ssr")]
pub use pool::{Asked, Led, pool};
#[cfg(feature = "ssr")]
pub use table::{OnBoard, Table};
