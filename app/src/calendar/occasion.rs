//! An event as an occurrence of somebody's calendar.

use chrono::{DateTime, Utc};

use super::kind::OccurrenceKind;
use super::occurrence::{Occurrence, Part, Remark};
use crate::events::{Answer, Occasion};
use crate::sessions::SessionState;

impl From<Occasion> for Occurrence {
    fn from(occasion: Occasion) -> Self {
        let part = match (occasion.is_host, occasion.answer) {
            (true, _) => Part::Leads,
            (false, Some(Answer::Yes)) => Part::Member,
            (false, Some(Answer::Waiting)) => Part::Waits,
            (false, Some(Answer::No) | None) => Part::Invited,
        };
        Self {
            code: occasion.code,
            group_name: occasion.title,
            group_slug: String::new(),
            kind: OccurrenceKind::Event(occasion.kind),
            mode: occasion.mode,
            place: occasion.place,
            session_title: String::new(),
            room_phone: String::new(),
            number: 1,
            of: 1,
            supervisor: occasion.host,
            group_supervisor: None,
            supervisee: None,
            starts_local: occasion.starts,
            ends_local: ::series::local(occasion.course.ends_at),
            length_minutes: occasion.length_minutes,
            course: occasion.course,
            part,
            is_planner: false,
            members: occasion.coming,
            apologies: 0,
            attended: 0,
            own_apologies: false,
            own_state: occasion.own_state,
        }
    }
}

impl Occurrence {
    /// Whether it is there to be answered or waited for, so that its owner's time is not taken by it.
    pub fn is_open_to_answer(&self, now: DateTime<Utc>) -> bool {
        self.is_unsettled() && matches!(self.state(now), SessionState::Planned | SessionState::Open)
    }

    /// Whether the owner has no place at it.
    pub(super) fn is_unsettled(&self) -> bool {
        matches!(self.part, Part::Waits | Part::Invited)
    }

    /// What there is to say of an event whose owner has no place; nothing of anything else.
    pub(super) fn remark_of_unsettled(&self, now: DateTime<Utc>) -> Option<Remark> {
        match (self.part, self.state(now)) {
            (_, SessionState::Cancelled) => Some(Remark { icon: "calendar-x", words: "Cancelled" }),
            (Part::Waits, SessionState::Planned | SessionState::Open) => Some(Remark { icon: "hourglass", words: "You are waiting" }),
            (Part::Invited, SessionState::Planned | SessionState::Open) => Some(Remark { icon: "calendar-plus", words: "Not answered" }),
            _ => None,
        }
    }
}

/// "1 session", "2 events", "3 sessions and events".
pub fn in_number<'a>(occurrences: impl Iterator<Item = &'a Occurrence>) -> String {
    let (mut all, mut events) = (0_usize, 0_usize);
    for occurrence in occurrences {
        all += 1;
        events += usize::from(occurrence.kind.is_event());
    }
    match (all, events) {
        (1, 0) => "1 session".to_owned(),
        (1, 1) => "1 event".to_owned(),
        (all, 0) => format!("{all} sessions"),
        (all, events) if all == events => format!("{all} events"),
        (all, _) => format!("{all} sessions and events"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::EventKind;
    use crate::groups::MeetingMode;
    use crate::people::PersonName;
    use crate::sessions::Course;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn occasion(answer: Option<Answer>) -> Occurrence {
        let host = PersonName { code: "k3f9x2mv".to_owned(), short: "Dr Ruth A.".to_owned(), initials: "RA".to_owned() };
        Occurrence::from(Occasion {
            code: "q7m2k9dp".to_owned(),
            title: "Still face, fifty years on".to_owned(),
            kind: EventKind::JournalClub,
            mode: MeetingMode::Online,
            place: String::new(),
            host,
            starts: "2026-11-05T12:30:00".parse().unwrap(),
            length_minutes: 60,
            course: Course {
                starts_at: at("2026-11-05T12:30:00Z"),
                ends_at: at("2026-11-05T13:30:00Z"),
                marked_at: None,
                cancelled_at: None,
            },
            answer,
            is_host: false,
            coming: 12,
            own_state: None,
        })
    }

    #[test]
    fn an_event_is_said_with_its_kind_and_how_its_owner_stands_to_it() {
        const WHEN: &str = "Still face, fifty years on, journal club, Thursday 5 November 2026, 12:30 to 13:30, 1 hour, 12 coming";
        let early = at("2026-10-22T08:00:00Z");
        let said = |answer| occasion(answer).spoken(early, false);
        assert_eq!(said(Some(Answer::Yes)), format!("{WHEN}, planned"));
        assert_eq!(said(Some(Answer::Waiting)), format!("{WHEN}, you are waiting"));
        assert_eq!(said(None), format!("{WHEN}, not answered"));
    }

    #[test]
    fn only_a_place_takes_time() {
        let early = at("2026-10-22T08:00:00Z");
        let (place, other) = (occasion(Some(Answer::Yes)), occasion(Some(Answer::Yes)));
        assert!(place.clashes_with(&other, early));
        for open in [occasion(None), occasion(Some(Answer::Waiting))] {
            assert!(!place.clashes_with(&open, early) && open.is_open_to_answer(early));
            assert!(!open.is_open_to_answer(at("2026-11-05T13:30:00Z")));
        }
    }
}
