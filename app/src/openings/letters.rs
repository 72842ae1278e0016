//! What people are written about openings: that there is something to read, and nothing of what it is about.

use chrono::NaiveDateTime;

use crate::messages::{Leads, NewMessage};
use crate::people::PersonId;
use crate::ui::{clock_time, day_and_month};

/// To somebody who can agree to what somebody else asks for.
pub(super) fn opening_asked(to: PersonId, until: NaiveDateTime, link: &str) -> NewMessage {
    let day = day_and_month(until.date());
    NewMessage {
        to,
        leads: Leads::AsWritten,
        subject: format!("Please answer a request by {day}"),
        body: format!(
            "Hello\n\nSomebody asks you to agree to opening something that is closed, for somebody’s safety. Nothing is opened unless you agree. Please answer by {day}, {}; what is not answered by then stays closed.\n\nWhat it is about, and why: {link}\n\nThe Centre",
            clock_time(until.time())
        ),
    }
}

/// To whoever asked.
pub(super) fn opening_answered(to: PersonId, link: &str) -> NewMessage {
    NewMessage {
        to,
        leads: Leads::AsWritten,
        subject: "Your request to open something is answered".to_owned(),
        body: format!(
            "Hello\n\nWhat you asked to open together with somebody else has been answered. The answer is on its page:\n\n{link}\n\nThe Centre"
        ),
    }
}

/// To a member or the supervisor of a group whose closed space was opened.
pub(crate) fn space_opened(to: PersonId, (from, until): (NaiveDateTime, NaiveDateTime), link: &str) -> NewMessage {
    NewMessage {
        to,
        leads: Leads::AsWritten,
        subject: format!("The space of one of your groups was opened on {}", day_and_month(from.date())),
        body: format!(
            "Hello\n\nThe clinical lead and the safeguarding lead of the Centre have opened the closed space of one of your supervision groups together, for somebody’s safety. The two can read it, and nothing more, from {}, {}, until {}, {}.\n\nBy whom and why stands at the head of the space: {link}\n\nThe Centre",
            day_and_month(from.date()),
            clock_time(from.time()),
            day_and_month(until.date()),
            clock_time(until.time())
        ),
    }
}

/// To whoever wrote a post without their name that was looked behind.
pub(crate) fn author_seen(to: PersonId, from: NaiveDateTime, link: &str) -> NewMessage {
    NewMessage {
        to,
        leads: Leads::AsWritten,
        subject: format!("A post of yours without your name was looked at on {}", day_and_month(from.date())),
        body: format!(
            "Hello\n\nThe clinical lead and the safeguarding lead of the Centre have opened together, for somebody’s safety, who wrote a post that bears no name. It is yours, so the two know that now, and nobody else does.\n\nBy whom and why stands below the post: {link}\n\nThe Centre"
        ),
    }
}
