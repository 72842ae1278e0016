//! What people are written about a session: its day, what is so, and nobody's name.

use chrono::{NaiveDate, NaiveDateTime};

use super::model::CancelReason;
use crate::groups::GroupKind;
use crate::messages::{Leads, NewMessage};
use crate::paths;
use crate::people::PersonId;
use crate::ui::{clock_time, day_and_month};

/// To everybody concerned, when a session is cancelled after it has begun.
pub(super) fn session_cancelled(to: PersonId, (starts, code): (NaiveDateTime, &str), reason: CancelReason) -> NewMessage {
    let day = day_and_month(starts.date());
    NewMessage {
        to,
        leads: Leads::To(paths::session(code)),
        subject: format!("Your session on {day} does not take place"),
        body: format!(
            "Your supervision session on {day} at {}, UK time, does not take place. {}.\n\nThe other sessions of the group are as planned, and every place is kept.\n",
            clock_time(starts.time()),
            reason.name()
        ),
    }
}

/// To whoever leads the session: that it is so, never who or why.
pub(crate) fn apologies_sent(to: PersonId, kind: GroupKind, day: NaiveDate, code: Option<&str>) -> NewMessage {
    let day = day_and_month(day);
    NewMessage {
        to,
        leads: of_session(code),
        subject: format!("Apologies for {day}"),
        body: format!(
            "{} has sent apologies.\n\nThe place is kept and the session goes on. Sign in to Reverie and open the session to see more.\n",
            somebody(kind, &day)
        ),
    }
}

/// To whoever leads the session, likewise.
pub(super) fn apologies_withdrawn(to: PersonId, kind: GroupKind, day: NaiveDate, code: Option<&str>) -> NewMessage {
    let day = day_and_month(day);
    NewMessage {
        to,
        leads: of_session(code),
        subject: format!("Apologies withdrawn for {day}"),
        body: format!("{} had sent apologies, and is coming after all.\n", somebody(kind, &day)),
    }
}

/// To whoever leads several sessions for which apologies were sent at once.
pub(super) fn apologies_sent_for(to: PersonId, kind: GroupKind, days: &[NaiveDate]) -> NewMessage {
    let [first, .., _] = days else { return apologies_sent(to, kind, days.first().copied().unwrap_or_default(), None) };
    NewMessage {
        to,
        leads: of_session(None),
        subject: format!("Apologies for {} sessions", days.len()),
        body: format!(
            "{} has sent apologies for these sessions:\n\n{}\n\nThe place is kept and the sessions go on. Sign in to Reverie to see more.\n",
            somebody(kind, &day_and_month(*first)),
            one_a_line(days)
        ),
    }
}

/// To whoever leads them, likewise.
pub(super) fn apologies_withdrawn_for(to: PersonId, kind: GroupKind, days: &[NaiveDate]) -> NewMessage {
    let [first, .., _] = days else { return apologies_withdrawn(to, kind, days.first().copied().unwrap_or_default(), None) };
    NewMessage {
        to,
        leads: of_session(None),
        subject: format!("Apologies withdrawn for {} sessions", days.len()),
        body: format!(
            "{} had sent apologies, and is coming to these sessions after all:\n\n{}\n",
            somebody(kind, &day_and_month(*first)),
            one_a_line(days)
        ),
    }
}

/// The page of the one session that a letter is about; of several, the calendar.
fn of_session(code: Option<&str>) -> Leads {
    code.map_or_else(|| Leads::to(paths::CALENDAR), |code| Leads::To(paths::session(code)))
}

fn one_a_line(days: &[NaiveDate]) -> String {
    days.iter().map(|day| day_and_month(*day)).collect::<Vec<_>>().join("\n")
}

fn somebody(kind: GroupKind, day: &str) -> String {
    match kind {
        GroupKind::OneToOne => format!("The supervisee of your session on {day}"),
        GroupKind::OpenClinic => format!("Somebody who has booked your clinic on {day}"),
        GroupKind::Group | GroupKind::Pair | GroupKind::Vig | GroupKind::Supervisors | GroupKind::Reflective => {
            format!("Somebody in your group on {day}")
        }
    }
}

/// To whoever led a session whose attendance was due.
pub(super) fn attendance_to_finish(to: PersonId, day: NaiveDate, origin: &str) -> NewMessage {
    let day = day_and_month(day);
    NewMessage {
        to,
        leads: Leads::AsWritten,
        subject: format!("Please finish the attendance of {day}"),
        body: format!(
            "The attendance of your session on {day} is not finished. Until it is, the session does not count as held.\n\nIt takes half a minute: {origin}{}\n",
            paths::TO_MARK
        ),
    }
}

/// To a coordinator, where nobody else can finish it.
pub(super) fn attendance_left_behind(to: PersonId, day: NaiveDate, (origin, code): (&str, &str)) -> NewMessage {
    let day = day_and_month(day);
    NewMessage {
        to,
        leads: Leads::AsWritten,
        subject: format!("The attendance of {day} is not finished"),
        body: format!(
            "The attendance of a session on {day} is not finished, and the supervisor who led it is gone: suspended, not registered, or a supervisor no more. Please finish it in their place. Until it is finished, the session does not count as held.\n\nThe attendance: {origin}{}\n",
            paths::record(code)
        ),
    }
}
