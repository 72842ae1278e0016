//! A round in the middle of being asked about: its groups as they are settled, everybody who takes part, and whom has been asked.

use std::collections::HashMap;

use ::matching::ProposedGroup;
use chrono::NaiveDate;

use super::people::{RoundPerson, people_of};
use super::row::{AskedGroup, AskedPerson, asked_groups};
use crate::asking::answers::Terms;
use crate::asking::model::{Meeting, Reply, way_in_words};
use crate::database::Transaction;
use crate::error::AppError;
use crate::groups::{GroupKind, MeetingMode};
use crate::matching::store::{PlacedBeside, Settled, settled};
use crate::matching::{Part, ident, not_cleared_until};
use crate::people::store::{Apart, apart_by_now};
use crate::people::{PersonId, Standing};
use crate::registration::store::clearances_of;
use crate::registration::{Clearance, Stream};
use crate::series::store::{DaysOffOfAll, days_off_of_all_from};
use crate::sessions::HostRole;

/// A round with all that asking needs of it, as it was at one moment.
pub(super) struct Scene {
    pub settled: Settled,
    /// Everybody who takes part, by what the files of the round call them.
    pub people: HashMap<String, RoundPerson>,
    pub asked: Vec<AskedGroup>,
    pub days_off: DaysOffOfAll,
    pub today: NaiveDate,
    /// Who may not meet by now.
    apart: Apart,
    /// What supervisors hold by now.
    clearances: HashMap<PersonId, Vec<Clearance>>,
}

/// Reads a round by its number; `NotFound` where there is none, or nothing is proposed yet.
pub(super) async fn scene(moment: &mut Transaction, number: i64, today: NaiveDate) -> Result<Scene, AppError> {
    let settled = settled(moment, number).await?;
    let people = people_of(moment, settled.id).await?;
    let asked = asked_groups(moment, settled.id, "").await?;
    Ok(Scene {
        days_off: days_off_of_all_from(moment, today).await?,
        apart: apart_by_now(moment).await?,
        clearances: clearances_of(moment, None).await?,
        settled,
        people,
        asked,
        today,
    })
}

impl Scene {
    /// The groups about which nobody is asked, or was asked until it was made.
    pub fn unasked(&self) -> impl Iterator<Item = &ProposedGroup> {
        self.settled.proposal.groups.iter().filter(|group| !self.is_asked(group))
    }

    fn is_asked(&self, group: &ProposedGroup) -> bool {
        let is_same = |asked: &AskedGroup| {
            let at = asked.meeting;
            ident(Part::Supervisor, &asked.supervisor_name.code) == group.supervisor
                && (at.week, at.day, at.minute) == (group.week, group.day, group.start)
        };
        self.asked.iter().any(|asked| is_same(asked) && (!asked.is_closed || asked.made.is_some()))
    }

    /// When and where a group of the proposal would meet, as it is stored.
    pub fn plan_of<'a>(&'a self, group: &'a ProposedGroup) -> Option<PlannedGroup<'a>> {
        let rules = &self.settled.instance.rules;
        let leader = self.settled.instance.supervisors.iter().find(|one| one.id == group.supervisor)?;
        let mode = MeetingMode::of_key(&group.mode)?;
        let members = group.members.iter().filter_map(|member| self.people.get(member)).collect::<Vec<_>>();
        let least = rules.streams.get(&group.stream).map_or(1, |sizes| sizes.min);
        let places = i64::try_from(group.members.len()).unwrap_or(i64::MAX);
        Some(PlannedGroup {
            supervisor: self.people.get(&group.supervisor)?,
            kind: Stream::of_key(&group.stream)?.kind(),
            mode,
            region: if mode == MeetingMode::InPerson { &leader.region } else { "" },
            meeting: Meeting {
                week: group.week,
                day: group.day,
                minute: group.start,
                length_minutes: rules.session_minutes,
                meets_every: self.settled.meets_every,
                from: self.settled.starts_on,
                until: self.settled.ends_on,
            },
            // Where a coordinator has let a group be smaller than the rules have it, it is enough that all of it accept.
            least: least.min(places),
            places,
            members,
            beside: self.beside(group),
        })
    }

    /// Who has a place beside the supervisor of a group of the proposal, each with what keeps them from it by now.
    fn beside(&self, group: &ProposedGroup) -> Vec<(&PlacedBeside, Option<String>)> {
        let is_it = |one: &&PlacedBeside| self.settled.proposal.groups.get(one.group) == Some(group);
        let placed = self.settled.beside.iter().filter(is_it);
        placed.map(|one| (one, one.problem.clone().or_else(|| self.why_not_cleared(one.person)))).collect()
    }

    /// Each clearance that somebody does not hold any more until the last day of the round.
    fn why_not_cleared(&self, person: PersonId) -> Option<String> {
        let held = self.clearances.get(&person).map(Vec::as_slice).unwrap_or_default();
        let missing: Vec<String> = not_cleared_until(held, self.settled.ends_on).collect();
        (!missing.is_empty()).then(|| missing.join(" "))
    }

    /// What stands for a group, with everybody in it and beside it, in a form: whoever is moved meanwhile makes it another.
    pub fn key_of(&self, group: &ProposedGroup) -> String {
        let beside = self.beside(group).into_iter().filter(|(_, problem)| problem.is_none());
        let beside: Vec<String> = beside.map(|(one, _)| format!("+{}.{}", one.role.key(), one.name.code)).collect();
        let ProposedGroup { supervisor, week, day, start, members, .. } = group;
        format!("{supervisor}.{week}.{day}.{start}:{}{}", members.join(","), beside.concat())
    }

