//! Groups in the database.

mod open;

mod chain;

pub use chain::chain_above;
pub use open::{OpenedGroup, Relation, open_group};
