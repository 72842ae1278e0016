//! A round as the search sees it: names turned into positions, windows into bits.
//!
//! - A **start** is a half hour of the cycle at which at least one supervisor has a whole session free; no other is kept.
//! - The order of supervisors and practitioners here follows from what they are, not from where they stand in the file or how they
//!   are called, so that a file in another order is the same problem.
//! - A practitioner whom no supervisor could ever have (another stream, no start in common) is not in the problem at all, nor is one who
//!   would always be too few, see `placeable`.

use crate::company::{Cost, Trait};
use crate::ids::{BitTable, InterventionId, Position, PractitionerId, StartId, StreamId, SupervisorId, Table};
use crate::instance::{StreamRules, Weights};
use crate::order::in_order;

/// A half hour of the cycle at which a session may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Start {
    pub week: i64,
    pub day: i64,
    pub minute: i64,
}

#[derive(Clone, Debug)]
pub struct Stream {
    pub rules: StreamRules,
    /// Whether a supervisor must work with a member's intervention, and a mix of them costs.
    pub has_interventions: bool,
}

/// So many traits can cost something: as many as a processor compares at once.
const MOST_TRAITS: usize = 8;
const _: () = assert!(Trait::ALL.len() <= MOST_TRAITS);

/// What somebody is in each trait that costs something, as numbers in the order of the costs.
pub type Kinds = [u32; MOST_TRAITS];

/// What whoever has said nothing of a trait is in it.
pub const NO_KIND: u32 = u32::MAX;

#[derive(Clone, Debug)]
pub struct Person {
    pub stream: StreamId,
    pub intervention: InterventionId,
    pub level: i64,
    pub region: u32,
    /// One bit for each mode that is accepted.
    pub modes: u32,
    /// What the score gains when this practitioner has any place.
    pub worth: i64,
    /// What a preferred time and the supervisor whom they have now would add to that, as far as they asked for either.
    pub asked: i64,
    pub previous: Option<SupervisorId>,
    /// The only slot that is open to somebody who is pinned.
    pub pin: Option<Slot>,
    /// Whose groups are closed to them, and when.
    pub excluded: Vec<(SupervisorId, StartId)>,
    /// What any place costs them for those with whom they are kept together, as if none of them were there.
    pub missing: i64,
    /// What it costs that they and another are in one group: less than nothing where they are kept together.
    pub ties: Vec<(PractitionerId, i64)>,
    /// Where the practitioner stands in the instance.
    pub row: usize,
}

#[derive(Clone, Debug)]
pub struct Leader {
    pub region: u32,
    pub modes: u32,
    pub streams: u32,
    pub max_groups: usize,
    /// Practitioners who may not be led by this supervisor, in order.
    pub barred: Vec<PractitionerId>,
    /// Where the supervisor stands in the instance.
    pub row: usize,
}

/// The rules as numbers.
#[derive(Clone, Debug)]
pub struct RuleBook {
    pub weights: Weights,
    /// What it costs whom a group puts together.
    pub costs: Vec<Cost>,
    /// Of each thousand points so many may be given for the weakest groups.
    pub weakest_first: i64,
    pub streams: Table<StreamId, Stream>,
    /// The least distance between two starts of one supervisor on one day.
    pub spacing: i64,
    /// The bit of the mode that asks for one region.
    pub in_person: u32,
    /// How many modes there are.
    pub modes: usize,
}

#[derive(Clone, Debug)]
pub struct Problem {
    pub rules: RuleBook,
    pub starts: Table<StartId, Start>,
    pub people: Table<PractitionerId, Person>,
    pub kinds: Table<PractitionerId, Kinds>,
    pub free: BitTable<PractitionerId, StartId>,
    pub preferred: BitTable<PractitionerId, StartId>,
    /// With whom each practitioner may not be in a group, in order.
    pub foes: Table<PractitionerId, Vec<PractitionerId>>,
    pub leaders: Table<SupervisorId, Leader>,
    pub hours: BitTable<SupervisorId, StartId>,
    pub works_with: BitTable<SupervisorId, InterventionId>,
}

/// A group that could be opened: who would lead it, when, and in which mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot {
    pub supervisor: SupervisorId,
    pub start: StartId,
    pub stream: StreamId,
    /// The position of the mode's bit.
    pub mode: usize,
}

impl Stream {
    /// The fewest members a group may have; a group of nobody is none.
    pub fn least(&self) -> usize {
        usize::try_from(self.rules.min.max(1)).unwrap_or(usize::MAX)
    }

    pub fn most(&self) -> usize {
        usize::try_from(self.rules.max).unwrap_or(0)
    }
}

impl RuleBook {
    /// What a group of this size costs before its members are looked at: it is opened, and it is smaller or larger than wished.
    pub fn size_cost(&self, stream: StreamId, size: usize) -> i64 {
        let rules = &self.streams[stream].rules;
        let size = i64::try_from(size).unwrap_or(i64::MAX);
        self.weights.open_group
            + self.weights.below_target * (rules.target_min - size).max(0)
            + self.weights.above_target * (size - rules.target_max).max(0)
    }

