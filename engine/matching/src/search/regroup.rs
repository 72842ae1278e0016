//! Large changes: groups are closed, a group is opened, and the people concerned find places.

use crate::ids::{GroupId, PractitionerId, SupervisorId};
use crate::problem::Slot;
use crate::search::Search;

/// So many slots are looked at before one is opened.
const SLOTS_COMPARED: usize = 6;

/// So many slots are tried for somebody who waits.
const SLOTS_TRIED: usize = 24;

/// So many of those who wait are asked what they think of a slot.
const WAITING_ASKED: usize = 6;

impl Search<'_> {
    pub(super) fn regroup(&mut self) {
        let patience = self.random.patience(self.temperature);
        self.freed.clear();
        // How many groups are closed, and how many opened.
        let (closed, opened) = match self.random.below(16) {
            0 => (1, 0),
            1 => (0, 1),
            2 => {
                self.open_for_one_who_waits();
                (0, 0)
            }
            3..=8 => {
                self.reopen_with_the_same_supervisor();
                (0, 0)
            }
            9..=11 => (1, 1),
            12 => (2, 1),
            13 => (1, 2),
            _ => (2, 2),
        };
        for _ in 0..closed {
            self.close_one();
        }
        for _ in 0..opened {
            self.open_one();
        }
        self.seat_the_freed();
        self.decide(patience);
    }

    /// Closes a group: the first by chance, another near somebody who has just lost their place. Groups that have nothing to do with one
    /// another gain nothing by being closed together.
    fn close_one(&mut self) {
        let near = self.random.choose(&self.freed).map(|one| &self.arrangement.options[*one]);
        let Some(group) = self.random.choose(near.unwrap_or(&self.arrangement.open)).copied() else { return };
        self.close(group);
    }

    fn close(&mut self, group: GroupId) {
        if self.arrangement.is_open(group) {
            self.freed.extend_from_slice(&self.arrangement.groups[group].members);
            self.arrangement.close(group);
        }
    }

    fn reopen_with_the_same_supervisor(&mut self) {
        let Some(group) = self.random.choose(&self.arrangement.open).copied() else { return };
        let supervisor = self.arrangement.groups[group].slot.supervisor;
        self.close(group);
        if let Some(slot) = self.slot_of(supervisor) {
            self.open(slot, None);
        }
    }

    /// Opens a group at the most promising of a few slots of anybody.
    fn open_one(&mut self) {
        let slots = if self.favours() { self.favourites.all() } else { self.slots.all() };
        if let Some(slot) = self.most_promising(slots) {
            self.open(slot, None);
        }
    }

    /// Opens a group around somebody who waits, and closes another of the supervisor's if there is no room for it. Some can be placed
    /// at few slots only, which promise little to anybody else.
    fn open_for_one_who_waits(&mut self) {
        let Some(practitioner) = self.random.choose(&self.arrangement.waiting).copied() else { return };
        for _ in 0..SLOTS_TRIED {
            let Some(slot) = self.random.choose(self.slots.all()).copied() else { return };
            if !self.ground.is_candidate(practitioner, slot) {
                continue;
            }
            if !self.arrangement.may_open(slot.supervisor, slot.start)
                && let Some(group) = self.random.choose(&self.arrangement.led[slot.supervisor]).copied()
            {
                self.close(group);
            }
            if self.arrangement.may_open(slot.supervisor, slot.start) {
                self.open(slot, Some(practitioner));
            }
            return;
        }
    }

    /// The most promising of a few slots of one supervisor.
    fn slot_of(&mut self, supervisor: SupervisorId) -> Option<Slot> {
        let favoured = self.favourites.of_supervisor(supervisor);
        let slots = if favoured.is_empty() || !self.favours() { self.slots.of_supervisor(supervisor) } else { favoured };
        self.most_promising(slots)
    }

    /// Whether to look among the favourites this time.
    fn favours(&mut self) -> bool {
        !self.favourites.is_empty() && !self.random.once_in(4)
    }

    fn most_promising(&mut self, slots: &[Slot]) -> Option<Slot> {
        let mut best: Option<(i64, Slot)> = None;
        for _ in 0..SLOTS_COMPARED {
            let slot = self.random.choose(slots).copied()?;
            if self.arrangement.may_open(slot.supervisor, slot.start) {
                let promise = self.promise(slot);
                if best.is_none_or(|(most, _)| promise > most) {
                    best = Some((promise, slot));
                }
            }
        }
        best.map(|(_, slot)| slot)
    }

    /// What the people who have just lost their places, and some of those who had none, would be worth at a slot, together.
    fn promise(&self, slot: Slot) -> i64 {
        let fits = |one: &&PractitionerId| self.ground.is_candidate(**one, slot);
        let value = |one: &PractitionerId| self.ground.problem.value(*one, slot.supervisor, slot.start);
        // Those who have just lost their places are the last of those who wait.
        let asked = self.arrangement.waiting.iter().rev().take(self.freed.len() + WAITING_ASKED);
        asked.filter(fits).map(value).sum()
    }

    /// Opens a group, around somebody if need be, and fills it with those who gain most by it, wherever they are now.
    fn open(&mut self, slot: Slot, around: Option<PractitionerId>) {
        let streams = &self.ground.problem.rules.streams;
        let (least, most) = (streams[slot.stream].least(), streams[slot.stream].most());
        let group = self.arrangement.open(slot);
        self.rank_candidates(slot, 2 * most + 4);
        if let Some(practitioner) = around {
            self.arrangement.join(practitioner, group);
            self.ranked.retain(|(_, other)| *other != practitioner);
        }
        // Whoever comes first decides who can follow, and those who gain most may have nobody who could.
        let is_first_by_chance = self.random.once_in(4);
        while self.arrangement.groups[group].members.len() < most {
            let mut best: Option<(i64, i64, usize)> = None;
            let by_chance = is_first_by_chance && self.arrangement.groups[group].members.is_empty();
            let (first, count) = if by_chance { (self.random.below(self.ranked.len()), 1) } else { (0, self.ranked.len()) };
            for (place, (_, practitioner)) in self.ranked.iter().enumerate().skip(first).take(count) {
                let Some(loss) = self.loss_at_present(*practitioner) else { continue };
                let Some(gain) = self.arrangement.gain_of_joining(*practitioner, group) else { continue };
                if best.is_none_or(|(most, _, _)| gain - loss > most) {
                    best = Some((gain - loss, gain, place));
                }
            }
            let Some((net, gain, place)) = best else { break };
            if net <= 0 && self.arrangement.groups[group].members.len() >= least {
                break;
            }
            let (_, practitioner) = self.ranked.swap_remove(place);
            self.arrangement.leave(practitioner);
            self.arrangement.join_with(practitioner, group, gain);
        }
        if self.arrangement.groups[group].members.len() < least {
            self.close(group);
        }
    }

    /// Those who would gain most by a place at this slot, with a little chance in it.
    fn rank_candidates(&mut self, slot: Slot, count: usize) {
        self.ranked.clear();
        for practitioner in self.ground.candidates(slot) {
            if let Some(loss) = self.loss_at_present(practitioner) {
                let value = self.ground.problem.value(practitioner, slot.supervisor, slot.start);
                let chance = self.random.patience(self.temperature) >> 1;
                let ranked = (loss - value - chance, practitioner);
                if self.ranked.len() == count && self.ranked.pop_if(|last| *last > ranked).is_none() {
                    continue;
                }
                let place = self.ranked.partition_point(|other| *other < ranked);
                self.ranked.insert(place, ranked);
            }
        }
    }

    /// What it costs to take somebody from where they are; `None` if their group cannot spare them.
    fn loss_at_present(&self, practitioner: PractitionerId) -> Option<i64> {
        let Some(seat) = self.arrangement.seats[practitioner] else { return Some(0) };
        self.arrangement.may_lose_one(seat).then(|| self.arrangement.loss_of_leaving(practitioner, seat))
    }

    /// Finds the best place for each who has lost one.
    fn seat_the_freed(&mut self) {
        let mut freed = std::mem::take(&mut self.freed);
        self.random.shuffle(&mut freed);
        for practitioner in freed.iter().copied() {
            if self.arrangement.seats[practitioner].is_some() {
                continue;
            }
            let mut best: Option<(i64, GroupId)> = None;
            for group in &self.arrangement.options[practitioner] {
                if self.arrangement.is_open(*group)
                    && let Some(gain) = self.arrangement.gain_of_joining(practitioner, *group)
                    && best.is_none_or(|(most, _)| gain > most)
                {
                    best = Some((gain, *group));
                }
            }
            if let Some((gain, group)) = best {
                self.arrangement.join_with(practitioner, group, gain);
            }
        }
        self.freed = freed;
    }
}
