//! What somebody is written who has changed sessions of their own: nothing that they do not know, and the file that their calendar needs.

use crate::messages::{Leads, NewMessage};
use crate::paths;
use crate::people::PersonId;

/// To whoever has changed sessions that are theirs as well.
pub(super) fn your_own_change(to: PersonId) -> NewMessage {
    NewMessage {
        to,
        leads: Leads::to(paths::CALENDAR),
        subject: "For your own calendar: sessions that you have changed".to_owned(),
        body: "Hello\n\nYou have changed sessions in Reverie. This message holds nothing but the change for your own calendar, so that it shows them as they are now. If you keep your calendar by hand, you can leave it.\n\nThe Centre".to_owned(),
    }
}