    /// What it costs that a supervisor leads this many groups.
    pub fn load_cost(&self, groups: usize) -> i64 {
        let groups = i64::try_from(groups).unwrap_or(i64::MAX);
        self.weights.load_step.saturating_mul(groups.saturating_mul(groups.saturating_sub(1)) / 2)
    }
}

impl Problem {
    /// The modes in which this supervisor could lead this practitioner, were there a time; none where a rule forbids it.
    pub fn modes_between(&self, supervisor: SupervisorId, practitioner: PractitionerId) -> u32 {
        let leader = &self.leaders[supervisor];
        let person = &self.people[practitioner];
        if leader.streams >> person.stream.at() & 1 == 0 {
            return 0;
        }
        if self.rules.streams[person.stream].has_interventions && !self.works_with.has(supervisor, person.intervention) {
            return 0;
        }
        let modes = leader.modes & person.modes;
        let modes = if leader.region == person.region { modes } else { modes & !self.rules.in_person };
        if modes != 0 && leader.barred.binary_search(&practitioner).is_ok() {
            return 0;
        }
        modes
    }

    /// What the score gains from this practitioner at this time with this supervisor, apart from the rest of the group.
    #[inline]
    pub fn value(&self, practitioner: PractitionerId, supervisor: SupervisorId, start: StartId) -> i64 {
        let person = &self.people[practitioner];
        let mut value = person.worth;
        if person.previous == Some(supervisor) {
            value += self.rules.weights.same_supervisor;
        }
        if self.preferred.has(practitioner, start) {
            value += self.rules.weights.preferred_time;
        }
        value
    }

    /// Whether somebody is to stay away from the groups at this slot, or to stay where they are pinned.
    #[inline]
    pub fn is_excluded(&self, practitioner: PractitionerId, slot: Slot) -> bool {
        let person = &self.people[practitioner];
        person.pin.is_some_and(|pin| pin != slot) || person.excluded.contains(&(slot.supervisor, slot.start))
    }

    pub fn are_foes(&self, one: PractitionerId, other: PractitionerId) -> bool {
        let foes = &self.foes[one];
        !foes.is_empty() && foes.binary_search(&other).is_ok()
    }

    /// Whether one supervisor could lead groups at both starts, as far as the clock goes.
    pub fn are_apart(&self, one: StartId, other: StartId) -> bool {
        let (one, other) = (self.starts[one], self.starts[other]);
        (one.week, one.day) != (other.week, other.day) || (one.minute - other.minute).abs() >= self.rules.spacing
    }

    /// Whether a supervisor offers a stream in a mode.
    pub fn offers(&self, supervisor: SupervisorId, stream: StreamId, mode: usize) -> bool {
        let leader = &self.leaders[supervisor];
        leader.streams >> stream.at() & 1 == 1 && leader.modes >> mode & 1 == 1
    }

    /// The same problem with some of the supervisors and practitioners only, who come in the order given.
    pub fn part(&self, supervisors: &[SupervisorId], practitioners: &[PractitionerId]) -> Self {
        let mut new_supervisor = Table::filled(self.leaders.len(), None);
        for (position, supervisor) in supervisors.iter().enumerate() {
            new_supervisor[*supervisor] = Some(SupervisorId::nth(position));
        }
        let mut new_practitioner = Table::filled(self.people.len(), None);
        for (position, practitioner) in practitioners.iter().enumerate() {
            new_practitioner[*practitioner] = Some(PractitionerId::nth(position));
        }
        let moved = |foes: &Vec<PractitionerId>| in_order(foes.iter().filter_map(|foe| new_practitioner[*foe]), |foe| foe);
        let mut part = Self {
            rules: self.rules.clone(),
            starts: self.starts.clone(),
            people: Table::new(),
            kinds: practitioners.iter().map(|practitioner| self.kinds[*practitioner]).collect(),
            free: BitTable::new(0, self.starts.len()),
            preferred: BitTable::new(0, self.starts.len()),
            foes: practitioners.iter().map(|practitioner| moved(&self.foes[*practitioner])).collect(),
            leaders: Table::new(),
            hours: BitTable::new(0, self.starts.len()),
            works_with: self.works_with.without_rows(),
        };
        for practitioner in practitioners {
            let person = &self.people[*practitioner];
            let previous = person.previous.and_then(|previous| new_supervisor[previous]);
            let pin = person.pin.and_then(|pin| new_supervisor[pin.supervisor].map(|supervisor| Slot { supervisor, ..pin }));
            let excluded = person.excluded.iter().filter_map(|(supervisor, start)| Some((new_supervisor[*supervisor]?, *start)));
            let ties = person.ties.iter().filter_map(|(other, cost)| Some((new_practitioner[*other]?, *cost)));
            part.people.push(Person { previous, pin, excluded: excluded.collect(), ties: ties.collect(), ..person.clone() });
            part.free.push_row(self.free.row(*practitioner));
            part.preferred.push_row(self.preferred.row(*practitioner));
        }
        for supervisor in supervisors {
            let leader = &self.leaders[*supervisor];
            part.leaders.push(Leader { barred: moved(&leader.barred), ..leader.clone() });
            part.hours.push_row(self.hours.row(*supervisor));
            part.works_with.push_row(self.works_with.row(*supervisor));
        }
        part
    }
}
