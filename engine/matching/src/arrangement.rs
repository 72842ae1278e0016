//! Who is in which group, what that scores, and what the next change would do to the score.
//!
//! Invariants between two commits:
//! - every rule holds, but a group may have too few members only until the change that made it so is committed or taken back;
//! - `score` is the score of the specification, kept up change by change;
//! - `options` names, for each practitioner, the open groups whose slot would do, whoever else is in them.

use crate::company::Cost;
use crate::ground::Ground;
use crate::ids::{GroupId, PractitionerId, StartId, SupervisorId, Table};
use crate::problem::{Kinds, NO_KIND, Slot};

#[derive(Clone, Debug)]
pub struct Group {
    pub slot: Slot,
    pub members: Vec<PractitionerId>,
    is_open: bool,
    novices: usize,
    experts: usize,
    /// What the members are, in their order: nothing is looked up more often.
    kinds: Vec<Kinds>,
    /// How many kinds there are in each trait in which a further one costs something.
    different: Kinds,
}

/// One step that can be taken back.
#[derive(Clone, Copy, Debug)]
enum Change {
    Joined(PractitionerId),
    Left(PractitionerId, GroupId),
    Opened(GroupId),
    Closed(GroupId),
}

#[derive(Clone, Debug)]
pub struct Arrangement<'g> {
    pub ground: &'g Ground,
    pub score: i64,
    pub groups: Table<GroupId, Group>,
    vacant: Vec<GroupId>,
    /// The open groups, and where each stands among them.
    pub open: Vec<GroupId>,
    place_in_open: Table<GroupId, usize>,
    pub seats: Table<PractitionerId, Option<GroupId>>,
    pub led: Table<SupervisorId, Vec<GroupId>>,
    pub options: Table<PractitionerId, Vec<GroupId>>,
    /// Who has no place, and where each stands among them.
    pub waiting: Vec<PractitionerId>,
    place_in_waiting: Table<PractitionerId, usize>,
    journal: Vec<Change>,
    /// The score at the last commit.
    committed: i64,
}

impl<'g> Arrangement<'g> {
    pub fn empty(ground: &'g Ground) -> Self {
        let people = ground.problem.people.len();
        Self {
            ground,
            score: 0,
            groups: Table::new(),
            vacant: Vec::new(),
            open: Vec::new(),
            place_in_open: Table::new(),
            seats: Table::filled(people, None),
            led: Table::filled(ground.problem.leaders.len(), Vec::new()),
            options: Table::filled(people, Vec::new()),
            waiting: ground.problem.people.positions().collect(),
            place_in_waiting: (0..people).collect(),
            journal: Vec::new(),
            committed: 0,
        }
    }

    /// What the changes since the last commit have done to the score.
    pub fn change(&self) -> i64 {
        self.score - self.committed
    }

    pub fn has_room(&self, group: GroupId) -> bool {
        let group = &self.groups[group];
        group.members.len() < self.ground.problem.rules.streams[group.slot.stream].most()
    }

    pub fn may_lose_one(&self, group: GroupId) -> bool {
        let group = &self.groups[group];
        group.members.len() > self.ground.problem.rules.streams[group.slot.stream].least()
    }

    pub fn is_open(&self, group: GroupId) -> bool {
        self.groups[group].is_open
    }

    /// Whether a supervisor has a group to give at this start.
    pub fn may_open(&self, supervisor: SupervisorId, start: StartId) -> bool {
        let problem = &self.ground.problem;
        let led = &self.led[supervisor];
        led.len() < problem.leaders[supervisor].max_groups
            && led.iter().all(|group| problem.are_apart(self.groups[*group].slot.start, start))
    }

    /// What the score would gain if somebody who fits the slot joined; `None` if a rule among the members forbids it.
    #[inline]
    pub fn gain_of_joining(&self, practitioner: PractitionerId, group: GroupId) -> Option<i64> {
        let problem = &self.ground.problem;
        let group = &self.groups[group];
        let person = &problem.people[practitioner];
        let size = group.members.len();
        if size >= problem.rules.streams[group.slot.stream].most()
            || (person.level == 1 && group.experts > 0)
            || (person.level == 3 && group.novices > 0)
        {
            return None;
        }
        let has_foes = !problem.foes[practitioner].is_empty();
        if has_foes && group.members.iter().any(|member| problem.are_foes(practitioner, *member)) {
            return None;
        }
        let value = problem.value(practitioner, group.slot.supervisor, group.slot.start);
        Some(value - self.cost_of(practitioner, group, size + 1))
    }

