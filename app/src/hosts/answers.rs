//! What the page of a session's hosts shows.

use serde::{Deserialize, Serialize};

use crate::people::PersonName;
use crate::sessions::answers::SessionHead;

/// The hosts of a session, and who could be added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownHosts {
    /// What and when, with the hosts that it has.
    pub head: SessionHead,
    /// Whoever is free at the time.
    pub free: Vec<PersonName>,
}
