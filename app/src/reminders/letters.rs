//! The reminder itself: when, for how long, how to join and how to say that one cannot come.

use chrono::NaiveDateTime;

use crate::groups::MeetingMode;
use crate::messages::{Leads, NewMessage};
use crate::paths;
use crate::people::PersonId;
use crate::ui::{day_and_month, day_month_year, hours_and_minutes, time_range};

/// A session, as a reminder speaks of it.
#[derive(Clone, Debug)]
pub(crate) struct Reminded {
    pub code: String,
    pub starts: NaiveDateTime,
    pub ends: NaiveDateTime,
    pub length_minutes: i64,
    pub mode: MeetingMode,
    pub place: String,
    pub has_phone: bool,
}

/// What somebody who is expected is to the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub(crate) enum Part {
    Leads,
    Hosts,
    Member,
    Booked,
}

/// To somebody who is expected at a session.
pub(crate) fn reminder(to: PersonId, session: &Reminded, part: Part, origin: &str) -> NewMessage {
    let page = format!("{origin}{}", paths::session(&session.code));
    let if_not = match part {
        Part::Leads => format!(
            "If you cannot lead it, tell the Centre’s coordinator, or cancel it for everybody: {origin}{}",
            paths::cancel(&session.code)
        ),
        Part::Hosts => "If you cannot come, tell its supervisor.".to_owned(),
        Part::Member => format!("If you cannot come, send apologies, even at the last minute: {origin}{}", paths::apologies(&session.code)),
        Part::Booked => format!("If you cannot come, give your place back, so that somebody else can have it: {origin}{}", paths::CLINICS),
    };
    NewMessage {
        to,
        leads: Leads::AsWritten,
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
