//! What whoever looks after a space is written. It says nothing of what was written, nor by whom or where.

use crate::messages::NewMessage;
use crate::paths;
use crate::people::PersonId;

/// To whoever can look at a post that waits.
pub(super) fn post_waits(to: PersonId, origin: &str) -> NewMessage {
    NewMessage {
        to,
        subject: "A post waits to be looked at".to_owned(),
        body: format!(
            "Hello\n\nA post in the community is shown to others once somebody has looked at it, and you are one of those who can. Please do so within one working day.\n\n{origin}{}\n\nThe Centre",
            paths::MODERATION
        ),
    }
}
