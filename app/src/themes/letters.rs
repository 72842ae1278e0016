//! What whoever raised a theme is written: that it was answered, and neither the theme nor the answer; and what those are who gather themes.

use crate::messages::{Leads, NewMessage};
use crate::paths;
use crate::people::PersonId;

/// To somebody who raised a theme and wants to know what became of it.
pub(crate) fn theme_answered(to: PersonId, origin: &str) -> NewMessage {
    NewMessage {
        to,
        leads: Leads::AsWritten,
        subject: "What became of a theme that you raised".to_owned(),
        body: format!(
            "Hello\n\nThe Centre has answered a theme that you raised from your supervision groups. What became of it is on your page:\n\n{origin}{}\n\nThank you for raising it. Nobody at the Centre sees that it was you.\n\nThe Centre",
            paths::MY_THEMES
        ),
    }
}

/// To a coordinator, where for a year nobody was asked what the community takes up next.
pub(super) fn time_to_ask(to: PersonId, origin: &str) -> NewMessage {
    NewMessage {
        to,
        leads: Leads::AsWritten,
        subject: "It is time to ask the members what is taken up next".to_owned(),
        body: format!(
            "Hello\n\nFor a year nobody has been asked what the community should take up next. Please write a post in a space for everybody, and add a poll below it that says that it is about this:\n\n{origin}{}\n\nThe poll, and how it went, then stand on “You said, we did”:\n\n{origin}{}\n\nEvery coordinator is sent this message, once a year at most. One of you is enough.\n\nThe Centre",
            paths::NEW_THREAD,
            paths::IMPROVEMENTS
        ),
    }
}
