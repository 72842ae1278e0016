//! How conflicts are said: who, what, when, and what can be done.

use super::clash::{Cause, Clash};
use super::known::{Known, Meeting, MeetingId};
use super::model::{LeaveKind, Stretch};
use crate::groups::within_sentence;
use crate::people::PersonId;
use crate::ui::{and, day_and_month, time_range};

/// Who is spoken to.
#[derive(Clone, Copy, Debug)]
pub enum Reader {
    /// Somebody who manages every group, and may know each name.
    Manager,
    /// A supervisor, who knows of their own sessions.
    Supervisor(PersonId),
    /// Nobody in particular: an error holds no name.
    Anybody,
}

/// How whoever leads a session is spoken of.
struct Subject {
    name: String,
    is: &'static str,
    has: &'static str,
    works: &'static str,
    does: &'static str,
    hosts: &'static str,
}

/// How what is judged is spoken of: a session, or an event.
struct Judged {
    leader: &'static str,
    /// A session beside it.
    session: &'static str,
    /// An event beside it.
    event: &'static str,
}

const SESSION: Judged = Judged { leader: "The supervisor", session: "another session", event: "an event" };
const EVENT: Judged = Judged { leader: "Whoever hosts it", session: "a session", event: "another event" };

impl Subject {
    /// Whoever leads a session, or is there beside them; or whoever hosts an event.
    fn of(person: PersonId, (leader, judged): (PersonId, &Judged), known: &Known, reader: Reader) -> Self {
        let nobody = if person == leader { judged.leader } else { "Somebody who is there beside the supervisor" };
        let third = |name| Self { name, is: "is", has: "has", works: "works", does: "does", hosts: "hosts" };
        match reader {
            Reader::Supervisor(reader) if reader == person => {
                Self { name: "You".to_owned(), is: "are", has: "have", works: "work", does: "do", hosts: "host" }
            }
            Reader::Anybody => third(nobody.to_owned()),
            _ => third(known.names.get(&person).map_or_else(|| nobody.to_owned(), |name| name.short.clone())),
        }
    }
}

/// "Aire group, Thursday 22 October, 10:00 to 11:30".
pub fn meeting_in_words(meeting: &Meeting) -> String {
    format!("{}, {}", meeting.group_name, when(meeting))
}

/// "Thursday 22 October, 10:00 to 11:30".
fn when(meeting: &Meeting) -> String {
    format!("{}, {}", day_and_month(meeting.date()), time_range(meeting.starts(), meeting.ends()))
}

/// Whether the reader may know which other session it is.
fn may_know(reader: Reader, other: &Meeting) -> bool {
    match reader {
        Reader::Manager => true,
        Reader::Supervisor(person) => other.supervisor == person,
        Reader::Anybody => false,
    }
}

/// The other session of a clash, where there is one that the reader may know.
pub fn other_for<'a>(clash: &Clash, known: &'a Known, reader: Reader) -> Option<&'a Meeting> {
    let other = known.meetings.get(&clash.cause.other()?)?;
    let is_theirs =
        matches!(reader, Reader::Supervisor(person) if known.members.get(&other.id).is_some_and(|members| members.contains(&person)));
    (may_know(reader, other) || is_theirs).then_some(other)
}

/// Who, what and when.
pub fn sentence(clash: &Clash, meeting: &Meeting, known: &Known, reader: Reader) -> String {
    said_of(&SESSION, clash, meeting, (known, reader))
}

/// The same of an event, whose host is spoken of. What exactly somebody has said of their days and hours is told to them and to those who manage groups;
/// anybody else to whom an event of theirs is open, or who would give them one, is told that it is in the way.
pub fn sentence_of_event(clash: &Clash, event: &Meeting, known: &Known, reader: Reader) -> String {
    let may_read = match reader {
        Reader::Manager => true,
        Reader::Supervisor(person) => person == clash.supervisor,
        Reader::Anybody => false,
    };
    let in_short = if may_read { None } else { said_in_short(clash, event, (known, reader)) };
    in_short.unwrap_or_else(|| said_of(&EVENT, clash, event, (known, reader)))
}

/// What follows from what the host of an event has said, without what that is; nothing of what follows from something else.
fn said_in_short(clash: &Clash, event: &Meeting, (known, reader): (&Known, Reader)) -> Option<String> {
    let Subject { name, is, has, does, .. } = Subject::of(clash.supervisor, (event.supervisor, &EVENT), known, reader);
    let day = day_and_month(event.date());
    Some(match &clash.cause {
        Cause::OnLeave(_) => format!("{name} {is} away on {day}."),
        Cause::OutsideHours(_) => format!("{name} {does} not work then ({}).", when(event)),
        Cause::Buffer { other, .. } => {
            let which = beside(&EVENT, clash, *other, (known, reader));
            format!("Too little time lies between it and {which}.")
        }
        Cause::DayCap { .. } => format!("{name} {has} as many sessions on {day} as they should."),
        Cause::WeekCap { .. } => format!("{name} {has} as many sessions in that week as they should."),
        Cause::SupervisorTwice { .. } | Cause::MemberTwice { .. } | Cause::Closed(_) | Cause::UnavailableDate | Cause::BusyElsewhere => {
            return None;
        }
    })
}

