//! What is added when an invitation is sent: who sends it, and to whom.

use crate::content::Content;
use crate::invitation::Method;

/// Where the two lines go. It cannot stand in a value, which never begins a line.
const BEGINS: &str = "\r\nBEGIN:VEVENT\r\n";

/// An invitation with its sender and its one recipient, which it needs to be one (RFC 5546, section 3.2.2).
///
/// No answer is asked for: a place is kept until apologies are sent in Reverie, and declining in a calendar tells nobody.
pub fn addressed(invitation: &str, sender: &str, recipient: &str) -> String {
    let mut lines = Content::default();
    lines.line(format_args!("ORGANIZER;CN=Reverie:mailto:{}", plain(sender)));
    lines
        .line(format_args!("ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:{}", plain(recipient)));
    let lines = lines.into_text();
    invitation.replace(BEGINS, &format!("{BEGINS}{lines}"))
}

/// An address on one line, whatever was put into it.
fn plain(address: &str) -> String {
    address.chars().filter(|character| !character.is_control() && !character.is_whitespace()).collect()
}

/// What an invitation says that it is, which the message that carries it has to say as well (RFC 6047, section 2.4).
pub fn method_of(invitation: &str) -> Option<Method> {
    invitation.lines().find_map(|line| line.strip_prefix("METHOD:")).and_then(Method::of_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    const INVITATION: &str = "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    #[test]
    fn every_event_names_the_sender_and_the_recipient_and_nobody_else() {
        let addressed = addressed(INVITATION, "no-reply@reverie.example", "amina@people.example\r\nATTENDEE:mailto:x@y.example");
        assert_eq!(addressed.matches("ORGANIZER;CN=Reverie:mailto:no-reply@reverie.example\r\n").count(), 2);
        assert_eq!(addressed.matches("\r\nATTENDEE;").count(), 2);
        assert_eq!(addressed.matches("\r\nATTENDEE:").count(), 0);
        assert!(addressed.split("\r\n").all(|line| line.len() <= 75), "{addressed}");
    }

    #[test]
    fn what_an_invitation_is_can_be_read_from_it() {
        assert_eq!(method_of(INVITATION), Some(Method::Cancel));
        assert_eq!(method_of("BEGIN:VCALENDAR\r\n"), None);
    }
}
