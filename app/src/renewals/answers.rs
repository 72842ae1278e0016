//! What the pages of renewals show.

use serde::{Deserialize, Serialize};

use crate::groups::{Rhythm, RunningOut};

/// What can come after a group's last session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenewalPage {
    /// The group, its last session, and what was decided.
    pub running_out: RunningOut,
    /// Who can see the page.
    pub audience: String,
    /// When the next series would begin, in the rhythm of the last.
    pub next: Rhythm,
    /// The form of the next series, with the answers of the last.
    pub form_of_next: String,
    /// Whether the reader may end the group.
    pub may_end: bool,
    /// The version of the decision that is shown; nought where there is none.
    pub version: i64,
}
