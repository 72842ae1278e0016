//! Which rules a session breaks, whether it is planned, moved, or stands already.

use std::cmp::Ordering;
use std::collections::HashSet;

use chrono::NaiveDate;

use super::known::{Known, Meeting, MeetingId, Part, day_of};
use super::level::ClashKind;
use super::model::{Availability, DayHours, LeaveKind, Stretch};
use crate::groups::GroupKind;
use crate::people::PersonId;

/// Why a session does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Whoever leads it is in another, or hosts an event.
    SupervisorTwice {
        /// The other session, or the event.
        other: MeetingId,
    },
    /// A member of it is in another, or hosts an event.
    MemberTwice {
        /// Who.
        member: PersonId,
        /// The other session, or the event.
        other: MeetingId,
    },
    /// The Centre is closed on its day, under this name.
    Closed(String),
    /// Whoever leads it is away.
    OnLeave(LeaveKind),
    /// Whoever leads it has said that the date cannot be planned.
    UnavailableDate,
    /// It lies outside these hours of its day.
    OutsideHours(Vec<Stretch>),
    /// Whoever leads it is busy in another calendar of theirs. With what, nobody here knows.
    BusyElsewhere,
    /// Fewer minutes than are wanted lie between it and another, or an event.
    Buffer {
        /// The other session, or the event.
        other: MeetingId,
        /// How many minutes lie between.
        minutes: i64,
        /// How many should.
        wanted: i64,
    },
    /// So many sessions are planned for its day.
    DayCap {
        /// How many are planned.
        planned: i64,
        /// How many may be.
        most: i64,
    },
    /// So many sessions are planned for its week.
    WeekCap {
        /// How many are planned.
        planned: i64,
        /// How many may be.
        most: i64,
    },
}

impl Cause {
    /// The rule that is broken.
    pub const fn kind(&self) -> ClashKind {
        match self {
            Self::SupervisorTwice { .. } => ClashKind::SupervisorTwice,
            Self::MemberTwice { .. } => ClashKind::MemberTwice,
            Self::Closed(_) => ClashKind::Closed,
            Self::OnLeave(_) => ClashKind::OnLeave,
            Self::UnavailableDate => ClashKind::UnavailableDate,
            Self::OutsideHours(_) => ClashKind::OutsideHours,
            Self::BusyElsewhere => ClashKind::BusyElsewhere,
            Self::Buffer { .. } => ClashKind::Buffer,
            Self::DayCap { .. } => ClashKind::DayCap,
            Self::WeekCap { .. } => ClashKind::WeekCap,
        }
    }

    /// The other session, where there is one.
    pub const fn other(&self) -> Option<MeetingId> {
        match self {
            Self::SupervisorTwice { other } | Self::MemberTwice { other, .. } | Self::Buffer { other, .. } => Some(*other),
            _ => None,
        }
    }
}

/// A rule that a session breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// Which session.
    pub meeting: MeetingId,
    /// Who leads it.
    pub supervisor: PersonId,
    /// Why it does not fit.
    pub cause: Cause,
}

/// Every rule that a session breaks, in the order of [`ClashKind`]. What is known may hold the session itself.
///
/// Of somebody who has never said any hours, nothing is held against a session but what they did say: leave, a date, limits.
pub fn judge(meeting: &Meeting, known: &Known) -> Vec<Clash> {
    judge_within(meeting, Some(meeting.kind), known)
}

/// The same for what is no supervision session, and may lie within hours for any kind of supervision.
pub fn judge_other(meeting: &Meeting, known: &Known) -> Vec<Clash> {
    judge_within(meeting, None, known)
}

fn judge_within(meeting: &Meeting, hours_for: Option<GroupKind>, known: &Known) -> Vec<Clash> {
    let nothing_said = Availability::default();
    let availability = known.availability.get(&meeting.supervisor).unwrap_or(&nothing_said);
    let mut causes = at_the_same_time(meeting, known);
    causes
        .extend(known.closures.iter().find(|closure| closure.contains(meeting.date())).map(|closure| Cause::Closed(closure.name.clone())));
    causes.extend(outside(meeting, hours_for, availability));
    causes.extend(meeting.falls_into(known.busy_elsewhere(meeting.supervisor)).then_some(Cause::BusyElsewhere));
    causes.extend(too_close(meeting, known, availability));
    causes.extend(too_many(meeting, known, availability));
    causes.into_iter().map(|cause| Clash { meeting: meeting.id, supervisor: meeting.supervisor, cause }).collect()
}

/// What keeps somebody from a session at which they are beside whoever leads it: what they have said of their days and hours, and their other
/// calendar. That they are at another session is found as it is for members.
pub fn judge_host(meeting: &Meeting, host: PersonId, known: &Known) -> Vec<Clash> {
    let said = known.availability.get(&host).and_then(|availability| outside(meeting, Some(meeting.kind), availability));
    let busy = meeting.falls_into(known.busy_elsewhere(host)).then_some(Cause::BusyElsewhere);
    said.into_iter().chain(busy).map(|cause| Clash { meeting: meeting.id, supervisor: host, cause }).collect()
}

