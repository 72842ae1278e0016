//! What people are written about what was reported and decided. It says nothing of what was written, nor by whom or where.

use super::model::Outcome;
use crate::messages::NewMessage;
use crate::paths;
use crate::people::PersonId;

/// To whoever can decide about a post that was reported.
pub(super) fn post_reported(to: PersonId, origin: &str) -> NewMessage {
    let body =
        "A post in the community was reported, and you are one of those who can decide about it. Please look at it within one working day.";
    letter(to, "A report waits to be looked at", body, &format!("{origin}{}", paths::MODERATION))
}

/// To whoever can decide again about a post, since the first decision was not theirs.
pub(super) fn decide_again(to: PersonId, origin: &str) -> NewMessage {
    let body = "Somebody has asked that a decision about a post be looked at again, by another person than the one who decided. You are one of those who can.";
    letter(to, "A decision waits to be looked at again", body, &format!("{origin}{}", paths::MODERATION))
}

/// To whoever wrote a post about which something was decided.
pub(super) fn your_post_decided(to: PersonId, outcome: Outcome, code: &str, origin: &str) -> NewMessage {
    letter(to, "A moderator has looked at a post of yours", outcome.told_author(), &format!("{origin}{}", paths::own_report(code)))
}

/// To whoever reported a post about which something was decided.
pub(super) fn your_report_decided(to: PersonId, outcome: Outcome, code: &str, origin: &str) -> NewMessage {
    letter(to, "What became of your report", outcome.told_reporter(), &format!("{origin}{}", paths::own_report(code)))
}

fn letter(to: PersonId, subject: &str, body: &str, link: &str) -> NewMessage {
    NewMessage { to, subject: subject.to_owned(), body: format!("Hello\n\n{body}\n\nMore about it: {link}\n\nThe Centre") }
}
