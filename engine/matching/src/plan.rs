//! Groups without the search around them, and a round cut into parts that are searched side by side.
//!
//! A part is some of the supervisors with the people of their groups and some of those who wait. Nothing in one part touches another, so
//! parts can be searched at the same time, and a round of a hundred thousand is no more than many of five hundred. Each cut is another
//! one, so that whoever belongs together comes together in time.

use crate::arrangement::Arrangement;
use crate::ground::Ground;
use crate::ids::{GroupId, Position, PractitionerId, SupervisorId, Table};
use crate::order::in_order;
use crate::problem::{Problem, Slot};
use crate::random::Random;
use crate::search::Slots;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    pub groups: Vec<PlannedGroup>,
    pub score: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlannedGroup {
    pub slot: Slot,
    pub members: Vec<PractitionerId>,
}

/// Some of a round: who is in it, and the groups that are theirs.
#[derive(Clone, Debug, Default)]
pub struct Part {
    pub supervisors: Vec<SupervisorId>,
    pub people: Vec<PractitionerId>,
    pub groups: Vec<PlannedGroup>,
    pub seed: u64,
}

impl Plan {
    pub fn of(arrangement: &Arrangement) -> Self {
        let planned = |group: &GroupId| {
            let group = &arrangement.groups[*group];
            PlannedGroup { slot: group.slot, members: group.members.clone() }
        };
        Self { groups: arrangement.open.iter().map(planned).collect(), score: arrangement.score }
    }

    /// How many of those who are pinned are where they are to stay; no other place is open to them.
    pub fn pins(&self, problem: &Problem) -> i64 {
        let members = self.groups.iter().flat_map(|group| &group.members);
        i64::try_from(members.filter(|member| problem.people[**member].pin.is_some()).count()).unwrap_or(i64::MAX)
    }

    /// Puts the groups of a plan into an arrangement of the same problem.
    pub fn arrange<'g>(&self, ground: &'g Ground) -> Arrangement<'g> {
        let mut arrangement = Arrangement::empty(ground);
        for planned in &self.groups {
            if !arrangement.may_open(planned.slot.supervisor, planned.slot.start) {
                continue;
            }
            let group = arrangement.open(planned.slot);
            for member in &planned.members {
                arrangement.join(*member, group);
            }
            arrangement.commit();
        }
        arrangement
    }

    /// Cuts a round into so many parts, at random.
    pub fn cut(&self, problem: &Problem, count: usize, random: &mut Random) -> Vec<Part> {
        let supervisors = self.supervisors_by_kinship(problem, random);
        let mut parts = vec![Part::default(); count];
        let mut part_of = Table::filled(problem.leaders.len(), 0);
        for (place, supervisor) in supervisors.iter().enumerate() {
            part_of[*supervisor] = place * count / supervisors.len().max(1);
        }
        for supervisor in problem.leaders.positions() {
            if let Some(part) = parts.get_mut(part_of[supervisor]) {
                part.supervisors.push(supervisor);
            }
        }
        let mut part_of_person = Table::filled(problem.people.len(), None);
        for group in &self.groups {
            let part = part_of[group.slot.supervisor];
            for member in &group.members {
                part_of_person[*member] = Some(part);
            }
            if let Some(part) = parts.get_mut(part) {
                part.groups.push(group.clone());
            }
        }
        for (practitioner, person) in problem.people.entries() {
            let part = part_of_person[practitioner].unwrap_or_else(|| match (person.pin, person.previous) {
                (Some(pin), _) => part_of[pin.supervisor],
                (None, Some(previous)) if random.once_in(2) => part_of[previous],
                _ => random.below(count),
            });
            if let Some(part) = parts.get_mut(part) {
                part.people.push(practitioner);
            }
        }
        for part in &mut parts {
            part.seed = random.next();
        }
        parts
    }

    /// The supervisors in an order in which those who have to do with one another tend to stand together: of one region at times, and at
    /// times next to the supervisor whom one of their members had before.
    fn supervisors_by_kinship(&self, problem: &Problem, random: &mut Random) -> Vec<SupervisorId> {
        let mut keys: Table<SupervisorId, (u64, u64)> = problem.leaders.iter().map(|_| (random.next(), random.next())).collect();
        match random.below(4) {
            0 => {
                let salt = random.next();
                for supervisor in problem.leaders.positions() {
                    keys[supervisor].0 = Random::branch(salt, u64::from(problem.leaders[supervisor].region)).next();
                }
            }
            1 => {}
            _ => {
                for group in &self.groups {
                    let member = random.choose(&group.members).copied();
                    if let Some(previous) = member.and_then(|member| problem.people[member].previous) {
                        keys[group.slot.supervisor].0 = keys[previous].0;
                    }
                }
            }
        }
        in_order(problem.leaders.positions(), |supervisor| keys[supervisor])
    }
}

impl Part {
    /// The part as a round of its own, with its groups in its own positions.
    pub fn problem_and_plan(&self, whole: &Problem, local: &Local) -> (Problem, Plan) {
        let groups = self.groups.iter().map(|group| PlannedGroup {
            slot: Slot { supervisor: local.supervisors[group.slot.supervisor], ..group.slot },
            members: group.members.iter().map(|member| local.people[*member]).collect(),
        });
        (whole.part(&self.supervisors, &self.people), Plan { groups: groups.collect(), score: 0 })
    }

    /// Those of some slots that are the part's, in its own positions.
    pub fn slots_in_part(&self, slots: &Slots) -> Vec<Slot> {
        let of_one = |(place, supervisor): (usize, &SupervisorId)| {
            let local = SupervisorId::nth(place);
            slots.of_supervisor(*supervisor).iter().map(move |slot| Slot { supervisor: local, ..*slot })
        };
        self.supervisors.iter().enumerate().flat_map(of_one).collect()
    }

    /// A plan of the part in the positions of the whole.
    pub fn in_the_whole(&self, plan: Plan) -> Vec<PlannedGroup> {
        let supervisor = |local: SupervisorId| self.supervisors.get(local.at()).copied().unwrap_or(local);
        let member = |local: PractitionerId| self.people.get(local.at()).copied().unwrap_or(local);
        let whole = |group: PlannedGroup| PlannedGroup {
            slot: Slot { supervisor: supervisor(group.slot.supervisor), ..group.slot },
            members: group.members.into_iter().map(member).collect(),
        };
        plan.groups.into_iter().map(whole).collect()
    }
}

/// Where everybody stands within their part: the parts share nobody, so one list does for all of them.
#[derive(Clone, Debug)]
pub struct Local {
    supervisors: Table<SupervisorId, SupervisorId>,
    people: Table<PractitionerId, PractitionerId>,
}

impl Local {
    pub fn of(problem: &Problem, parts: &[Part]) -> Self {
        let mut local = Self { supervisors: problem.leaders.positions().collect(), people: problem.people.positions().collect() };
        for part in parts {
            for (place, supervisor) in part.supervisors.iter().enumerate() {
                local.supervisors[*supervisor] = SupervisorId::nth(place);
            }
            for (place, practitioner) in part.people.iter().enumerate() {
                local.people[*practitioner] = PractitionerId::nth(place);
            }
        }
        local
    }
}
