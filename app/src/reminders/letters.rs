//! The reminder itself: when, for how long, how to join and how to say that one cannot come.

use chrono::NaiveDateTime;

use crate::groups::MeetingMode;
use crate::messages::NewMessage;
use crate::paths;
use crate::people::PersonId;
use crate::ui::{day_and_month, day_month_year, hours_and_minutes, time_range};

/// A session, as a reminder speaks of it.
#[derive(Clone, Debug)]
pub(super) struct Reminded {
    pub code: String,
    pub starts: NaiveDateTime,
    pub ends: NaiveDateTime,
    pub length_minutes: i64,
    pub mode: MeetingMode,
    pub place: String,
    pub has_phone: bool,
}

/// To somebody who is expected at a session, as a member or as the one who leads it.
pub(super) fn reminder(to: PersonId, session: &Reminded, leads: bool, origin: &str) -> NewMessage {
    let page = format!("{origin}{}", paths::session(&session.code));
    let if_not = if leads {
        format!(
            "If you cannot lead it, tell the Centre’s coordinator, or cancel it for everybody: {origin}{}",
            paths::cancel(&session.code)
        )
    } else {
        format!("If you cannot come, send apologies, even at the last minute: {origin}{}", paths::apologies(&session.code))
    };
    NewMessage {
        to,
        subject: format!("Your session on {}", day_and_month(session.starts.date())),
        body: format!(
            "Hello\n\nYou have a supervision session on {}, {}, UK time. It lasts {}.\n\n{}: {page}\n\n{if_not}\n\nYou choose when you are reminded, and whether: {origin}{}\n\nThe Centre",
            day_month_year(session.starts.date()),
            time_range(session.starts, session.ends),
            hours_and_minutes(session.length_minutes),
            how_to_join(session),
            paths::NOTIFICATIONS,
        ),
    }
}

fn how_to_join(session: &Reminded) -> String {
    match session.mode {
        MeetingMode::Online if session.has_phone => {
            "How to join: online or by telephone. The way in and the number are on the session’s page from 15 minutes before it begins"
                .to_owned()
        }
        MeetingMode::Online => "How to join: online. The way in is on the session’s page from 15 minutes before it begins".to_owned(),
        MeetingMode::InPerson if session.place.is_empty() => "It is in person. The session’s page says more".to_owned(),
        MeetingMode::InPerson => format!("How to join: in person, {}. The session’s page says more", session.place),
    }
}
