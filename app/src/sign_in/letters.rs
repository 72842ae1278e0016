//! The messages by which people come in. A subject names the thing and nobody; a body holds one link and no word of another person.

use crate::messages::{Leads, NewMessage};
use crate::paths;
use crate::people::PersonId;

/// An invitation to choose a password.
pub fn invitation(to: PersonId, link: &str) -> NewMessage {
    letter(
        to,
        Leads::LetsIn,
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
        Leads::LetsIn,
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
        Leads::LetsIn,
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
        Leads::to(paths::PASSWORD),
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
        Leads::to(paths::ONE_TIME_CODE),
        "Your one-time codes for Reverie were removed",
        "An administrator of the Centre has removed the one-time codes of your account, because your phone is lost, and signed you out everywhere. The next time you sign in with your password, you set up a new phone.

If you did not ask for this, choose a new password on the sign-in page, under “I have forgotten my password”, and phone the Centre today.",
    )
}

/// Word that one-time codes come from another phone now, or that there are other recovery codes.
pub fn codes_changed(to: PersonId) -> NewMessage {
    letter(
        to,
        Leads::to(paths::ONE_TIME_CODE),
        "Your one-time codes for Reverie were changed",
        &format!(
            "The one-time codes of your account at Reverie were set up a moment ago, or its recovery codes were made anew.\n\n{IF_NOT_YOU}"
        ),
    )
}

/// Word that codes are not asked for any more.
pub fn codes_stopped(to: PersonId) -> NewMessage {
    letter(
        to,
        Leads::to(paths::ONE_TIME_CODE),
        "Your one-time codes for Reverie were stopped",
        &format!("Your account at Reverie does not ask for a one-time code any more.\n\n{IF_NOT_YOU}"),
    )
}

/// Word that a recovery code let somebody in.
pub fn recovery_code_used(to: PersonId) -> NewMessage {
    letter(
        to,
        Leads::to(paths::ONE_TIME_CODE),
        "A recovery code was used to sign in to Reverie",
        &format!(
            "Somebody signed in to your account at Reverie a moment ago with your password and a recovery code. The code does not work again.\n\n{IF_NOT_YOU}"
        ),
    )
}

/// Word that somebody who knows the password tries codes.
pub fn codes_tried(to: PersonId) -> NewMessage {
    letter(
        to,
        Leads::to(paths::PASSWORD),
        "Wrong codes were entered for your account at Reverie",
        &format!(
            "Somebody signed in to your account with your password, and then entered a wrong code again and again. For now, nobody can sign in to it with a code.\n\n{IF_NOT_YOU}"
        ),
    )
}

/// What to do about a message that comes as a surprise.
const IF_NOT_YOU: &str = "If it was you, there is nothing to do.
If it was not, choose a new password on the sign-in page, under “I have forgotten my password”, and tell the Centre’s coordinator.";

fn letter(to: PersonId, leads: Leads, subject: &str, body: &str) -> NewMessage {
    NewMessage { to, leads, subject: subject.to_owned(), body: body.to_owned() }
}