/// What lies too close to a session or an event, as far as the reader may know.
fn beside(judged: &Judged, clash: &Clash, other: MeetingId, (known, reader): (&Known, Reader)) -> String {
    let unknown = if known.hosts_event(clash.supervisor, other) { judged.event } else { judged.session };
    other_for(clash, known, reader).map_or_else(|| unknown.to_owned(), |other| within_sentence(&meeting_in_words(other)))
}

fn said_of(judged: &Judged, clash: &Clash, meeting: &Meeting, (known, reader): (&Known, Reader)) -> String {
    let Subject { name, is, has, works, does, hosts } = Subject::of(clash.supervisor, (meeting.supervisor, judged), known, reader);
    let other = other_for(clash, known, reader);
    let day = day_and_month(meeting.date());
    let who = |member: &PersonId| match (reader, known.names.get(member)) {
        (Reader::Manager, Some(name)) => name.short.clone(),
        _ => "A member of the group".to_owned(),
    };
    match &clash.cause {
        // What event it is may be read by those alone whom it is for.
        Cause::SupervisorTwice { other } if known.hosts_event(clash.supervisor, *other) => {
            format!("{name} {hosts} {} at the same time ({}).", judged.event, when(meeting))
        }
        Cause::MemberTwice { member, other } if known.hosts_event(*member, *other) => {
            format!("{} hosts an event at the same time ({}).", who(member), when(meeting))
        }
        Cause::SupervisorTwice { .. } => {
            let which = other.map_or_else(|| format!(" ({})", when(meeting)), |other| format!(": {}", meeting_in_words(other)));
            format!("{name} {has} {} at the same time{which}.", judged.session)
        }
        Cause::MemberTwice { member, .. } => {
            let which = other.map_or_else(|| format!(" ({})", when(meeting)), |other| format!(": {}", meeting_in_words(other)));
            format!("{} has another session at the same time{which}.", who(member))
        }
        Cause::Closed(name) => format!("The Centre is closed on {day} ({name})."),
        Cause::OnLeave(kind) => match kind {
            LeaveKind::Training if !matches!(reader, Reader::Anybody) => format!("{name} {is} away for training on {day}."),
            _ => format!("{name} {is} away on {day}."),
        },
        Cause::UnavailableDate => format!("{name} cannot be planned on {day}."),
        Cause::OutsideHours(hours) if hours.is_empty() => format!("{name} {does} not work on {day}."),
        Cause::OutsideHours(hours) => {
            format!(
                "It is from {}, and {} {works} from {} on {day}.",
                time_range(meeting.starts(), meeting.ends()),
                lower(&name),
                hours_in_words(hours)
            )
        }
        Cause::BusyElsewhere => format!("{name} {is} busy in another calendar then ({}).", when(meeting)),
        Cause::Buffer { minutes, wanted, other } => {
            let which = beside(judged, clash, *other, (known, reader));
            format!("{} between it and {which}; {wanted} should.", minutes_lie(*minutes))
        }
        Cause::DayCap { planned, most } => {
            format!("{name} {has} {planned} sessions on {day}, and {most} {} the most that {} wanted.", be(*most), be(*most))
        }
        Cause::WeekCap { planned, most } => {
            let monday = day_and_month(::series::monday_of(meeting.date()));
            format!("{name} {has} {planned} sessions in the week of {monday}, and {most} {} the most that {} wanted.", be(*most), be(*most))
        }
    }
}

/// Why a session cannot be at some time, or only with a reason, within a sentence: "Dr Ruth A. is away". No member is named.
pub fn why_shut(cause: &Cause, supervisor: PersonId, known: &Known, reader: Reader) -> String {
    let Subject { name, is, works, does, hosts, .. } = Subject::of(supervisor, (supervisor, &SESSION), known, reader);
    let name = lower(&name);
    match cause {
        Cause::SupervisorTwice { other } if known.hosts_event(supervisor, *other) => format!("{name} {hosts} an event"),
        Cause::MemberTwice { member, other } if known.hosts_event(*member, *other) => "somebody who comes to it hosts an event".to_owned(),
        Cause::SupervisorTwice { .. } => format!("{name} {is} at another session"),
        Cause::MemberTwice { .. } => "somebody who comes to it is at another session".to_owned(),
        Cause::Closed(closure) => format!("the Centre is closed ({closure})"),
        Cause::OnLeave(LeaveKind::Training) => format!("{name} {is} away for training"),
        Cause::OnLeave(_) => format!("{name} {is} away"),
        Cause::UnavailableDate => format!("{name} cannot be planned on this day"),
        Cause::OutsideHours(hours) if hours.is_empty() => format!("{name} {does} not work on this day"),
        Cause::OutsideHours(hours) => format!("{name} {works} from {}", hours_in_words(hours)),
        Cause::BusyElsewhere => format!("{name} {is} busy in another calendar"),
        Cause::Buffer { .. } => "too little time lies between it and another session".to_owned(),
        Cause::DayCap { .. } => "the day is full".to_owned(),
        Cause::WeekCap { .. } => "the week is full".to_owned(),
    }
}

