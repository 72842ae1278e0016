//! What people are written about an agreement: that it waits for them, and not a word of what it says.

use crate::messages::{Leads, NewMessage};
use crate::paths;
use crate::people::PersonId;

/// To somebody who is asked to agree to a text.
pub(crate) fn please_agree(to: PersonId, version: i64, slug: &str) -> NewMessage {
    let (subject, what) = if version == 1 {
        ("Please read and agree your supervision agreement", "An agreement for one of your supervision groups waits for you.")
    } else {
        (
            "Your supervision agreement has a new text: please read it",
            "A new text of the agreement of one of your supervision groups waits for you. Until everybody has agreed, the text before stays in force.",
        )
    };
    NewMessage {
        to,
        leads: Leads::To(paths::agreement(slug)),
        subject: subject.to_owned(),
        body: format!(
            "Hello\n\n{what} Sign in to Reverie, read it, and say that you agree. If there is something that you cannot agree to, speak with the supervisor or the Centre’s coordinator first.\n\nThe Centre"
        ),
    }
}
