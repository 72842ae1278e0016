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

/// To whoever has waited longest for a place that has become free.
pub(super) fn a_place_is_yours(to: PersonId, starts: NaiveDateTime, code: &str) -> NewMessage {
    NewMessage {
        to,
        leads: Leads::To(paths::session(code)),
        subject: format!("A place on {} is yours", day_and_month(starts.date())),
        body: format!(
            "Hello\n\nYou were waiting for a place at an open clinic. One was given back, and you have it now: {}, {}, UK time.\n\nSign in to Reverie to find the session in your calendar. If you cannot come, please give the place back there, so that the next who waits can have it.\n\nThe Centre",
            day_month_year(starts.date()),
            clock_time(starts.time())
        ),
    }
}

/// To everybody who waits, where it is too late to give somebody a place unasked.
pub(super) fn a_place_is_free(to: PersonId, starts: NaiveDateTime) -> NewMessage {
    NewMessage {
        to,
        leads: Leads::to(paths::CLINICS),
        subject: format!("A place on {} is free", day_and_month(starts.date())),
        body: format!(
            "Hello\n\nYou are waiting for a place at an open clinic on {}, {}, UK time. One is free now. Since the session is near, nobody is given it unasked: it is for whoever books it first.\n\nSign in to Reverie and open “Open clinics” if you can come. If you cannot, you need not do anything.\n\nThe Centre",
            day_month_year(starts.date()),
            clock_time(starts.time())
        ),
    }
}

/// To everybody who waited for a session that does not take place.
pub(super) fn session_closed(to: PersonId, starts: NaiveDateTime) -> NewMessage {
    let day = day_and_month(starts.date());
    NewMessage {
        to,
        leads: Leads::to(paths::CLINICS),
        subject: format!("The clinic on {day} was cancelled"),
        body: format!(
            "Hello\n\nYou were waiting for a place at an open clinic on {day}. That session was cancelled for everybody, so you wait for it no more.\n\nSign in to Reverie and open “Open clinics” to see which sessions have places.\n\nThe Centre"
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