const fn be(count: i64) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

/// "You", "The supervisor" and "Whoever hosts it" within a sentence; a name stays as it is.
fn lower(name: &str) -> String {
    match name {
        "You" => "you".to_owned(),
        "The supervisor" => "the supervisor".to_owned(),
        "Whoever hosts it" => "whoever hosts it".to_owned(),
        name => name.to_owned(),
    }
}

/// "9:00 to 12:00 and 13:00 to 17:00".
pub fn hours_in_words(hours: &[Stretch]) -> String {
    let hours: Vec<String> = hours.iter().map(ToString::to_string).collect();
    and(&hours)
}

fn minutes_lie(minutes: i64) -> String {
    match minutes {
        0 => "No time lies".to_owned(),
        1 => "Only one minute lies".to_owned(),
        several => format!("Only {several} minutes lie"),
    }
}

/// What can be done about it.
pub const fn way(cause: &Cause) -> &'static str {
    match cause {
        Cause::SupervisorTwice { .. } => "Move one of the two, or let somebody else lead it.",
        Cause::MemberTwice { .. } => "Move one of the two, or find the member a place in another group.",
        Cause::Closed(_) => "Move it, or cancel it.",
        Cause::OnLeave(_) | Cause::UnavailableDate => "It needs cover, another time, or to be cancelled.",
        Cause::OutsideHours(_) => "Move it, or change the hours if they are not right.",
        Cause::BusyElsewhere => "Move it, or ask whether it can be held all the same.",
        Cause::Buffer { .. } => "Move one of the two, or agree that it is enough this once.",
        Cause::DayCap { .. } | Cause::WeekCap { .. } => "Move one of them to another time, or let somebody else lead it.",
    }
}

#[cfg(test)]
mod tests {
    use super::super::clash::judge_other;
    use super::super::known::fixture::{DANIEL, RUTH, known, meeting};
    use super::super::model::fixture::{leave, nine_to_five};
    use super::super::model::{Availability, Limits};
    use super::*;

    #[test]
    fn what_a_host_has_said_of_their_days_and_hours_is_told_in_full_to_them_and_to_managers_alone() {
        let said = Availability { limits: Limits { most_in_day: Some(1), ..Limits::default() }, ..nine_to_five() };
        let others = [meeting(1, "2026-10-22 15:25", 60)];
        let away = Availability { leave: vec![leave("2026-10-22", "2026-10-22")], ..Availability::default() };
        let event = meeting(9, "2026-10-22 16:30", 60);
        let told = |said: &Availability, others: &[Meeting], reader: Reader| -> Vec<String> {
            let known = known(said.clone(), others);
            judge_other(&event, &known).iter().map(|clash| sentence_of_event(clash, &event, &known, reader)).collect()
        };
        let own = told(&said, &others, Reader::Supervisor(RUTH));
        assert_eq!(
            own,
            [
                "It is from 16:30 to 17:30, and you work from 09:00 to 17:00 on Thursday 22 October.",
                "Only 5 minutes lie between it and Group 1, Thursday 22 October, 15:25 to 16:25; 15 should.",
                "You have 2 sessions on Thursday 22 October, and 1 is the most that is wanted.",
            ]
        );
        assert!(told(&said, &others, Reader::Manager).iter().any(|sentence| sentence.contains("works from 09:00 to 17:00")));
        for reader in [Reader::Supervisor(DANIEL), Reader::Anybody] {
            assert_eq!(
                told(&said, &others, reader),
                [
                    "Whoever hosts it does not work then (Thursday 22 October, 16:30 to 17:30).",
                    "Too little time lies between it and a session.",
                    "Whoever hosts it has as many sessions on Thursday 22 October as they should.",
                ]
            );
            assert_eq!(told(&away, &[], reader), ["Whoever hosts it is away on Thursday 22 October."]);
        }
        assert_eq!(told(&away, &[], Reader::Supervisor(RUTH)), ["You are away for training on Thursday 22 October."]);
    }
}
