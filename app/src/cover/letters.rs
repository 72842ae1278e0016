//! What people are written about cover: the session, who leads it and in a word why. Members are named to nobody.

use crate::availability::{LeaveKind, Meeting};
use crate::messages::{Leads, NewMessage};
use crate::paths;
use crate::people::PersonId;
use crate::ui::{day_and_month, day_month_year, time_range};

/// What there is to tell of a session that another supervisor leads.
#[derive(Clone, Copy, Debug)]
pub(super) struct Covered<'a> {
    /// The session.
    pub meeting: &'a Meeting,
    /// "Dr Nadia H.", who leads it.
    pub cover: &'a str,
    /// What the days away were called, where the supervisor is away; nobody is told more.
    pub why: Option<LeaveKind>,
    /// The address that stands in messages.
    pub origin: &'a str,
}

impl Covered<'_> {
    /// Leave and training in the words of the form on which the days away were entered, and nothing of anything else.
    const fn why(&self) -> &'static str {
        match self.why {
            Some(LeaveKind::Leave) => "is on leave that day",
            Some(LeaveKind::Training) => "is away for training that day",
            // Whatever else it is has the same words, so that none of them tells that somebody is ill.
            Some(LeaveKind::Ill | LeaveKind::Other) | None => "is not available that day",
        }
    }

    fn page(&self) -> String {
        format!("{}{}", self.origin, self.meeting.code.as_deref().map(paths::session).unwrap_or_default())
    }

    fn apologies(&self) -> String {
        format!("{}{}", self.origin, self.meeting.code.as_deref().map(paths::apologies).unwrap_or_default())
    }
}

/// The session's page, once it has one.
fn page_of(meeting: &Meeting) -> Leads {
    meeting.code.as_deref().map_or_else(|| Leads::to(paths::CALENDAR), |code| Leads::To(paths::session(code)))
}

fn when(meeting: &Meeting) -> String {
    format!("{}, {}, UK time", day_month_year(meeting.date()), time_range(meeting.starts(), meeting.ends()))
}

/// To a member.
pub(super) fn somebody_else_leads(to: PersonId, covered: &Covered<'_>) -> NewMessage {
    let Covered { meeting, cover, .. } = covered;
    NewMessage {
        to,
        leads: page_of(meeting),
        subject: format!("Another supervisor leads your session on {}", day_and_month(meeting.date())),
        body: format!(
            "Hello\n\n{cover} leads your session: {}. Your supervisor {}. The session stays at its time and in its room.\n\nWhat your group’s agreement says about confidentiality binds {cover} as it binds you.\n\nThe session’s page: {}\nIf you cannot come, send apologies, even at the last minute: {}\n\nThe Centre",
            when(meeting),
            covered.why(),
            covered.page(),
            covered.apologies(),
        ),
    }
}

/// To the supervisor who leads it now.
pub(super) fn you_cover(to: PersonId, covered: &Covered<'_>) -> NewMessage {
    let meeting = covered.meeting;
    NewMessage {
        to,
        leads: page_of(meeting),
        subject: format!("You cover a session on {}", day_and_month(meeting.date())),
        body: format!(
            "Hello\n\nYou lead a session in place of its supervisor, who is away: {}. With this message comes an invitation for your own calendar. On its page you see who is coming: {}\n\nWhat the group agreed about confidentiality binds you too: please read its agreement on that page. The attendance is yours to mark.\n\nIf you cannot, please tell the Centre’s coordinator.\n\nThe Centre",
            when(meeting),
            covered.page(),
        ),
    }
}

/// To the supervisor who was to lead it.
pub(super) fn your_session_is_covered(to: PersonId, covered: &Covered<'_>) -> NewMessage {
    let Covered { meeting, cover, .. } = covered;
    NewMessage {
        to,
        leads: page_of(meeting),
        subject: format!("Your session on {} has cover", day_and_month(meeting.date())),
        body: format!(
            "Hello\n\n{cover} leads a session of yours: {}. The members have been told. The group stays yours.\n\nThe Centre",
            when(meeting)
        ),
    }
}

/// To a member, when the group’s own supervisor leads it after all.
pub(super) fn your_supervisor_leads(to: PersonId, meeting: &Meeting) -> NewMessage {
    NewMessage {
        to,
        leads: page_of(meeting),
        subject: format!("Your supervisor leads your session on {} after all", day_and_month(meeting.date())),
        body: format!(
            "Hello\n\nWe wrote that another supervisor leads your session: {}. Your own supervisor leads it after all. Nothing else has changed.\n\nThe Centre",
            when(meeting)
        ),
    }
}

/// To the supervisor who was to cover it.
pub(super) fn you_do_not_cover(to: PersonId, meeting: &Meeting) -> NewMessage {
    NewMessage {
        to,
        leads: Leads::to(paths::CALENDAR),
        subject: format!("You no longer cover the session on {}", day_and_month(meeting.date())),
        body: format!(
            "Hello\n\nAnother supervisor leads the session that you were to cover: {}. With this message it leaves your calendar. Thank you for having been ready.\n\nThe Centre",
            when(meeting)
        ),
    }
}

/// To the group's supervisor.
pub(super) fn your_session_is_yours(to: PersonId, meeting: &Meeting) -> NewMessage {
    NewMessage {
        to,
        leads: page_of(meeting),
        subject: format!("Your session on {} is yours again", day_and_month(meeting.date())),
        body: format!(
            "Hello\n\nA session of yours that had cover is yours to lead again: {}. With this message it comes back into your calendar. The members have been told.\n\nThe Centre",
            when(meeting)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a member reads of why somebody else leads.
    fn told(why: Option<LeaveKind>) -> String {
        let meeting = crate::availability::fixture::meeting(1, "2026-11-05 10:00", 90);
        let covered = Covered { meeting: &meeting, cover: "Nadia H.", why, origin: "https://reverie.example" };
        somebody_else_leads(PersonId(uuid::Uuid::nil()), &covered).body
    }

    #[test]
    fn that_somebody_is_ill_is_told_in_the_words_for_whatever_else_it_may_be() {
        assert!(told(Some(LeaveKind::Ill)).contains("Your supervisor is not available that day."));
        assert_eq!(told(Some(LeaveKind::Ill)), told(Some(LeaveKind::Other)));
        assert_eq!(told(Some(LeaveKind::Ill)), told(None));
        assert!(told(Some(LeaveKind::Training)).contains("is away for training that day"));
    }
}
