//! What a board shows of the places beside supervisors.

use serde::{Deserialize, Serialize};

use crate::people::PersonName;
use crate::sessions::HostRole;

/// A place beside the supervisor of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BesideLine {
    /// What somebody would be in it.
    pub role: HostRole,
    /// To whom it goes, if to anybody.
    pub person: Option<PersonName>,
    /// What is in their way by now, as a sentence.
    pub problem: Option<String>,
}

/// The same with everybody who could have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AboutBeside {
    /// The place.
    pub line: BesideLine,
    /// Why it goes to whom it does, or to nobody.
    pub why: String,
    /// Who could have it and why, the best first; whoever has it is among them.
    pub could: Vec<(PersonName, String)>,
    /// Who could not, and why not.
    pub could_not: Vec<(PersonName, String)>,
}
