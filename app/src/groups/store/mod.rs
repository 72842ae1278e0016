//! Groups in the database.

mod open;

pub use open::{OpenedGroup, Relation, open_group};
