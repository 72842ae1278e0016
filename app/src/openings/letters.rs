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

/// Where somebody reads by whom a closed space was opened.
#[derive(Clone, Copy, Debug)]
pub(crate) enum WhereItStands<'a> {
    /// At the head of the space, which they read.
    AtItsHead(&'a str),
    /// On their own page of what was opened of theirs, since they have left the group.
    OnTheirPage(&'a str),
}

/// To a member or the supervisor of a group whose closed space was opened, or to whoever has left it and has written there.
pub(crate) fn space_opened(to: PersonId, (from, until): (NaiveDateTime, NaiveDateTime), stands: WhereItStands<'_>) -> NewMessage {
    let (group, whose, what, stands) = match stands {
        WhereItStands::AtItsHead(link) => (
            "one of your groups",
            "one of your supervision groups",
            "it,",
            format!("By whom and why stands at the head of the space: {link}"),
        ),
        WhereItStands::OnTheirPage(link) => (
            "a group that you have left",
            "a supervision group that you have left",
            "it, and what you have written there,",
            format!("By whom stands on your page, where you see who has opened what of yours: {link}"),
        ),
    };
    NewMessage {
        to,
        leads: Leads::AsWritten,
        subject: format!("The space of {group} was opened on {}", day_and_month(from.date())),
        body: format!(
            "Hello\n\nThe clinical lead and the safeguarding lead of the Centre have opened the closed space of {whose} together, for somebody’s safety. The two can read {what} and nothing more, from {}, {}, until {}, {}.\n\n{stands}\n\nThe Centre",
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