    /// What the score would lose if a member left.
    #[inline]
    pub fn loss_of_leaving(&self, practitioner: PractitionerId, group: GroupId) -> i64 {
        let problem = &self.ground.problem;
        let group = &self.groups[group];
        let value = problem.value(practitioner, group.slot.supervisor, group.slot.start);
        value - self.cost_of(practitioner, group, group.members.len())
    }

    /// What somebody's membership costs in the terms that depend on the others: the group as it would be with `size` members
    /// against the group without this one, whether or not the list of members names them yet.
    #[inline]
    fn cost_of(&self, practitioner: PractitionerId, group: &Group, size: usize) -> i64 {
        let problem = &self.ground.problem;
        let rules = &problem.rules;
        // A member is one of their kind, and theirs one of the kinds.
        let counted = u32::from(group.members.len() == size);
        let has_interventions = rules.streams[group.slot.stream].has_interventions;
        let mut cost = rules.size_cost(group.slot.stream, size) - rules.size_cost(group.slot.stream, size - 1);
        let person = &problem.people[practitioner];
        cost += person.missing;
        cost += person.ties.iter().filter(|(other, _)| group.members.contains(other)).map(|(_, tie)| tie).sum::<i64>();
        let own = &problem.kinds[practitioner];
        let alike = group.alike(own);
        for (((each, own), alike), different) in rules.costs.iter().zip(own).zip(alike).zip(&group.different) {
            if *own != NO_KIND && each.counts(has_interventions) {
                cost += each.of_one_more(alike.saturating_sub(counted), different.saturating_sub(counted));
            }
        }
        cost
    }

    /// Seats somebody who waits and fits the slot; `false`, and nothing done, if a rule among the members forbids it.
    pub fn join(&mut self, practitioner: PractitionerId, group: GroupId) -> bool {
        let Some(gain) = self.gain_of_joining(practitioner, group) else { return false };
        self.join_with(practitioner, group, gain);
        true
    }

    /// Seats somebody for whom the gain has just been asked.
    pub fn join_with(&mut self, practitioner: PractitionerId, group: GroupId, gain: i64) {
        self.score += gain;
        self.seat(practitioner, group);
        self.journal.push(Change::Joined(practitioner));
    }

    /// Takes a member out of their group.
    pub fn leave(&mut self, practitioner: PractitionerId) {
        if let Some(group) = self.seats[practitioner] {
            self.score -= self.loss_of_leaving(practitioner, group);
            self.unseat(practitioner, group);
            self.journal.push(Change::Left(practitioner, group));
        }
    }

    /// Opens a group of nobody; only after [`Self::may_open`].
    pub fn open(&mut self, slot: Slot) -> GroupId {
        let rules = &self.ground.problem.rules;
        let led = self.led[slot.supervisor].len();
        self.score -= rules.size_cost(slot.stream, 0) + rules.load_cost(led + 1) - rules.load_cost(led);
        let group = self.vacant.pop().unwrap_or_else(|| {
            self.place_in_open.push(usize::MAX);
            self.groups.push(Group::of_nobody(slot))
        });
        self.groups[group].slot = slot;
        self.groups[group].is_open = true;
        self.led[slot.supervisor].push(group);
        self.journal.push(Change::Opened(group));
        group
    }

    /// Takes everybody out of a group and closes it. Its members wait.
    pub fn close(&mut self, group: GroupId) {
        while let Some(member) = self.groups[group].members.last() {
            self.leave(*member);
        }
        let slot = self.groups[group].slot;
        let rules = &self.ground.problem.rules;
        let led = self.led[slot.supervisor].len();
        self.score += rules.size_cost(slot.stream, 0) + rules.load_cost(led) - rules.load_cost(led - 1);
        self.groups[group].is_open = false;
        self.led[slot.supervisor].retain(|other| *other != group);
        self.journal.push(Change::Closed(group));
    }

    /// Keeps the changes since the last commit.
    pub fn commit(&mut self) {
        let journal = std::mem::take(&mut self.journal);
        for change in &journal {
            match *change {
                Change::Opened(group) => self.show(group),
                Change::Closed(group) => self.hide(group),
                Change::Joined(_) | Change::Left(..) => {}
            }
        }
        self.journal = journal;
        self.journal.clear();
        self.committed = self.score;
    }

