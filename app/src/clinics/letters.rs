//! What people are written about places at open clinics: the day and the time, and nobody's name.

use chrono::NaiveDateTime;

use crate::messages::{Leads, NewMessage};
use crate::paths;
use crate::people::PersonId;
use crate::ui::{clock_time, day_and_month, day_month_year};

/// To whoever has booked.
pub(super) fn you_have_a_place(to: PersonId, starts: NaiveDateTime, code: &str) -> NewMessage {
    NewMessage {
        to,
        leads: Leads::To(paths::session(code)),
        subject: format!("Your place on {}", day_and_month(starts.date())),
        body: format!(
            "Hello\n\nYou have a place at an open clinic: {}, {}, UK time. By booking you have agreed to the clinic’s terms.\n\nSign in to Reverie to find the session in your calendar. If you cannot come, please give the place back there, so that somebody else can have it.\n\nThe Centre",
            day_month_year(starts.date()),
            clock_time(starts.time())
        ),
    }
}

/// To the supervisor, where it was late.
pub(super) fn place_given_back(to: PersonId, starts: NaiveDateTime, code: &str) -> NewMessage {
    let day = day_and_month(starts.date());
    NewMessage {
        to,
        leads: Leads::To(paths::session(code)),
        subject: format!("A place was given back for {day}"),
        body: format!(
            "Somebody has given back their place at your open clinic on {day}, after the time for apologies. It counts as late apologies, and the place can be booked again.\n\nSign in to Reverie and open the session to see more.\n"
        ),
    }
}