    /// Who accepts to be beside whoever leads a group that people are asked about, and may be by now. Of two who may not meet, whoever leads it too is there.
    pub fn beside_of<'a>(&self, group: &'a AskedGroup) -> Vec<(&'a AskedPerson, HostRole)> {
        let mut there: Vec<PersonId> = group.accepting().map(|one| one.person).chain([group.supervisor]).collect();
        let may_be = |one: &AskedPerson, there: &[PersonId]| {
            !one.is_out
                && !there.contains(&one.person)
                && self.apart.first_from(one.person, there).is_none()
                && self.why_not_cleared(one.person).is_none()
        };
        let mut beside = Vec::new();
        for role in HostRole::ALL {
            for (one, _) in group.beside().filter(|(one, of)| *of == role && one.reply == Some(Reply::Accepted)) {
                if may_be(one, &there) {
                    there.push(one.person);
                    beside.push((one, role));
                }
            }
        }
        beside
    }

    /// Who of a group is asked for a place, and who is not and why.
    pub fn asked_and_left_out<'a>(&self, planned: &PlannedGroup<'a>) -> (Vec<&'a RoundPerson>, Vec<(&'a RoundPerson, &'static str)>) {
        let (mut asked, mut left_out): (Vec<&'a RoundPerson>, _) = (Vec::new(), Vec::new());
        for member in planned.members.iter().copied() {
            let apart = || asked.iter().copied().chain([planned.supervisor]).any(|other| self.are_apart(member, other));
            match member.obstacle(planned.kind).or_else(|| apart().then_some("May not be in a group with somebody in this one by now.")) {
                None => asked.push(member),
                Some(obstacle) => left_out.push((member, obstacle)),
            }
        }
        (asked, left_out)
    }

    /// Whether one of two people manages the other, or they may not meet, by now, whatever was known when the round was asked.
    pub fn are_apart(&self, one: &RoundPerson, other: &RoundPerson) -> bool {
        self.apart.are_apart(one.id, other.id)
    }

    /// What keeps a supervisor from leading a group of the round by now.
    pub fn why_not_led_by(&self, supervisor: &RoundPerson) -> Option<String> {
        let name = &supervisor.name.short;
        if supervisor.standing == Standing::Suspended {
            return Some(format!("{name} is suspended."));
        }
        if supervisor.is_held {
            return Some(format!("{name} is not available for matching."));
        }
        self.why_not_cleared(supervisor.id).map(|missing| format!("{name} does not hold every clearance any more. {missing}"))
    }

    /// What keeps the supervisor of a group that people are asked about from leading it by now.
    pub fn why_no_longer_led(&self, group: &AskedGroup) -> Option<String> {
        self.leader_of(group).and_then(|leader| self.why_not_led_by(leader))
    }

    fn leader_of(&self, group: &AskedGroup) -> Option<&RoundPerson> {
        self.person(group.supervisor, Part::Supervisor)
    }

    fn person(&self, id: PersonId, part: Part) -> Option<&RoundPerson> {
        let is_it = |(ident_of, one): &(&String, &RoundPerson)| one.id == id && **ident_of == ident(part, &one.name.code);
        self.people.iter().find(is_it).map(|(_, one)| one)
    }

    /// What keeps a group from being made by now of those who accept.
    pub fn why_not_made(&self, group: &AskedGroup) -> Option<String> {
        if let Some(problem) = self.why_no_longer_led(group) {
            return Some(problem);
        }
        let mut members = group.accepting().filter_map(|one| self.person(one.person, Part::Practitioner));
        if let Some(held) = members.find(|one| one.is_held) {
            return Some(format!("{} is not available for matching. Take the question back, and ask again.", held.name.short));
        }
        self.why_not_together(group).map(|why| format!("{why} Take the question back, and ask again."))
    }

    /// Two of those who accept, or lead, who may not be in one group by now.
    pub fn why_not_together(&self, group: &AskedGroup) -> Option<String> {
        let there: Vec<PersonId> = group.accepting().map(|one| one.person).chain([group.supervisor]).collect();
        let (one, other) = self.apart.first_apart(&there)?;
        let name_of = |id: PersonId| {
            let asked = group.members().find(|asked| asked.person == id).map(|asked| &asked.name);
            asked.unwrap_or(&group.supervisor_name).short.clone()
        };
        Some(format!("{} and {} may not be in one group by now.", name_of(one), name_of(other)))
    }

    /// When and how a group of the proposal would meet, in words.
    pub fn terms_of(&self, planned: &PlannedGroup<'_>) -> Terms {
        let rhythm = planned.meeting.rhythm(self.today);
        Terms {
            kind: planned.kind,
            supervisor: planned.supervisor.name.clone(),
            when: rhythm.to_string(),
            way: way_in_words(planned.mode, planned.region),
            first: self.days_off.first_session(planned.supervisor.id, rhythm, planned.meeting.until),
            until: planned.meeting.until,
        }
    }
}

/// A group of the proposal with its people.
pub(super) struct PlannedGroup<'a> {
    pub supervisor: &'a RoundPerson,
    pub kind: GroupKind,
    pub mode: MeetingMode,
    pub region: &'a str,
    pub meeting: Meeting,
    pub least: i64,
    pub places: i64,
    pub members: Vec<&'a RoundPerson>,
    /// Who would be beside its supervisor, each with what keeps them from it by now.
    pub beside: Vec<(&'a PlacedBeside, Option<String>)>,
}

impl<'a> PlannedGroup<'a> {
    /// Who is asked to be beside its supervisor.
    pub fn asked_beside(&self) -> impl Iterator<Item = &'a PlacedBeside> {
        self.beside.iter().filter(|(_, problem)| problem.is_none()).map(|(one, _)| *one)
    }

    /// What they would be.
    pub fn roles_beside(&self) -> Vec<HostRole> {
        self.asked_beside().map(|one| one.role).collect()
    }
}
