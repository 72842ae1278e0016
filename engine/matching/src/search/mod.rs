//! Annealing: many small changes, each kept if it helps or if the temperature forgives it.
//!
//! Two kinds of change. The small ones move one or two people between open groups and cost a fraction of a microsecond. The large ones
//! (`regroup`) close groups, open others and see to the people concerned; they are what finds another time for a group or
//! spares one.

mod exchange;
mod regroup;

use std::ops::Range;

use crate::arrangement::Arrangement;
use crate::ground::Ground;
use crate::ids::{PractitionerId, SupervisorId, Table};
use crate::problem::Slot;
use crate::random::Random;

/// One large change for so many small ones.
const SMALL_CHANGES: usize = 24;

#[derive(Debug)]
pub struct Search<'g> {
    pub arrangement: Arrangement<'g>,
    ground: &'g Ground,
    random: Random,
    /// In 256ths of a point.
    temperature: i64,
    /// The slots of each supervisor are a stretch of this list.
    slots: &'g Slots,
    /// The slots that are thought to be good ones.
    favourites: &'g Slots,
    /// Used again and again, so that a change allocates nothing.
    freed: Vec<PractitionerId>,
    ranked: Vec<(i64, PractitionerId)>,
}

/// Every slot at which a group could be found, by supervisor.
#[derive(Debug)]
pub struct Slots {
    slots: Vec<Slot>,
    of_supervisor: Table<SupervisorId, Range<usize>>,
}

impl Slots {
    pub fn of(ground: &Ground) -> Self {
        Self::new(ground.problem.leaders.len(), ground.slots())
    }

    /// Slots in the order of their supervisors.
    pub fn new(supervisors: usize, slots: Vec<Slot>) -> Self {
        let mut of_supervisor: Table<SupervisorId, Range<usize>> = Table::filled(supervisors, 0..0);
        for (position, slot) in slots.iter().enumerate() {
            let stretch = &mut of_supervisor[slot.supervisor];
            if stretch.end == 0 {
                stretch.start = position;
            }
            stretch.end = position + 1;
        }
        Self { slots, of_supervisor }
    }

    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    pub fn all(&self) -> &[Slot] {
        &self.slots
    }

    pub fn of_supervisor(&self, supervisor: SupervisorId) -> &[Slot] {
        self.slots.get(self.of_supervisor[supervisor].clone()).unwrap_or_default()
    }
}

impl<'g> Search<'g> {
    pub fn new(arrangement: Arrangement<'g>, slots: &'g Slots, favourites: &'g Slots, random: Random) -> Self {
        let ground = arrangement.ground;
        Self { arrangement, ground, random, temperature: 0, slots, favourites, freed: Vec::new(), ranked: Vec::new() }
    }

    /// Tries so many large changes, with the small ones between them, at one temperature.
    pub fn run(&mut self, rounds: usize, temperature: i64) {
        if self.slots.is_empty() {
            return;
        }
        self.temperature = temperature;
        for _ in 0..rounds {
            self.regroup();
            for _ in 0..SMALL_CHANGES {
                self.exchange();
            }
        }
    }

    /// Keeps what was done since the last decision, or takes it back.
    fn decide(&mut self, patience: i64) -> bool {
        let is_kept = self.arrangement.change() >= -patience;
        if is_kept {
            self.arrangement.commit();
        } else {
            self.arrangement.take_back();
        }
        is_kept
    }
}
