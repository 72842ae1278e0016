//! When a session could not lie anywhere without breaking a rule, whatever its length: what a hand that moves it is shown.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use super::clash::Cause;
use super::known::{Known, MeetingId, Taken};
use super::model::{DayHours, Stretch};
use crate::groups::GroupKind;
use crate::people::PersonId;

/// A session as far as it matters to where it could be put.
#[derive(Clone, Copy, Debug)]
pub struct ToPlace<'a> {
    /// Which one it is; nothing for one that is yet to be planned. What it takes now it can give up.
    pub meeting: Option<MeetingId>,
    /// What kind of supervision it is for, if that is known.
    pub kind: Option<GroupKind>,
    /// Who leads it, or would.
    pub supervisor: PersonId,
    /// Who else comes to it.
    pub others: &'a [PersonId],
}

/// A stretch of time with which no session may share a minute without breaking a rule, on the clocks of the United Kingdom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shut {
    /// Its beginning.
    pub starts: NaiveDateTime,
    /// Its end.
    pub ends: NaiveDateTime,
    /// The rule.
    pub cause: Cause,
}

/// Every such stretch from one day to another, the last included.
///
/// What depends on the length of a session, or on how many there are, is judged where it was put: [`super::judge`] is asked again there.
pub fn shut_times(to_place: ToPlace<'_>, known: &Known, (first, last): (NaiveDate, NaiveDate)) -> Vec<Shut> {
    let within = (::series::instant(first.and_time(NaiveTime::MIN)), ::series::instant((last + Days::new(1)).and_time(NaiveTime::MIN)));
    let mut shut = at_the_same_time(to_place, known, within);
    shut.extend(first.iter_days().take_while(|date| *date <= last).filter_map(|date| closed(known, date)));
    shut.extend(first.iter_days().take_while(|date| *date <= last).flat_map(|date| outside(to_place, known, date)));
    let blocks = known.busy_elsewhere(to_place.supervisor).iter().map(|block| (block.starts_at, block.ends_at));
    shut.extend(blocks.filter(|block| share(*block, within)).map(|block| stretch(block, Cause::BusyElsewhere)));
    shut
}

type Span = (DateTime<Utc>, DateTime<Utc>);

fn share(one: Span, other: Span) -> bool {
    one.0 < other.1 && other.0 < one.1
}

fn stretch((starts, ends): Span, cause: Cause) -> Shut {
    Shut { starts: ::series::local(starts), ends: ::series::local(ends), cause }
}

fn at_the_same_time(to_place: ToPlace<'_>, known: &Known, within: Span) -> Vec<Shut> {
    let others = |person: PersonId| {
        let is_meant = move |taken: &&Taken| Some(taken.meeting) != to_place.meeting && share((taken.starts_at, taken.ends_at), within);
        known.taken_by(person).iter().filter(is_meant)
    };
    let span = |taken: &Taken| (taken.starts_at, taken.ends_at);
    let supervisor = others(to_place.supervisor).map(|taken| stretch(span(taken), Cause::SupervisorTwice { other: taken.meeting }));
    let mut shut: Vec<Shut> = supervisor.collect();
    for member in to_place.others.iter().copied().filter(|member| *member != to_place.supervisor) {
        shut.extend(others(member).map(|taken| stretch(span(taken), Cause::MemberTwice { member, other: taken.meeting })));
    }
    shut
}

/// A day on which the Centre is closed.
fn closed(known: &Known, date: NaiveDate) -> Option<Shut> {
    let closure = known.closures.iter().find(|closure| closure.contains(date))?;
    let (starts, ends) = whole_day(date);
    Some(Shut { starts, ends, cause: Cause::Closed(closure.name.clone()) })
}

fn whole_day(date: NaiveDate) -> (NaiveDateTime, NaiveDateTime) {
    (date.and_time(NaiveTime::MIN), (date + Days::new(1)).and_time(NaiveTime::MIN))
}

