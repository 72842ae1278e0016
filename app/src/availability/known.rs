//! What the rules look at: sessions, stored or only planned, and all that is known of the people who are at them.

use std::collections::{HashMap, HashSet};

use ::series::Closure;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::model::{Availability, Stretch};
use crate::busy::BusyBlock;
use crate::groups::{GroupId, GroupKind};
use crate::identity::identity;
use crate::people::{PersonId, PersonName};

identity! {
    /// A session as the rules look at it: one that is stored, by its own identity, or one that is only planned.
    MeetingId
}

/// A session, stored or only planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// Which one it is.
    pub id: MeetingId,
    /// The code in its address, once it has one.
    pub code: Option<String>,
    /// Whose session it is.
    pub group: GroupId,
    /// "Aire group".
    pub group_name: String,
    /// What kind of supervision it is for.
    pub kind: GroupKind,
    /// Who leads it, or would.
    pub supervisor: PersonId,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
}

impl Meeting {
    /// When it begins on the clocks of the United Kingdom.
    pub fn starts(&self) -> NaiveDateTime {
        ::series::local(self.starts_at)
    }

    /// When it ends there.
    pub fn ends(&self) -> NaiveDateTime {
        ::series::local(self.ends_at)
    }

    /// The day that it is on.
    pub fn date(&self) -> NaiveDate {
        self.starts().date()
    }

    /// Minutes from its beginning to its end.
    pub fn minutes(&self) -> i64 {
        (self.ends_at - self.starts_at).num_minutes()
    }

    /// The stretch of its day that it takes on the wall; nothing where it goes on past midnight.
    ///
    /// Where the clocks go back meanwhile, they have shown 02:00 before its end.
    pub(super) fn stretch(&self) -> Option<Stretch> {
        let (starts, ends) = (self.starts(), self.ends());
        let goes_back = ends - starts < self.ends_at - self.starts_at;
        let latest = if goes_back { ends.max(starts.date().and_time(TWO)) } else { ends };
        (starts.date() == latest.date()).then(|| Stretch::new(starts.time(), latest.time())).flatten()
    }

    /// Whether it shares any time with a session that somebody is in.
    pub(super) fn overlaps(&self, other: &Taken) -> bool {
        self.starts_at < other.ends_at && other.starts_at < self.ends_at
    }

    /// Whether any of some blocks, which are in order and apart, is of the same time.
    pub(super) fn falls_into(&self, blocks: &[BusyBlock]) -> bool {
        let next = blocks.partition_point(|block| block.ends_at <= self.starts_at);
        blocks.get(next).is_some_and(|block| block.starts_at < self.ends_at)
    }
}

/// The time at which the clocks go back.
const TWO: NaiveTime = NaiveTime::MIN.overflowing_add_signed(TimeDelta::hours(2)).0;

/// What somebody is at a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Leads it.
    Leads,
    /// Is supervised at it.
    Member,
    /// Is there beside whoever leads it.
    Beside,
    /// Hosts it: an event, and no session.
    Hosts,
}

/// A time that somebody is in a session already, or hosts an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Which session, or event.
    pub meeting: MeetingId,
    /// What they are at it.
    pub part: Part,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
}

/// All that the rules look at, for the people and the stretch of days in question: whole weeks, since some rules count by week.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// When the Centre is closed.
    pub closures: Vec<Closure>,
    /// What supervisors have said.
    pub availability: HashMap<PersonId, Availability>,
    /// Every session of these people, by identity.
    pub meetings: HashMap<MeetingId, Meeting>,
    /// When each of these people is in a session, whether they lead it or are supervised at it, or hosts an event. Of an event nothing else is known here: who
    /// may read of it is decided elsewhere.
    pub taken: HashMap<PersonId, Vec<Taken>>,
    /// When each of these people is busy in another calendar of theirs, in order.
    pub elsewhere: HashMap<PersonId, Vec<BusyBlock>>,
    /// Sessions that stayed with whoever led their group before, since whoever leads it now could not.
    pub stayed: HashSet<MeetingId>,
    /// Who is expected at a session beside whoever leads it: those who are supervised at it and have sent no apologies, and those who lead too or observe.
    pub members: HashMap<MeetingId, Vec<PersonId>>,
    /// Who of them leads too or observes.
    pub hosts: HashMap<MeetingId, Vec<PersonId>>,
    /// What they are called.
    pub names: HashMap<PersonId, PersonName>,
}

impl Known {
    /// Puts a session that is planned beside what is known, with those who would be supervised at it.
    pub fn plan(&mut self, meeting: Meeting, members: &[PersonId]) {
        let taken = |part| Taken { meeting: meeting.id, part, starts_at: meeting.starts_at, ends_at: meeting.ends_at };
        self.taken.entry(meeting.supervisor).or_default().push(taken(Part::Leads));
        for member in members {
            self.taken.entry(*member).or_default().push(taken(Part::Member));
        }
        self.members.insert(meeting.id, members.to_vec());
        self.meetings.insert(meeting.id, meeting);
    }

