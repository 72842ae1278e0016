//! Some twenty people who wait for supervision, and the few for whom a place is held.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::cast::Cast;
use super::draw::Draw;
use super::groups::{AIRE, Group};
use super::plan::Present;
use crate::groups::{GroupId, GroupKind, MeetingMode};
use crate::people::PersonId;
use crate::waiting::{OfferId, PartOfDay, PartOfWeek, Urgency, Way, hold_until};

/// Somebody who waits.
#[derive(Debug, PartialEq)]
pub struct Waiting {
    pub id: Uuid,
    pub code: String,
    pub person: PersonId,
    pub kind: GroupKind,
    pub way: Way,
    pub times: Vec<String>,
    pub urgency: Urgency,
    pub asked_at: DateTime<Utc>,
    pub offer: Option<Offer>,
}

/// A place that is held for them.
#[derive(Debug, PartialEq)]
pub struct Offer {
    pub id: OfferId,
    pub code: String,
    pub group: GroupId,
    pub offered_by: PersonId,
    pub offered_at: DateTime<Utc>,
    pub until: DateTime<Utc>,
}

/// How many wait for a group, for one-to-one supervision and for VIG supervision.
const WAIT_FOR: [(GroupKind, usize); 3] = [(GroupKind::Group, 11), (GroupKind::OneToOne, 5), (GroupKind::Vig, 5)];
/// For how many of those who wait for a group a place is held.
const HELD: usize = 3;

/// Lets people wait who are in no group of that kind. Whoever looks around as Amina or Ruth waits for nothing yet.
pub fn waiting(seed: u64, present: Present, cast: &Cast, groups: &[Group]) -> Vec<Waiting> {
    let mut draw = Draw::of(seed, "waiting");
    let mut people = cast.practitioners.clone();
    draw.shuffle(&mut people);
    let mut taken: HashSet<PersonId> = [cast.amina, cast.ruth].into();
    let mut waiting = Vec::new();
    for (kind, count) in WAIT_FOR {
        let is_in =
            |person: PersonId| groups.iter().any(|group| group.kind == kind && group.members.iter().any(|member| member.person == person));
        let chosen: Vec<PersonId> =
            people.iter().copied().filter(|person| !taken.contains(person) && !is_in(*person)).take(count).collect();
        taken.extend(&chosen);
        waiting.extend(chosen.into_iter().map(|person| one(&mut draw, present, person, kind)));
    }
    hold_places(&mut draw, present, cast, groups, &mut waiting);
    waiting
}

fn one(draw: &mut Draw, present: Present, person: PersonId, kind: GroupKind) -> Waiting {
    let urgency = match draw.below(10) {
        0..3 => Urgency::Now,
        3..7 => Urgency::ThreeMonths,
        7..9 => Urgency::SixMonths,
        _ => Urgency::Year,
    };
    let way = match draw.below(10) {
        0..5 => Way::Online,
        5..6 => Way::InPerson,
        _ => Way::Either,
    };
    let week = PartOfWeek::DAYS.into_iter().flat_map(|weekday| PartOfDay::ALL.map(|part| PartOfWeek { weekday, part }));
    let mut times: Vec<String> =
        week.filter(|part| draw.chance(if part.part == PartOfDay::Evening { 8 } else { 45 })).map(PartOfWeek::key).collect();
    if times.is_empty() {
        times.push("thursday-morning".to_owned());
    }
    let asked_at = present.now - TimeDelta::hours(i64::from(draw.between(30, 75 * 24)));
    Waiting { id: draw.id(), code: draw.code(), person, kind, way, times, urgency, asked_at, offer: None }
}

/// Yesterday places were offered in groups that have one, to people whom they fit.
fn hold_places(draw: &mut Draw, present: Present, cast: &Cast, groups: &[Group], waiting: &mut [Waiting]) {
    let Some(coordinator) = cast.coordinators.first().copied() else { return };
    let has_place = |group: &&Group| {
        let members = i64::try_from(group.members.len()).unwrap_or(i64::MAX);
        let is_fit = group.kind == GroupKind::Group && group.slug != AIRE && group.mode == MeetingMode::Online && group.rhythm.is_some();
        is_fit && members < group.capacity && group.supervisor != cast.ruth
    };
    let offered_at = present.now - TimeDelta::hours(20);
    for (one, group) in waiting.iter_mut().filter(|one| one.kind == GroupKind::Group).take(HELD).zip(groups.iter().filter(has_place)) {
        let Some(rhythm) = group.rhythm else { continue };
        let meets = PartOfWeek { weekday: rhythm.slot.weekday, part: PartOfDay::of(rhythm.slot.time) }.key();
        if !one.times.contains(&meets) {
            one.times.push(meets);
        }
        one.way = Way::Either;
        let until = hold_until(offered_at);
        one.offer = Some(Offer { id: OfferId(draw.id()), code: draw.code(), group: group.id, offered_by: coordinator, offered_at, until });
    }
}
