//! What a series is called by the database.

use crate::identity::identity;

identity! {
    /// A series of a group.
    SeriesId
}
