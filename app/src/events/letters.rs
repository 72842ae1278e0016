//! What people are written about events: which, the day and the time, and nobody's name.

use chrono::NaiveDateTime;

use super::model::CancelledBecause;
use crate::groups::MeetingMode;
use crate::messages::{Leads, NewMessage};
use crate::paths;
use crate::people::PersonId;
use crate::ui::{clock_time, day_and_month, day_month_year, full_stop, hours_and_minutes};

/// What a letter says of an event.
#[derive(Clone, Copy, Debug)]
pub(super) struct About<'a> {
    /// Its part of the address.
    pub code: &'a str,
    pub title: &'a str,
    /// In UK local time.
    pub starts: NaiveDateTime,
    pub length_minutes: i64,
    pub mode: MeetingMode,
}

impl About<'_> {
    /// Its page. A title may hold an address that somebody typed, so that none is looked for in the words.
    fn page(&self) -> Leads {
        Leads::To(paths::event(self.code))
    }

    /// "Thursday 5 November 2026, 10:00, UK time".
    fn when(&self) -> String {
        format!("{}, {}, UK time", day_month_year(self.starts.date()), clock_time(self.starts.time()))
    }
}

/// To whoever said that they come, and has a place.
pub(super) fn you_are_coming(to: PersonId, about: About<'_>) -> NewMessage {
    NewMessage {
        to,
        leads: about.page(),
        subject: format!("Your place at an event on {}", day_and_month(about.starts.date())),
        body: format!(
            "Hello\n\nYou have a place at “{}”: {}.\n\nSign in to Reverie to find the event in your calendar, and how to join. If you cannot come after all, please say so there, so that somebody else can have the place.\n\nThe Centre",
            about.title,
            about.when()
        ),
    }
}

/// To whoever has a place, and to the host, as long before as they chose. Where it meets in person stands in Reverie, since a place that is typed may hold
/// a name.
pub(super) fn reminder(to: PersonId, about: About<'_>, is_host: bool, origin: &str) -> NewMessage {
    let page = format!("{origin}{}", paths::event(about.code));
    let (part, if_not) = if is_host {
        ("You host", "If you cannot, give it to another host on the same page, or cancel it for everybody.")
    } else {
        ("You have a place at", "If you cannot come, give your place back on the same page, so that somebody else can have it.")
    };
    let how = match about.mode {
        MeetingMode::Online => "It meets online. The way in is on its page from 15 minutes before it begins",
        MeetingMode::InPerson => "It meets in person. Its page says where",
    };
    NewMessage {
        to,
        leads: about.page(),
        subject: format!("Your event on {}", day_and_month(about.starts.date())),
        body: format!(
            "Hello\n\n{part} “{}”: {}. It lasts {}.\n\n{how}: {page}\n\n{if_not}\n\nYou choose when you are reminded, and whether: {origin}{}\n\nThe Centre",
            about.title,
            about.when(),
            hours_and_minutes(about.length_minutes),
            paths::NOTIFICATIONS
        ),
    }
}

/// To whoever waited, once a place has become free.
pub(super) fn a_place_is_yours(to: PersonId, about: About<'_>) -> NewMessage {
    NewMessage {
        to,
        leads: about.page(),
        subject: format!("A place for you at an event on {}", day_and_month(about.starts.date())),
        body: format!(
            "Hello\n\nYou were waiting for a place at “{}”. One has become free, and it is yours: {}.\n\nSign in to Reverie to find the event in your calendar, and how to join. If you cannot come any more, please give the place back there.\n\nThe Centre",
            about.title,
            about.when()
        ),
    }
}

/// To whoever has given a place back, for their own calendar.
pub(super) fn you_gave_a_place_back(to: PersonId, about: About<'_>) -> NewMessage {
    NewMessage {
        to,
        leads: about.page(),
        subject: format!("Your place given back for {}", day_and_month(about.starts.date())),
        body: format!(
            "Hello\n\nYou have given back your place at “{}”, {}. This message takes it out of your own calendar. If you keep your calendar by hand, you can leave it.\n\nThe Centre",
            about.title,
            about.when()
        ),
    }
}

/// To whoever belongs no more to those whom an event is for, where they are still somebody to write to.
pub(super) fn your_place_lapsed(to: PersonId, about: About<'_>, had_place: bool) -> NewMessage {
    let so = if had_place {
        "so your place has lapsed. This message takes it out of your own calendar. If you keep your calendar by hand, please take it out there"
    } else {
        "so you are no longer waiting for a place"
    };
    NewMessage {
        to,
        leads: Leads::to(paths::EVENTS),
        subject: format!("The event on {} is no longer open to you", day_and_month(about.starts.date())),
        body: format!(
            "Hello\n\n“{}”, {}, is for the readers of a space that you can no longer read, {so}.\n\nIf that is not right, please write to the Centre.\n\nThe Centre",
            about.title,
            about.when()
        ),
    }
}

/// To everybody who has a place or waits, where something changed that they planned with.
pub(super) fn event_changed(to: PersonId, about: About<'_>, changes: &[String]) -> NewMessage {
    NewMessage {
        to,
        leads: about.page(),
        subject: format!("A change of the event on {}", day_and_month(about.starts.date())),
        body: format!(
            "Hello\n\n“{}”, for which you have a place or wait for one, has changed.\n\n{}\n\nYour answer stays as it is. If you cannot come any more, please say so in Reverie.\n\nThe Centre",
            about.title,
            changes.join("\n")
        ),
    }
}

/// To whoever came without a place, once the host has written it down.
pub(super) fn you_were_there(to: PersonId, about: About<'_>) -> NewMessage {
    NewMessage {
        to,
        leads: about.page(),
        subject: format!("You were at the event on {}", day_and_month(about.starts.date())),
        body: format!(
            "Hello\n\nYou came to “{}”, {}, without a place that was kept for you before, and its host has written down that you were there. It counts in your CPD log once the attendance is finished.\n\nIf you were not there, please write to the Centre.\n\nThe Centre",
            about.title,
            about.when()
        ),
    }
}

/// To whoever hosts an event from now on.
pub(super) fn you_host(to: PersonId, about: About<'_>) -> NewMessage {
    NewMessage {
        to,
        leads: about.page(),
        subject: format!("You host the event on {}", day_and_month(about.starts.date())),
        body: format!(
            "Hello\n\nYou host “{}” from now on: {}.\n\nSign in to Reverie to find it in your calendar, to change it, and to see who is coming. If you cannot, give it to somebody else on its page, or tell the Centre’s coordinator.\n\nThe Centre",
            about.title,
            about.when()
        ),
    }
}

/// To whoever hosted it until now.
pub(super) fn you_host_no_more(to: PersonId, about: About<'_>) -> NewMessage {
    NewMessage {
        to,
        leads: about.page(),
        subject: format!("The event on {} has another host", day_and_month(about.starts.date())),
        body: format!(
            "Hello\n\n“{}”, {}, is hosted by somebody else from now on, and is no longer in your calendar as yours.\n\nYou need not do anything.\n\nThe Centre",
            about.title,
            about.when()
        ),
    }
}

/// To everybody who has a place or waits, where it does not take place.
pub(super) fn event_cancelled(to: PersonId, about: About<'_>, reason: CancelledBecause) -> NewMessage {
    NewMessage {
        to,
        leads: about.page(),
        subject: format!("The event on {} does not take place", day_and_month(about.starts.date())),
        body: format!(
            "Hello\n\n“{}”, planned for {}, is cancelled. {}\n\nYou need not do anything.\n\nThe Centre",
            about.title,
            about.when(),
            full_stop(reason.name())
        ),
    }
}