fn at_the_same_time(meeting: &Meeting, known: &Known) -> Vec<Cause> {
    let others = |person| known.taken_by(person).iter().filter(|other| meeting.overlaps(other));
    // Whoever would lead a session at which they are supervised themselves, or are there beside whoever leads it, is there twice too.
    let supervisor = others(meeting.supervisor).filter(|other| other.meeting != meeting.id || other.part != Part::Leads);
    let mut causes: Vec<Cause> = supervisor.map(|other| Cause::SupervisorTwice { other: other.meeting }).collect();
    for member in known.members.get(&meeting.id).into_iter().flatten().filter(|member| **member != meeting.supervisor) {
        let elsewhere = others(*member).filter(|other| other.meeting != meeting.id);
        causes.extend(elsewhere.map(|other| Cause::MemberTwice { member: *member, other: other.meeting }));
    }
    causes
}

fn outside(meeting: &Meeting, hours_for: Option<GroupKind>, availability: &Availability) -> Option<Cause> {
    match availability.on(meeting.date(), hours_for) {
        DayHours::Unknown => None,
        DayHours::Away(kind) => Some(Cause::OnLeave(kind)),
        DayHours::Unavailable => Some(Cause::UnavailableDate),
        DayHours::Open(hours) => {
            let fits = meeting.stretch().is_some_and(|stretch| hours.iter().any(|open| open.holds(stretch)));
            (!fits).then_some(Cause::OutsideHours(hours))
        }
    }
}

fn too_close(meeting: &Meeting, known: &Known, availability: &Availability) -> Vec<Cause> {
    let wanted = availability.limits.buffer_minutes;
    let others = known.taken_by(meeting.supervisor).iter().filter(|other| other.meeting != meeting.id && !meeting.overlaps(other));
    let apart = others.map(|other| {
        let gap = if other.starts_at >= meeting.ends_at { other.starts_at - meeting.ends_at } else { meeting.starts_at - other.ends_at };
        (other.meeting, gap.num_minutes())
    });
    apart.filter(|(_, minutes)| *minutes < wanted).map(|(other, minutes)| Cause::Buffer { other, minutes, wanted }).collect()
}

fn too_many(meeting: &Meeting, known: &Known, availability: &Availability) -> Vec<Cause> {
    let date = meeting.date();
    let days: Vec<NaiveDate> = known
        .taken_by(meeting.supervisor)
        .iter()
        .filter(|other| other.part == Part::Leads && other.meeting != meeting.id)
        .map(day_of)
        .chain([date])
        .collect();
    let count =
        |is_counted: &dyn Fn(&NaiveDate) -> bool| i64::try_from(days.iter().filter(|day| is_counted(day)).count()).unwrap_or(i64::MAX);
    let of_day = availability.limits.most_in_day.map(|most| (count(&|day| *day == date), most));
    let of_week = availability.limits.most_in_week.map(|most| (count(&|day| ::series::monday_of(*day) == ::series::monday_of(date)), most));
    let day = of_day.filter(|(planned, most)| planned > most).map(|(planned, most)| Cause::DayCap { planned, most });
    let week = of_week.filter(|(planned, most)| planned > most).map(|(planned, most)| Cause::WeekCap { planned, most });
    day.into_iter().chain(week).collect()
}

/// Each conflict once: of two sessions that clash, the earlier tells of it, and of a day or week with too many sessions the last.
pub fn once_each(clashes: Vec<Clash>, known: &Known) -> Vec<Clash> {
    let begins = |clash: &Clash| known.meetings.get(&clash.meeting).map(|meeting| (meeting.starts_at, meeting.id));
    let mut clashes = clashes;
    clashes.sort_by(|one, other| begins(one).cmp(&begins(other)).then_with(|| one.cause.kind().cmp(&other.cause.kind())));
    let mut told = HashSet::new();
    let mut once: Vec<Clash> = Vec::new();
    for clash in clashes.iter().filter(|clash| !is_count(&clash.cause)) {
        if clash.cause.other().is_none_or(|other| told.insert(pair_of(clash, other))) {
            once.push(clash.clone());
        }
    }
    for clash in clashes.iter().rev().filter(|clash| is_count(&clash.cause)) {
        let Some(meeting) = known.meetings.get(&clash.meeting) else { continue };
        let date = meeting.date();
        let of = if clash.cause.kind() == ClashKind::DayCap { date } else { ::series::monday_of(date) };
        if told.insert(Told::Count(clash.supervisor, clash.cause.kind(), of)) {
            once.push(clash.clone());
        }
    }
    once.sort_by(|one, other| begins(one).cmp(&begins(other)).then_with(|| one.cause.kind().cmp(&other.cause.kind())));
    once
}

const fn is_count(cause: &Cause) -> bool {
    matches!(cause, Cause::DayCap { .. } | Cause::WeekCap { .. })
}

/// What has been told of already.
#[derive(PartialEq, Eq, Hash)]
enum Told {
    /// Somebody is in both of two sessions, or has too little time between them.
    Pair(PersonId, MeetingId, MeetingId),
    /// Somebody has too many in a day or in a week.
    Count(PersonId, ClashKind, NaiveDate),
}

fn pair_of(clash: &Clash, other: MeetingId) -> Told {
    let person = match clash.cause {
        Cause::MemberTwice { member, .. } => member,
        _ => clash.supervisor,
    };
    match clash.meeting.cmp(&other) {
        Ordering::Greater => Told::Pair(person, other, clash.meeting),
        Ordering::Less | Ordering::Equal => Told::Pair(person, clash.meeting, other),
    }
}

#[cfg(test)]
mod tests;
