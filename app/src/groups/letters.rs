//! What people are written about a group: that something waits or has changed, and nobody's name.

use chrono::NaiveDateTime;

use crate::messages::{Leads, NewMessage};
use crate::paths;
use crate::people::PersonId;
use crate::ui::{and, clock_time, day_month_year};

/// To somebody who has joined.
pub(super) fn place_given(to: PersonId, has_agreement: bool, slug: &str) -> NewMessage {
    let agreement = if has_agreement {
        "Before your first session, please read the group’s supervision agreement and say that you agree to it. You find it on the group’s page.\n\n"
    } else {
        ""
    };
    NewMessage {
        to,
        leads: Leads::To(paths::group(slug)),
        subject: "You have a place in a supervision group".to_owned(),
        body: format!(
            "Hello\n\nThe Centre has given you a place in a supervision group. Sign in to Reverie to see who else is in it, who leads it and when it meets. Where sessions are planned, an invitation for your own calendar comes with this message.\n\n{agreement}The Centre"
        ),
    }
}

/// To those who were there, when somebody joins.
pub(super) fn somebody_joined(to: PersonId, slug: &str) -> NewMessage {
    NewMessage {
        to,
        leads: Leads::To(paths::group(slug)),
        subject: "Somebody has joined one of your supervision groups".to_owned(),
        body: "Hello\n\nSomebody has joined one of your supervision groups. From now on they read the group’s own space with you, what was written there before included. Sign in to Reverie to see who it is. If you did not expect this, please ask your supervisor or the Centre’s coordinator.\n\nThe Centre".to_owned(),
    }
}

/// To somebody who has left.
pub(super) fn place_ended(to: PersonId) -> NewMessage {
    NewMessage {
        to,
        leads: Leads::to(paths::CALENDAR),
        subject: "Your place in a supervision group has ended".to_owned(),
        body: "Hello\n\nYour place in one of your supervision groups has ended. Its later sessions leave your calendar with this message. If you did not expect this, please ask the Centre’s coordinator.\n\nThe Centre".to_owned(),
    }
}

/// What somebody who is told of a new supervisor is to the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Concerned {
    /// Comes to its sessions.
    Comes,
    /// Leads it from now on.
    TakesOver,
    /// Led it until now.
    LedUntilNow,
}

/// To the members, and to both supervisors, when another supervisor takes over; with the address of the group, for those who can open it from then on.
/// The sessions that stay with whoever led the group until now are named by their time.
pub(super) fn supervisor_changed(to: PersonId, concerned: Concerned, slug: Option<&str>, stays: &[NaiveDateTime]) -> NewMessage {
    let stays = stays_in_words(concerned, stays);
    NewMessage {
        to,
        leads: slug.map_or_else(|| Leads::to(paths::CALENDAR), |slug| Leads::To(paths::group(slug))),
        subject: "One of your supervision groups has a new supervisor".to_owned(),
        body: format!(
            "Hello\n\nFrom today one of your supervision groups is led by another supervisor. Its sessions keep their days and times.{stays} Where the group has a space of its own, the new supervisor reads it with you from now on, what was written there before included. Sign in to Reverie to see who leads it.\n\nThe Centre"
        ),
    }
}

/// Which sessions are not handed over with the others, as whoever is told has to know it; nothing where all are.
fn stays_in_words(concerned: Concerned, stays: &[NaiveDateTime]) -> String {
    let when: Vec<String> =
        stays.iter().map(|starts| format!("{}, {}", day_month_year(starts.date()), clock_time(starts.time()))).collect();
    let on = if let [_] = stays { "On this date" } else { "On these dates" };
    match (when.is_empty(), concerned) {
        (true, _) => String::new(),
        (false, Concerned::Comes) => format!(
            " {on} your supervisor until now leads still, unless somebody covers: {} (UK time). If somebody does, we write to you.",
            and(&when)
        ),
        (false, Concerned::TakesOver) => {
            format!(" {on} you cannot lead, so whoever led the group until now does, until somebody covers: {} (UK time).", and(&when))
        }
        (false, Concerned::LedUntilNow) => format!(
            " {on} the new supervisor cannot lead, so you still do, until somebody covers: {} (UK time). We write to you as soon as somebody does.",
            and(&when)
        ),
    }
}

/// To the members and the supervisor of a group that ends.
pub(super) fn group_ended(to: PersonId, sessions: u64) -> NewMessage {
    let cancelled = match sessions {
        0 => String::new(),
        1 => " The one session that was still to come will not run.".to_owned(),
        several => format!(" The {several} sessions that were still to come will not run."),
    };
    NewMessage {
        to,
        leads: Leads::to(paths::CALENDAR),
        subject: "One of your supervision groups has ended".to_owned(),
        body: format!(
            "Hello\n\nOne of your supervision groups has ended.{cancelled} Sign in to Reverie to see what is in your calendar. If you did not expect this, please ask the Centre’s coordinator.\n\nThe Centre"
        ),
    }
}

/// To somebody who waited for a place in a group that ends.
pub(super) fn awaited_group_ended(to: PersonId) -> NewMessage {
    NewMessage {
        to,
        leads: Leads::to(paths::MY_WAITING),
        subject: "A group that you were waiting for has ended".to_owned(),
        body: "Hello\n\nA supervision group in which you were waiting for a place has ended, so no place in it can be given to you. You stay on the waiting list, and the day on which you asked still counts. Sign in to Reverie to see what you have asked for, and to change it.\n\nThe Centre".to_owned(),
    }
}
