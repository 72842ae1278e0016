//! What people are written about cover: the session, that somebody else leads it, and nobody's name. Who it is stands on its page.

use crate::availability::Meeting;
use crate::messages::NewMessage;
use crate::people::PersonId;
use crate::ui::{day_and_month, day_month_year, time_range};

fn when(meeting: &Meeting) -> String {
    format!("{}, {}, UK time", day_month_year(meeting.date()), time_range(meeting.starts(), meeting.ends()))
}

/// To a member.
pub(super) fn somebody_else_leads(to: PersonId, meeting: &Meeting) -> NewMessage {
    NewMessage {
        to,
        subject: format!("Another supervisor leads your session on {}", day_and_month(meeting.date())),
        body: format!(
            "Hello\n\nYour supervisor is away, so another supervisor leads your session: {}. It stays at its time and in its room. What you agreed about confidentiality covers that person too.\n\nSign in to Reverie and open the session to see who it is.\n\nThe Centre",
            when(meeting)
        ),
    }
}

/// To the supervisor who leads it now.
pub(super) fn you_cover(to: PersonId, meeting: &Meeting) -> NewMessage {
    NewMessage {
        to,
        subject: format!("You cover a session on {}", day_and_month(meeting.date())),
        body: format!(
            "Hello\n\nYou lead a session in place of its supervisor, who is away: {}. You find it in your calendar, with who is coming. What the group agreed about confidentiality binds you too: please read its agreement on the session’s page. The attendance is yours to mark.\n\nIf you cannot, please tell the Centre’s coordinator.\n\nThe Centre",
            when(meeting)
        ),
    }
}

/// To the supervisor who was to lead it.
pub(super) fn your_session_is_covered(to: PersonId, meeting: &Meeting) -> NewMessage {
    NewMessage {
        to,
        subject: format!("Your session on {} has cover", day_and_month(meeting.date())),
        body: format!(
            "Hello\n\nAnother supervisor leads a session of yours: {}. The members have been told. You find who it is on the session’s page. The group stays yours.\n\nThe Centre",
            when(meeting)
        ),
    }
}
