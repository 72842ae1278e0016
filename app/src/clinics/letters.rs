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
            "Hello\n\nYou were waiting for a place at an open clinic. One has become free, and you have it now: {}, {}, UK time.\n\nSign in to Reverie to find the session in your calendar. If you cannot come, please give the place back there, so that the next person waiting can have it.\n\nThe Centre",
            day_month_year(starts.date()),
            clock_time(starts.time())
        ),
    }
}

/// Who is told that a place is free, which is given to nobody unasked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FreeTo {
    /// Everybody, since the session is near.
    AllWhoWait,
    /// Those who asked for another time, or agreed to other terms.
    WhoeverAskedForAnother,
}

impl FreeTo {
    const fn reason(self) -> &'static str {
        match self {
            Self::AllWhoWait => "Since the session is near, nobody is given it unasked",
            Self::WhoeverAskedForAnother => {
                "Since the time of the session or the clinic’s terms have changed after you asked, you are not given it unasked"
            }
        }
    }
}

/// To those who wait, where a place is free that they are not given unasked.
pub(super) fn a_place_is_free(to: PersonId, starts: NaiveDateTime, free_to: FreeTo) -> NewMessage {
    NewMessage {
        to,
        leads: Leads::to(paths::CLINICS),
        subject: format!("A place on {} is free", day_and_month(starts.date())),
        body: format!(
            "Hello\n\nYou are waiting for a place at an open clinic on {}, {}, UK time. One is free now. {}: it is for whoever books it first.\n\nSign in to Reverie and open “Open clinics” if you can come. If you cannot, you need not do anything.\n\nThe Centre",
            day_month_year(starts.date()),
            clock_time(starts.time()),
            free_to.reason()
        ),
    }
}

/// To everybody who waits for a session that does not take place.
pub(super) fn session_closed(to: PersonId, starts: NaiveDateTime) -> NewMessage {
    let day = day_and_month(starts.date());
    NewMessage {
        to,
        leads: Leads::to(paths::CLINIC_WAITS),
        subject: format!("The clinic on {day} was cancelled"),
        body: format!(
            "Hello\n\nYou were waiting for a place at an open clinic on {day}. That session was cancelled for everybody.\n\nYou need not do anything. If it takes place after all, you will be waiting for it again, and we will tell you. To stop waiting, sign in to Reverie, open “Your account”, and from there “Waiting for open clinics”.\n\nThe Centre"
        ),
    }
}

/// To everybody who waits for a session that takes place after they were told that it does not.
pub(super) fn session_open_again(to: PersonId, starts: NaiveDateTime) -> NewMessage {
    let day = day_and_month(starts.date());
    NewMessage {
        to,
        leads: Leads::to(paths::CLINIC_WAITS),
        subject: format!("The clinic on {day} takes place after all"),
        body: format!(
            "Hello\n\nWe wrote to you that the open clinic on {day}, for which you were waiting, was cancelled. It takes place after all, at {}, UK time, and you are still waiting for a place at it.\n\nTo see it, or to stop waiting, sign in to Reverie, open “Your account”, and from there “Waiting for open clinics”.\n\nThe Centre",
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
