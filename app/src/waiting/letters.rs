//! What people are written about waiting: that a place is held, or no more, and nobody's name.

use chrono::{DateTime, Utc};

use crate::messages::{Leads, NewMessage};
use crate::paths;
use crate::people::PersonId;
use crate::ui::{clock_time, day_and_month, day_month_year};

/// To somebody for whom a place is held.
pub(super) fn place_offered(to: PersonId, until: DateTime<Utc>, origin: &str) -> NewMessage {
    let until = ::series::local(until);
    NewMessage {
        to,
        leads: Leads::AsWritten,
        subject: format!("A place in supervision is held for you until {}", day_and_month(until.date())),
        body: format!(
            "Hello\n\nYou asked the Centre for supervision. A place that fits what you asked for is held for you until {}, {}, UK time.\n\nSign in to see which it is, and say whether you take it: {origin}{}\n\nYou need not say why if you do not. You then stay on the list, where you are.\n\nThe Centre",
            day_month_year(until.date()),
            clock_time(until.time()),
            paths::MY_WAITING
        ),
    }
}

/// To somebody whose offer was taken back.
pub(super) fn offer_withdrawn(to: PersonId) -> NewMessage {
    NewMessage {
        to,
        leads: Leads::to(paths::MY_WAITING),
        subject: "The place in supervision is no longer held for you".to_owned(),
        body: "Hello\n\nThe Centre can no longer hold the place in supervision that it offered to you. You stay on the list, the day on which you asked still counts, and you will be told when another place is free. If you did not expect this, please ask the Centre’s coordinator.\n\nThe Centre".to_owned(),
    }
}

/// To somebody who has not answered.
pub(super) fn offer_ran_out(to: PersonId) -> NewMessage {
    NewMessage {
        to,
        leads: Leads::to(paths::MY_WAITING),
        subject: "The place in supervision is no longer held for you".to_owned(),
        body: "Hello\n\nA place in supervision was held for you, and we have not heard from you, so it goes to somebody else. You stay on the list, the day on which you asked still counts, and you will be told when another place is free. If you are no longer waiting for one, please sign in to Reverie and leave the list.\n\nThe Centre".to_owned(),
    }
}

/// To the coordinator who offered a place that was taken.
pub(super) fn offer_accepted(to: PersonId, link: &str) -> NewMessage {
    NewMessage {
        to,
        leads: Leads::AsWritten,
        subject: "A place that was offered has been taken".to_owned(),
        body: format!("Hello\n\nA place that was offered has been taken. The members, and who else is waiting: {link}\n\nThe Centre"),
    }
}

/// How an offer came to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Whoever had it left the place to somebody else.
    Declined,
    /// Nobody answered in time.
    RanOut,
}

/// To the coordinator who offered a place that was not taken, with the link to the members of its group.
pub(super) fn offer_ended(to: PersonId, outcome: Outcome, is_offered_again: bool, link: &str) -> NewMessage {
    let what = match outcome {
        Outcome::Declined => "was declined",
        Outcome::RanOut => "was not answered in time",
    };
    let next = if is_offered_again {
        "It is now held for the next person on the list who fits."
    } else {
        "Nobody else on the list fits it at the moment, or the place is taken, so it was offered to nobody."
    };
    NewMessage {
        to,
        leads: Leads::AsWritten,
        subject: format!("A place that you offered {what}"),
        body: format!("Hello\n\nA place that you offered {what}. {next}\n\nThe members, and who else is waiting: {link}\n\nThe Centre"),
    }
}
