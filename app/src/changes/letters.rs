//! What people are written about a change: dates and times, and nobody's name.

use ::series::local;
use ::series::timetable::Session;
use chrono::NaiveDate;

use crate::groups::CancelReason;
use crate::messages::{Leads, NewMessage};
use crate::paths;
use crate::people::PersonId;
use crate::ui::{day_and_month, day_month_year, time_range};

/// A session before and after, where it is held.
type Changed<'a> = (Option<&'a Session>, Option<&'a Session>);

/// To everybody concerned: one message for one change, however many sessions it touched.
pub(super) fn sessions_changed(to: PersonId, changed: &[Changed<'_>], cancelled_for: Option<CancelReason>) -> NewMessage {
    let lines: Vec<String> = changed.iter().map(|change| line(*change)).collect();
    let somebody_else = changed.iter().any(|(before, after)| {
        let host = |session: Option<&Session>| session.map(|session| session.details.host);
        matches!((host(*before), host(*after)), (Some(before), Some(after)) if before != after)
    });
    let cover = if somebody_else {
        "Somebody else leads a session than before. Sign in to see who it is. What you agreed about confidentiality covers them too.\n\n"
    } else {
        ""
    };
    let why = cancelled_for.map(|reason| format!("{}.\n\n", reason.name())).unwrap_or_default();
    NewMessage {
        to,
        leads: Leads::to(paths::CALENDAR),
        subject: subject(changed),
        body: format!(
            "Hello\n\nSessions of one of your supervision groups have changed. All times are UK time.\n\n{}\n\n{why}{cover}Your place is kept, and apologies that you have sent still stand. Sign in to Reverie to see the sessions in your calendar.\n\nThe Centre",
            lines.join("\n")
        ),
    }
}

/// To those who had been told of a change that was undone.
pub(super) fn sessions_put_back(to: PersonId) -> NewMessage {
    NewMessage {
        to,
        leads: Leads::to(paths::CALENDAR),
        subject: "Your sessions are as they were".to_owned(),
        body: "Hello\n\nThe change of your supervision sessions that we wrote to you about was taken back. They are as they were before it. Sign in to Reverie to see them in your calendar.\n\nThe Centre"
            .to_owned(),
    }
}

/// To everybody in a group whose series goes on.
pub(super) fn sessions_added(to: PersonId, added: &[&Session]) -> NewMessage {
    let lines: Vec<String> = added.iter().map(|session| when(session)).collect();
    let first = added.first().map(|first| format!(" from {}", day_month_year(first.starts.date()))).unwrap_or_default();
    NewMessage {
        to,
        leads: Leads::to(paths::CALENDAR),
        subject: format!("Your further sessions{first}"),
        body: format!(
            "Hello\n\nFurther sessions of one of your supervision groups are planned. All times are UK time.\n\n{}\n\nSign in to Reverie to find them in your calendar, or to send apologies for one of them.\n\nThe Centre",
            lines.join("\n")
        ),
    }
}

/// To those who plan a series that goes on without some of its dates.
pub(super) fn dates_left_out(to: PersonId, dates: &[NaiveDate], slug: &str) -> NewMessage {
    let lines: Vec<String> = dates.iter().map(|date| day_month_year(*date)).collect();
    let first = dates.first().map(|first| format!(" from {}", day_and_month(*first))).unwrap_or_default();
    NewMessage {
        to,
        leads: Leads::To(paths::group(slug)),
        subject: format!("Dates that were left out of a series{first}"),
        body: format!(
            "Hello\n\nA series without an end was planned further, and no session was planned on these dates of it, since its supervisor or a member of its group would have something else then:\n\n{}\n\nSign in to Reverie to see the series, and plan single sessions in their place where that is wanted.\n\nThe Centre",
            lines.join("\n")
        ),
    }
}

fn subject(changed: &[Changed<'_>]) -> String {
    match changed {
        [(Some(before), Some(after))] if before.starts != after.starts => {
            format!("Your session on {} has moved", day_and_month(before.starts.date()))
        }
        [(Some(before), Some(_))] => format!("Your session on {} has changed", day_and_month(before.starts.date())),
        [(Some(before), None)] => format!("Your session on {} will not take place", day_and_month(before.starts.date())),
        several => {
            let first = several.iter().find_map(|(before, after)| before.or(*after));
            let from = first.map(|first| format!(" from {}", day_and_month(first.starts.date()))).unwrap_or_default();
            if several.iter().all(|(_, after)| after.is_none()) {
                format!("Your sessions{from} will not take place")
            } else {
                format!("Your sessions{from} have changed")
            }
        }
    }
}

fn line((before, after): Changed<'_>) -> String {
    match (before, after) {
        (Some(before), Some(after)) if when(before) != when(after) => {
            format!("{}: now {}{}", when(before), when(after), rest(before, after))
        }
        (Some(before), Some(after)) => format!("{}: at the same time as before{}", when(before), rest(before, after)),
        (Some(before), None) => format!("{}: will not take place", when(before)),
        (None, Some(after)) => format!("New: {}", when(after)),
        (None, None) => String::new(),
    }
}

/// What else becomes of a session. What it is called is read in Reverie alone, and so is who leads it.
fn rest(before: &Session, after: &Session) -> String {
    let (before, after) = (&before.details, &after.details);
    let place = match after.place.as_str() {
        same if same == before.place => String::new(),
        "" => ", where your group usually meets".to_owned(),
        other => format!(", at {other}"),
    };
    let title = match after.title.as_str() {
        same if same == before.title => "",
        "" => ", without a title of its own",
        _ => ", with another title",
    };
    let host = if after.host == before.host { "" } else { ", led by somebody else" };
    format!("{place}{title}{host}")
}

/// "Thursday 22 October 2026, 10:00 to 11:30".
fn when(session: &Session) -> String {
    format!("{}, {}", day_month_year(session.starts.date()), time_range(session.starts, local(session.ends_at())))
}
