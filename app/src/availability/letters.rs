//! What supervisors are written about their availability.

use crate::messages::{Leads, NewMessage};
use crate::paths;
use crate::people::PersonId;

/// To a supervisor for whom a coordinator has changed what they had said.
pub(super) fn availability_changed(to: PersonId) -> NewMessage {
    NewMessage {
        to,
        leads: Leads::to(paths::AVAILABILITY),
        subject: "When you can be planned has been changed".to_owned(),
        body: "Hello\n\nA coordinator of the Centre has changed when you can be planned: your hours, a date, your days away, your limits, or what you are qualified to lead. Sign in to Reverie and open Availability to see what stands there now, and to change it if it is not right.\n\nThe Centre".to_owned(),
    }
}
