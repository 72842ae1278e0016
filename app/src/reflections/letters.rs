//! What a supervisor is written when an entry was shared: that there is one, and neither whose it is nor a word of it.

use crate::messages::{Leads, NewMessage};
use crate::paths;
use crate::people::PersonId;

/// To the supervisor with whom an entry was shared.
pub(super) fn entry_shared(to: PersonId, origin: &str) -> NewMessage {
    NewMessage {
        to,
        leads: Leads::AsWritten,
        subject: "Something was shared with you".to_owned(),
        body: format!(
            "Hello\n\nSomebody whom you supervise has shared an entry of their reflective log with you. It can be taken back at any time, so it may be gone when you look. Sign in to read it:\n\n{origin}{}\n\nPlease keep it between the two of you.\n\nThe Centre",
            paths::SHARED_WITH_ME
        ),
    }
}
