//! The messages by which people come in. A subject names the thing and nobody; a body holds one link and no word of another person.

use crate::messages::NewMessage;
use crate::people::PersonId;

/// An invitation to choose a password.
pub fn invitation(to: PersonId, link: &str) -> NewMessage {
    letter(
        to,
        "Your invitation to Reverie",
        &format!(
            "You are invited to Reverie, where the National Centre for Supervision of Parent-Infant Relationships plans and holds supervision.

Open this link and choose a password:

{link}

The link works once, for 14 days. After that, ask the Centre’s coordinator for a new one.
If you did not expect this, you can leave it: nothing happens until the link is used."
        ),
    )
}

/// A link to choose a new password.
pub fn reset(to: PersonId, link: &str) -> NewMessage {
    letter(
        to,
        "A new password for Reverie",
        &format!(
            "Somebody asked for a new password for your account at Reverie. If it was you, open this link and choose one:

{link}

The link works once, for one hour. Choosing a new password signs you out on every device.
If it was not you, you can leave this: your password stays as it is."
        ),
    )
}

/// A link to sign in with.
pub fn sign_in_link(to: PersonId, link: &str) -> NewMessage {
    letter(
        to,
        "Your link to sign in to Reverie",
        &format!(
            "Open this link to sign in to Reverie:

{link}

The link works once, for 15 minutes. If you did not ask for it, you can leave this: nobody can sign in without the link."
        ),
    )
}

/// Word that the password is another one now.
pub fn password_changed(to: PersonId) -> NewMessage {
    letter(
        to,
        "Your password for Reverie was changed",
        "The password of your account at Reverie was changed a moment ago, and your other devices were signed out.

If it was you, there is nothing to do.
If it was not, choose a new password on the sign-in page, under “I have forgotten my password”, and tell the Centre’s coordinator.",
    )
}

/// Word that codes from the phone so far are not asked for any more.
pub fn codes_forgotten(to: PersonId) -> NewMessage {
    letter(
        to,
        "Your one-time codes for Reverie were removed",
        "An administrator of the Centre has removed the one-time codes of your account, because your phone is lost, and signed you out everywhere. The next time you sign in with your password, you set up a new phone.

If you did not ask for this, choose a new password on the sign-in page, under “I have forgotten my password”, and phone the Centre today.",
    )
}

fn letter(to: PersonId, subject: &str, body: &str) -> NewMessage {
    NewMessage { to, subject: subject.to_owned(), body: body.to_owned() }
}
