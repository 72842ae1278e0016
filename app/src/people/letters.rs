//! What people are told about their own record.

use super::model::PersonId;
use crate::messages::NewMessage;

/// To the address that somebody has had until now, so that a change that they did not ask for does not go unseen.
pub fn address_changed(to: PersonId) -> NewMessage {
    NewMessage {
        to,
        subject: "Your email address for Reverie was changed".to_owned(),
        body: "The Centre has put another email address in the place of this one. From now on you sign in with the other address, and messages go there.

If you asked for this, there is nothing to do. If you did not, please phone the Centre’s coordinator today."
            .to_owned(),
    }
}