/// What of a day lies outside what the supervisor has said of it.
fn outside(to_place: ToPlace<'_>, known: &Known, date: NaiveDate) -> Vec<Shut> {
    let (starts, ends) = whole_day(date);
    let Some(said) = known.availability.get(&to_place.supervisor) else { return Vec::new() };
    let whole = |cause| vec![Shut { starts, ends, cause }];
    match said.on(date, to_place.kind) {
        DayHours::Unknown => Vec::new(),
        DayHours::Away(kind) => whole(Cause::OnLeave(kind)),
        DayHours::Unavailable => whole(Cause::UnavailableDate),
        DayHours::Open(hours) => {
            gaps(&hours, date).into_iter().map(|(starts, ends)| Shut { starts, ends, cause: Cause::OutsideHours(hours.clone()) }).collect()
        }
    }
}

/// What lies between some hours of a day, which are in order and apart, before them and after.
fn gaps(hours: &[Stretch], date: NaiveDate) -> Vec<(NaiveDateTime, NaiveDateTime)> {
    let (begins, ends) = whole_day(date);
    let from = [begins].into_iter().chain(hours.iter().map(|open| date.and_time(open.to())));
    let to = hours.iter().map(|open| date.and_time(open.from())).chain([ends]);
    from.zip(to).filter(|(from, to)| from < to).collect()
}

#[cfg(test)]
mod tests {
    use super::super::clash::judge;
    use super::super::known::fixture::{AMINA, RUTH, known, meeting};
    use super::super::model::fixture::{leave, nine_to_five, stretch};
    use super::super::model::{Availability, DateOverride};
    use super::*;
    use crate::busy::BusyBlock;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn to_place(id: u128) -> ToPlace<'static> {
        ToPlace { meeting: Some(MeetingId(uuid::Uuid::from_u128(id))), kind: None, supervisor: RUTH, others: &[AMINA] }
    }

    #[test]
    fn what_is_shut_is_what_the_rules_would_hold_against_a_session_there() {
        let said = Availability {
            overrides: vec![
                DateOverride { on: date("2026-10-20"), hours: None },
                DateOverride { on: date("2026-10-21"), hours: Some(stretch("12:00", "14:00")) },
            ],
            leave: vec![leave("2026-10-22", "2026-10-22")],
            ..nine_to_five()
        };
        let others = [meeting(2, "2026-10-19 10:00", 90), meeting(3, "2026-10-23 15:00", 60)];
        let mut known = known(said, &others);
        known.closures =
            vec![::series::Closure { first: date("2026-10-19"), last: date("2026-10-20"), name: "Staff learning days".to_owned() }];
        let busy = meeting(9, "2026-10-23 11:00", 60);
        known.elsewhere.insert(RUTH, vec![BusyBlock { starts_at: busy.starts_at, ends_at: busy.ends_at }]);
        let shut = shut_times(to_place(1), &known, (date("2026-10-19"), date("2026-10-25")));
        for day in 19..=25 {
            for half in 0..47 {
                let there = meeting(1, &format!("2026-10-{day} {:02}:{:02}", half / 2, half % 2 * 30), 30);
                let mut planned = known.clone();
                planned.plan(there.clone(), &[AMINA]);
                let mut judged: Vec<Cause> = judge(&there, &planned).into_iter().map(|clash| clash.cause).collect();
                judged.retain(|cause| !matches!(cause, Cause::Buffer { .. } | Cause::DayCap { .. } | Cause::WeekCap { .. }));
                let found = shut.iter().filter(|shut| shut.starts < there.ends() && there.starts() < shut.ends);
                assert_eq!(found.map(|shut| shut.cause.clone()).collect::<Vec<_>>(), judged, "{}", there.starts());
            }
        }
    }

    #[test]
    fn the_session_in_hand_shuts_nothing_and_whoever_said_nothing_is_not_away() {
        let known = known(Availability::default(), &[meeting(1, "2026-10-22 10:00", 90)]);
        assert_eq!(shut_times(to_place(1), &known, (date("2026-10-19"), date("2026-10-25"))), []);
    }
}