    /// Takes the changes since the last commit back.
    pub fn take_back(&mut self) {
        while let Some(change) = self.journal.pop() {
            match change {
                Change::Joined(practitioner) => {
                    if let Some(group) = self.seats[practitioner] {
                        self.unseat(practitioner, group);
                    }
                }
                Change::Left(practitioner, group) => self.seat(practitioner, group),
                Change::Opened(group) => {
                    let supervisor = self.groups[group].slot.supervisor;
                    self.groups[group].is_open = false;
                    self.led[supervisor].retain(|other| *other != group);
                    self.vacant.push(group);
                }
                Change::Closed(group) => {
                    let supervisor = self.groups[group].slot.supervisor;
                    self.groups[group].is_open = true;
                    self.led[supervisor].push(group);
                }
            }
        }
        self.score = self.committed;
    }

    /// Lets the people who could be in a new group know of it.
    fn show(&mut self, group: GroupId) {
        self.place_in_open[group] = self.open.len();
        self.open.push(group);
        for practitioner in self.ground.candidates(self.groups[group].slot) {
            self.options[practitioner].push(group);
        }
    }

    fn hide(&mut self, group: GroupId) {
        let place = self.place_in_open[group];
        self.open.swap_remove(place);
        if let Some(moved) = self.open.get(place) {
            self.place_in_open[*moved] = place;
        }
        for practitioner in self.ground.candidates(self.groups[group].slot) {
            let options = &mut self.options[practitioner];
            if let Some(place) = options.iter().position(|other| *other == group) {
                options.swap_remove(place);
            }
        }
        self.vacant.push(group);
    }

    fn seat(&mut self, practitioner: PractitionerId, group: GroupId) {
        let problem = &self.ground.problem;
        let level = problem.people[practitioner].level;
        let seated = &mut self.groups[group];
        let own = problem.kinds[practitioner];
        seated.count_kinds(&own, &problem.rules.costs, |different| different + 1);
        seated.novices += usize::from(level == 1);
        seated.experts += usize::from(level == 3);
        seated.members.push(practitioner);
        seated.kinds.push(own);
        self.seats[practitioner] = Some(group);
        let place = self.place_in_waiting[practitioner];
        self.waiting.swap_remove(place);
        if let Some(moved) = self.waiting.get(place) {
            self.place_in_waiting[*moved] = place;
        }
    }

    fn unseat(&mut self, practitioner: PractitionerId, group: GroupId) {
        let problem = &self.ground.problem;
        let level = problem.people[practitioner].level;
        let seated = &mut self.groups[group];
        if let Some(place) = seated.members.iter().position(|member| *member == practitioner) {
            seated.members.swap_remove(place);
            seated.kinds.swap_remove(place);
        }
        seated.count_kinds(&problem.kinds[practitioner], &problem.rules.costs, |different| different - 1);
        seated.novices -= usize::from(level == 1);
        seated.experts -= usize::from(level == 3);
        self.seats[practitioner] = None;
        self.place_in_waiting[practitioner] = self.waiting.len();
        self.waiting.push(practitioner);
    }
}

impl Group {
    fn of_nobody(slot: Slot) -> Self {
        Self { slot, members: Vec::new(), is_open: true, novices: 0, experts: 0, kinds: Vec::new(), different: [0; _] }
    }

    /// How many members are of the same kind in each trait.
    #[inline]
    fn alike(&self, own: &Kinds) -> Kinds {
        let mut alike = [0; _];
        for member in &self.kinds {
            for ((alike, member), own) in alike.iter_mut().zip(member).zip(own) {
                *alike += u32::from(member == own);
            }
        }
        alike
    }

    /// Changes the number of kinds in each trait in which a further one costs something and the others have none like it.
    fn count_kinds(&mut self, own: &Kinds, costs: &[Cost], change: impl Fn(u32) -> u32) {
        let alike = self.alike(own);
        for (((different, own), alike), each) in self.different.iter_mut().zip(own).zip(alike).zip(costs) {
            if alike == 0 && *own != NO_KIND && each.of_a_further_kind() > 0 {
                *different = change(*different);
            }
        }
    }
}
