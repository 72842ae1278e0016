//! A problem with the sets that the search asks for all the time.

use crate::ids::{BitTable, Position, PractitionerId, StartId, StreamId, SupervisorId, members_of};
use crate::problem::{Problem, Slot};

/// A supervisor and a mode, as one position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct PairingId(usize);

impl Position for PairingId {
    fn nth(position: usize) -> Self {
        Self(position)
    }

    fn at(self) -> usize {
        self.0
    }
}

/// Where a search takes place: nothing in it changes.
#[derive(Clone, Debug)]
pub struct Ground {
    pub problem: Problem,
    /// Who could be led by a supervisor in a mode, were there a time.
    fitting: BitTable<PairingId, PractitionerId>,
    free_at: BitTable<StartId, PractitionerId>,
    of_stream: BitTable<StreamId, PractitionerId>,
    /// Whether anybody is pinned or excluded, which is seldom and would have to be asked often.
    has_exclusions: bool,
}

impl Ground {
    pub fn new(problem: Problem) -> Self {
        let people = problem.people.len();
        let modes = problem.rules.modes;
        let mut ground = Self {
            fitting: BitTable::new(problem.leaders.len() * modes, people),
            free_at: BitTable::new(problem.starts.len(), people),
            of_stream: BitTable::new(problem.rules.streams.len(), people),
            has_exclusions: problem.people.iter().any(|person| person.pin.is_some() || !person.excluded.is_empty()),
            problem,
        };
        let problem = &ground.problem;
        for (practitioner, person) in problem.people.entries() {
            ground.of_stream.set(person.stream, practitioner);
            for start in problem.free.members(practitioner) {
                ground.free_at.set(start, practitioner);
            }
            for supervisor in problem.leaders.positions() {
                let between = problem.modes_between(supervisor, practitioner);
                for mode in (0..modes).filter(|mode| between >> mode & 1 == 1) {
                    ground.fitting.set(ground.pairing(supervisor, mode), practitioner);
                }
            }
        }
        ground
    }

    fn pairing(&self, supervisor: SupervisorId, mode: usize) -> PairingId {
        PairingId(supervisor.at() * self.problem.rules.modes + mode)
    }

    /// Everybody who could be a member of a group at this slot.
    pub fn candidates(&self, slot: Slot) -> impl Iterator<Item = PractitionerId> {
        let fitting = self.fitting.row(self.pairing(slot.supervisor, slot.mode));
        let free = self.free_at.row(slot.start);
        let stream = self.of_stream.row(slot.stream);
        let members = members_of(fitting.iter().zip(free).zip(stream).map(|((fitting, free), stream)| fitting & free & stream));
        members.filter(move |practitioner| !self.is_excluded(*practitioner, slot))
    }

    pub fn count_candidates(&self, slot: Slot) -> usize {
        let fitting = self.fitting.row(self.pairing(slot.supervisor, slot.mode));
        let free = self.free_at.row(slot.start);
        let stream = self.of_stream.row(slot.stream);
        let both = fitting.iter().zip(free).zip(stream).map(|((fitting, free), stream)| (fitting & free & stream).count_ones());
        usize::try_from(both.sum::<u32>()).unwrap_or(usize::MAX)
    }

    #[inline]
    pub fn is_candidate(&self, practitioner: PractitionerId, slot: Slot) -> bool {
        self.free_at.has(slot.start, practitioner)
            && self.fitting.has(self.pairing(slot.supervisor, slot.mode), practitioner)
            && self.of_stream.has(slot.stream, practitioner)
            && !self.is_excluded(practitioner, slot)
    }

    #[inline]
    fn is_excluded(&self, practitioner: PractitionerId, slot: Slot) -> bool {
        self.has_exclusions && self.problem.is_excluded(practitioner, slot)
    }

    /// Every slot at which enough people for a group could be found.
    pub fn slots(&self) -> Vec<Slot> {
        let problem = &self.problem;
        let mut slots = Vec::new();
        for supervisor in problem.leaders.positions().filter(|supervisor| problem.leaders[*supervisor].max_groups > 0) {
            for start in problem.hours.members(supervisor) {
                for (stream, rules) in problem.rules.streams.entries() {
                    for mode in (0..problem.rules.modes).filter(|mode| problem.offers(supervisor, stream, *mode)) {
                        let slot = Slot { supervisor, start, stream, mode };
                        if rules.least() <= rules.most() && self.count_candidates(slot) >= rules.least() {
                            slots.push(slot);
                        }
                    }
                }
            }
        }
        slots
    }
}
