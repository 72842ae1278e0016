//! When the supervisors can be planned: nearly everything that is planned fits, and a little does not.

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta, Weekday};
use uuid::Uuid;

use super::cast::Cast;
use super::diary::Slot;
use super::draw::Draw;
use super::groups::Group;
use super::plan::Present;
use crate::availability::{LeaveKind, Limits};
use crate::groups::GroupKind;
use crate::people::PersonId;

/// What one supervisor has said.
#[derive(Debug, PartialEq)]
pub struct Said {
    pub person: PersonId,
    pub limits: Limits,
    pub hours: Vec<Hours>,
    pub leave: Option<Away>,
    /// Beside what every supervisor leads.
    pub qualified: Vec<GroupKind>,
}

/// A line of working hours, for every kind of supervision.
#[derive(Debug, PartialEq)]
pub struct Hours {
    pub id: Uuid,
    pub weekday: Weekday,
    pub from: NaiveTime,
    pub to: NaiveTime,
    pub is_preferred: bool,
}

/// Days away.
#[derive(Debug, PartialEq)]
pub struct Away {
    pub id: Uuid,
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub kind: LeaveKind,
}

const WEEK: [Weekday; 7] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// Lets every supervisor say when they can be planned.
pub fn availability(seed: u64, present: Present, cast: &Cast, groups: &[Group]) -> Vec<Said> {
    let mut draw = Draw::of(seed, "availability");
    let said = cast.supervisors.iter().map(|person| of_one(&mut draw, present, cast, groups, *person));
    let mut said: Vec<Said> = said.collect();
    // Whoever leads such supervision, and some who could cover it.
    for (place, one) in said.iter_mut().enumerate() {
        let leads = |kind| groups.iter().any(|group| group.supervisor == one.person && group.kind == kind);
        let every = [(GroupKind::Vig, 4), (GroupKind::Supervisors, 9)].into_iter();
        one.qualified = every.filter(|(kind, nth)| leads(*kind) || place.is_multiple_of(*nth)).map(|(kind, _)| kind).collect();
    }
    // Whoever is away for a fortnight has sessions that need cover, so that there is something to arrange.
    for one in said.iter_mut().skip(5).step_by(12).filter(|one| one.person != cast.ruth) {
        one.leave = Some(away(&mut draw, present, 11));
    }
    said
}

fn of_one(draw: &mut Draw, present: Present, cast: &Cast, groups: &[Group], person: PersonId) -> Said {
    // Whoever looks around as Ruth finds her own week in order.
    let is_ruth = person == cast.ruth;
    let slots: Vec<Slot> = groups
        .iter()
        .filter(|group| group.supervisor == person || group.members.iter().any(|member| member.person == person))
        .filter_map(|group| group.rhythm.map(|rhythm| rhythm.slot))
        .collect();
    let mut hours = Vec::new();
    for weekday in WEEK {
        let of_day: Vec<Slot> = slots.iter().copied().filter(|slot| slot.weekday == weekday).collect();
        let is_weekend = matches!(weekday, Weekday::Sat | Weekday::Sun);
        let works = draw.chance(70) && !is_weekend;
        let (early, late, short) = (draw.chance(50), draw.chance(50), draw.chance(6));
        if works || !of_day.is_empty() {
            let from = of_day.iter().map(|slot| on_the_half_hour(slot.time)).chain([clock(if early { 510 } else { 540 })]).min();
            let usual = clock(if late { 1050 } else { 1020 });
            let to = of_day.iter().map(|slot| clock(minutes_of(slot.time) + i64::from(slot.minutes) + 15)).chain([usual]).max();
            let to = if short && !is_ruth { Some(clock(840)) } else { to };
            let (from, to) = (from.unwrap_or(clock(540)), to.unwrap_or(usual));
            if from < to {
                hours.push(Hours { id: draw.id(), weekday, from, to, is_preferred: draw.chance(15) });
            }
        }
    }
    let limits = Limits {
        most_in_day: Some(i64::from(draw.between(4, 6))),
        most_in_week: Some(i64::from(draw.between(12, 16))),
        contracted_minutes: Some(i64::from(60 * draw.between(8, 20))),
        ..Limits::default()
    };
    let leave = draw.chance(12).then(|| away(draw, present, 4)).filter(|_| !is_ruth);
    Said { person, limits, hours, leave, qualified: Vec::new() }
}

/// From a Monday on, for so many days more.
fn away(draw: &mut Draw, present: Present, more: u64) -> Away {
    let first = ::series::monday_of(present.today) + Days::new(7 * u64::from(draw.between(1, 7)));
    let last = first + Days::new(more);
    let kind = if draw.chance(30) { LeaveKind::Training } else { LeaveKind::Leave };
    Away { id: draw.id(), first, last, kind }
}

fn minutes_of(time: NaiveTime) -> i64 {
    (time - NaiveTime::MIN).num_minutes()
}

/// So many minutes after midnight, and never as late as the next.
fn clock(minutes: i64) -> NaiveTime {
    NaiveTime::MIN.overflowing_add_signed(TimeDelta::minutes(minutes.min(1439))).0
}

fn on_the_half_hour(time: NaiveTime) -> NaiveTime {
    clock(minutes_of(time) / 30 * 30)
}

#[cfg(test)]
mod tests {
    use super::super::plan::{Size, plan};
    use super::*;

    #[test]
    fn every_supervisor_has_hours_and_ruth_has_them_around_all_that_she_does() {
        let plan = plan(Size::SMALL, 1, "2026-10-22T08:50:00Z".parse().unwrap());

        assert_eq!(plan.said.len(), 40);
        assert!(plan.said.iter().all(|said| !said.hours.is_empty() && said.hours.iter().all(|hours| hours.from < hours.to)));
        assert!(plan.said.iter().any(|said| said.leave.is_some()));
        for group in plan.groups.iter().filter(|group| matches!(group.kind, GroupKind::Vig | GroupKind::Supervisors)) {
            assert!(plan.said.iter().any(|said| said.person == group.supervisor && said.qualified.contains(&group.kind)));
        }
        let ruth = plan.said.iter().find(|said| said.person == plan.cast.ruth).unwrap();
        let slots = plan.groups.iter().filter(|group| group.supervisor == plan.cast.ruth).filter_map(|group| group.rhythm);
        for slot in slots.map(|rhythm| rhythm.slot) {
            let hours = ruth.hours.iter().find(|hours| hours.weekday == slot.weekday).unwrap();
            assert!(hours.from <= slot.time && clock(minutes_of(slot.time) + i64::from(slot.minutes)) <= hours.to, "{slot:?} {hours:?}");
        }
        assert_eq!(ruth.leave, None);
    }
}
