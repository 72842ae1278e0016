//! The most that one group could make at given prices.
//!
//! Left out, which can only make it larger: conflicts between members, and whatever it costs that members are alike, differ or are alone
//! in something, miss somebody or know one another, but for the cost of many interventions. Kept beside that: sizes, and the span of levels.

use crate::bound::POINT;
use crate::company::{Cost, Trait};
use crate::ground::Ground;
use crate::ids::{PractitionerId, Table};
use crate::problem::Slot;

/// Less than any sum, and far from the end of the numbers.
pub const NOTHING: i64 = i64::MIN / 4;

/// Groups larger than this are priced without the cost of interventions: the exact table would be large.
const LARGEST_EXACT: usize = 24;

pub struct Pricing<'a> {
    pub ground: &'a Ground,
    pub prices: &'a Table<PractitionerId, i64>,
}

/// A group at its best: what it makes, and who is in it.
pub struct Offer {
    pub value: i64,
    pub slot: Slot,
    pub members: Vec<PractitionerId>,
}

/// Somebody who could be a member: their intervention where it matters, what they bring (negative, so that the most comes first), and who.
type Candidate = (u32, i64, PractitionerId);

impl Pricing<'_> {
    fn brings(&self, practitioner: PractitionerId, slot: Slot) -> i64 {
        self.ground.problem.value(practitioner, slot.supervisor, slot.start) * POINT - self.prices[practitioner]
    }

    fn size_cost(&self, slot: Slot, size: usize) -> i64 {
        self.ground.problem.rules.size_cost(slot.stream, size) * POINT
    }

    /// Those who could be members of a group without anybody of one level.
    fn candidates(&self, slot: Slot, absent: i64) -> impl Iterator<Item = PractitionerId> {
        let people = &self.ground.problem.people;
        self.ground.candidates(slot).filter(move |one| people[*one].level != absent)
    }

    /// A quick answer that is never too low: the best people, whatever their interventions.
    pub fn at_most(&self, slot: Slot, absent: i64, best: &mut Vec<i64>) -> i64 {
        let rules = &self.ground.problem.rules.streams[slot.stream];
        let most = rules.most();
        best.clear();
        for practitioner in self.candidates(slot, absent) {
            let brings = self.brings(practitioner, slot);
            if best.len() < most || best.last().is_some_and(|last| brings > *last) {
                if best.len() == most {
                    best.pop();
                }
                let place = best.partition_point(|other| *other > brings);
                best.insert(place, brings);
            }
        }
        self.best_size(slot, best.iter().copied()).map_or(NOTHING, |(value, _)| value)
    }

    /// The best number of members where the n best people are simply the first n.
    fn best_size(&self, slot: Slot, brings: impl Iterator<Item = i64>) -> Option<(i64, usize)> {
        let rules = &self.ground.problem.rules.streams[slot.stream];
        let mut sum = 0;
        let mut best = None;
        for (size, brings) in (1..=rules.most()).zip(brings) {
            sum += brings;
            let value = sum - self.size_cost(slot, size);
            if size >= rules.least() && best.is_none_or(|(most, _)| value > most) {
                best = Some((value, size));
            }
        }
        best
    }

    /// The best group of this slot without anybody of one level, under the rules that are kept here.
    pub fn best_offer(&self, slot: Slot, absent: i64) -> Offer {
        let problem = &self.ground.problem;
        let stream = &problem.rules.streams[slot.stream];
        let is_exact = stream.has_interventions && stream.most() <= LARGEST_EXACT;
        let kind = |one: PractitionerId| if is_exact { intervention(problem.people[one].intervention) } else { 0 };
        let candidate = |one: PractitionerId| (kind(one), -self.brings(one, slot), one);
        let mut candidates: Vec<Candidate> = self.candidates(slot, absent).map(candidate).collect();
        candidates.sort_unstable();
        if is_exact { self.with_interventions(slot, &candidates) } else { self.without_interventions(slot, &candidates) }
    }

    fn without_interventions(&self, slot: Slot, candidates: &[Candidate]) -> Offer {
        let best = self.best_size(slot, candidates.iter().map(|(_, brings, _)| -brings));
        let (value, size) = best.unwrap_or((NOTHING, 0));
        Offer { value, slot, members: candidates.iter().take(size).map(|(_, _, one)| *one).collect() }
    }

    /// Goes through the interventions one by one and decides how many members work with each, the best of them. A state is how many
    /// members there are so far and how many interventions they work with, where two or more are alike: from then on each costs.
    fn with_interventions(&self, slot: Slot, candidates: &[Candidate]) -> Offer {
        let rules = &self.ground.problem.rules;
        let most = rules.streams[slot.stream].most();
        let work = rules.costs.iter().find(|cost| cost.of == Trait::Intervention);
        let extra = work.map_or(0, Cost::of_a_further_kind) * POINT;
        let width = most + 1;
        let mut states = vec![NOTHING; 3 * width];
        if let Some(first) = states.first_mut() {
            *first = 0;
        }
        let kinds: Vec<&[Candidate]> = candidates.chunk_by(|one, other| one.0 == other.0).collect();
        let mut taken = vec![0; kinds.len() * states.len()];
        let mut next = states.clone();
        for (kind, taking) in kinds.iter().zip(taken.chunks_exact_mut(states.len())) {
            next.clone_from(&states);
            for (state, value) in states.iter().enumerate().filter(|(_, value)| **value > NOTHING) {
                let (different, size) = (state / width, state % width);
                let cost = if different == 2 { extra } else { 0 };
                let mut value = value - cost;
                for (count, (_, brings, _)) in (1..=most - size).zip(kind.iter()) {
                    value -= brings;
                    let to = (different + 1).min(2) * width + size + count;
                    if let Some(there) = next.get_mut(to)
                        && value > *there
                    {
                        *there = value;
                        if let Some(taking) = taking.get_mut(to) {
                            *taking = count * 4 + different + 1;
                        }
                    }
                }
            }
            std::mem::swap(&mut states, &mut next);
        }
        self.trace(slot, &states, &taken, &kinds)
    }

    /// Finds the best last state and follows it back to who is taken.
    fn trace(&self, slot: Slot, states: &[i64], taken: &[usize], kinds: &[&[Candidate]]) -> Offer {
        let stream = &self.ground.problem.rules.streams[slot.stream];
        let width = stream.most() + 1;
        let possible = states.iter().enumerate().filter(|(state, value)| state % width >= stream.least() && **value > NOTHING);
        let best = possible.map(|(state, value)| (value - self.size_cost(slot, state % width), state)).max();
        let Some((value, mut state)) = best else { return Offer { value: NOTHING, slot, members: Vec::new() } };
        let mut members = Vec::new();
        for (taking, kind) in taken.chunks_exact(states.len()).zip(kinds).rev() {
            let taking = taking.get(state).copied().unwrap_or(0);
            if taking > 0 {
                let (count, different) = (taking / 4, taking % 4 - 1);
                members.extend(kind.iter().take(count).map(|(_, _, one)| *one));
                state = different * width + state % width - count;
            }
        }
        Offer { value, slot, members }
    }
}

fn intervention(id: crate::ids::InterventionId) -> u32 {
    u32::try_from(crate::ids::Position::at(id)).unwrap_or(u32::MAX)
}