    /// Forgets sessions that would be moved or be no more.
    pub fn forget(&mut self, meetings: &HashSet<MeetingId>) {
        self.meetings.retain(|id, _| !meetings.contains(id));
        self.members.retain(|id, _| !meetings.contains(id));
        self.hosts.retain(|id, _| !meetings.contains(id));
        for taken in self.taken.values_mut() {
            taken.retain(|one| !meetings.contains(&one.meeting));
        }
    }

    /// Who leads a session too, or observes it.
    pub fn hosts_of(&self, meeting: MeetingId) -> &[PersonId] {
        self.hosts.get(&meeting).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether what somebody is at is an event that they host.
    pub fn hosts_event(&self, person: PersonId, other: MeetingId) -> bool {
        self.taken_by(person).iter().any(|one| one.meeting == other && one.part == Part::Hosts)
    }

    /// When somebody is in a session or hosts an event.
    pub fn taken_by(&self, person: PersonId) -> &[Taken] {
        self.taken.get(&person).map(Vec::as_slice).unwrap_or_default()
    }

    /// When somebody is busy in another calendar of theirs.
    pub fn busy_elsewhere(&self, person: PersonId) -> &[BusyBlock] {
        self.elsewhere.get(&person).map(Vec::as_slice).unwrap_or_default()
    }

    /// The minutes of sessions that somebody leads in the week of a date, from Monday to Sunday.
    pub fn minutes_led(&self, person: PersonId, date: NaiveDate) -> i64 {
        let week = ::series::monday_of(date);
        let led = self.taken_by(person).iter().filter(|one| one.part == Part::Leads && ::series::monday_of(day_of(one)) == week);
        led.map(|one| (one.ends_at - one.starts_at).num_minutes()).sum()
    }
}

/// The day that a session is on, on the clocks of the United Kingdom.
pub(super) fn day_of(taken: &Taken) -> NaiveDate {
    ::series::local(taken.starts_at).date()
}

#[cfg(test)]
pub mod fixture {
    //! Sessions for the tests of every rule.

    use uuid::Uuid;

    use super::*;

    /// She leads every session, unless a test says otherwise.
    pub const RUTH: PersonId = PersonId(Uuid::from_u128(1));
    /// Somebody who is supervised.
    pub const AMINA: PersonId = PersonId(Uuid::from_u128(2));
    /// Somebody else who leads sessions.
    pub const DANIEL: PersonId = PersonId(Uuid::from_u128(3));

    /// A session that Ruth leads, at a time of the United Kingdom.
    pub fn meeting(number: u128, starts: &str, minutes: i64) -> Meeting {
        let starts_at = ::series::instant(NaiveDateTime::parse_from_str(starts, "%Y-%m-%d %H:%M").unwrap());
        Meeting {
            id: MeetingId(Uuid::from_u128(number)),
            code: None,
            group: GroupId(Uuid::from_u128(number)),
            group_name: format!("Group {number}"),
            kind: GroupKind::Group,
            supervisor: RUTH,
            starts_at,
            ends_at: starts_at + TimeDelta::minutes(minutes),
        }
    }

    /// What is known of some sessions without members, and what Ruth has said.
    pub fn known(availability: Availability, meetings: &[Meeting]) -> Known {
        let mut known = Known { availability: HashMap::from([(RUTH, availability)]), ..Known::default() };
        for meeting in meetings {
            known.plan(meeting.clone(), &[]);
        }
        known
    }
}

#[cfg(test)]
mod tests {
    use super::fixture::*;
    use super::*;
    use crate::availability::clash::judge;
    use crate::availability::model::fixture::nine_to_five;

    #[test]
    fn a_session_that_is_moved_is_judged_without_the_place_that_it_leaves() {
        let (ten, eleven) = (meeting(1, "2026-10-22 10:00", 60), meeting(2, "2026-10-22 11:15", 60));
        let mut known = known(nine_to_five(), &[ten.clone(), eleven.clone()]);
        known.forget(&HashSet::from([eleven.id]));
        let moved = Meeting { id: eleven.id, ..meeting(2, "2026-10-22 11:30", 60) };
        known.plan(moved.clone(), &[]);
        assert_eq!(judge(&moved, &known), []);
    }

    #[test]
    fn the_minutes_of_a_week_are_those_that_are_led() {
        let mut known = known(
            nine_to_five(),
            &[meeting(1, "2026-10-19 10:00", 90), meeting(2, "2026-10-25 10:00", 60), meeting(3, "2026-10-26 10:00", 60)],
        );
        known.plan(Meeting { supervisor: DANIEL, ..meeting(4, "2026-10-21 10:00", 90) }, &[RUTH]);
        assert_eq!(known.minutes_led(RUTH, "2026-10-22".parse().unwrap()), 150);
    }
}
