//! What whoever raised a theme is written: that it was answered, and neither the theme nor the answer.

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
