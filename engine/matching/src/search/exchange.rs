//! Small changes: one or two people between open groups.

use crate::ids::{GroupId, PractitionerId};
use crate::search::Search;

impl Search<'_> {
    /// Tries to move somebody to another group, in the place of a member if need be.
    pub(super) fn exchange(&mut self) {
        let waits = !self.arrangement.waiting.is_empty() && self.random.once_in(8);
        let practitioner = if waits {
            self.random.choose(&self.arrangement.waiting).copied()
        } else {
            let people = self.ground.problem.people.len();
            Some(crate::ids::Position::nth(self.random.below(people)))
        };
        let Some(practitioner) = practitioner else { return };
        let Some(group) = self.random.choose(&self.arrangement.options[practitioner]).copied() else { return };
        let seat = self.arrangement.seats[practitioner];
        if seat == Some(group) {
            return;
        }
        let patience = self.random.patience(self.temperature);
        let may_go = seat.is_none_or(|seat| self.arrangement.may_lose_one(seat));
        if may_go && self.arrangement.has_room(group) && self.random.once_in(2) {
            self.relocate(practitioner, seat, group, patience);
        } else {
            self.take_the_place_of_a_member(practitioner, seat, group, patience);
        }
    }

    fn relocate(&mut self, practitioner: PractitionerId, seat: Option<GroupId>, group: GroupId, patience: i64) {
        let Some(gain) = self.arrangement.gain_of_joining(practitioner, group) else { return };
        let loss = seat.map_or(0, |seat| self.arrangement.loss_of_leaving(practitioner, seat));
        if gain - loss >= -patience {
            self.arrangement.leave(practitioner);
            self.arrangement.join_with(practitioner, group, gain);
            self.arrangement.commit();
        }
    }

    /// The member takes the seat that becomes free, or goes on to a third group, or waits.
    fn take_the_place_of_a_member(&mut self, practitioner: PractitionerId, seat: Option<GroupId>, group: GroupId, patience: i64) {
        let swapped = seat.and_then(|seat| self.member_who_fits(group, seat));
        let Some(member) = swapped.or_else(|| self.random.choose(&self.arrangement.groups[group].members).copied()) else { return };
        if swapped.is_none() && seat.is_some_and(|seat| !self.arrangement.may_lose_one(seat)) {
            return;
        }
        let third = if swapped.is_some() { seat } else { self.third_group(member, group) };
        let is_worse_off = third.is_none() && self.worth(practitioner) + patience < self.worth(member);
        if is_worse_off || (third.is_none() && seat.is_some()) {
            return;
        }
        self.arrangement.leave(practitioner);
        self.arrangement.leave(member);
        let is_done = self.arrangement.join(practitioner, group) && third.is_none_or(|third| self.arrangement.join(member, third));
        if is_done {
            self.decide(patience);
        } else {
            self.arrangement.take_back();
        }
    }

    /// A member of one group who could sit in another, from anywhere in the list of members. Not always asked for: a chain of three
    /// groups gets where no swap does.
    fn member_who_fits(&mut self, group: GroupId, seat: GroupId) -> Option<PractitionerId> {
        let slot = self.arrangement.groups[seat].slot;
        let members = &self.arrangement.groups[group].members;
        let first = self.random.below(members.len() + members.len() / 2);
        let (before, after) = members.split_at_checked(first)?;
        after.iter().chain(before).copied().find(|member| self.ground.is_candidate(*member, slot))
    }

    fn worth(&self, practitioner: PractitionerId) -> i64 {
        self.ground.problem.people[practitioner].worth
    }

    /// Somewhere else for a member: the best of a few groups with room.
    fn third_group(&mut self, member: PractitionerId, group: GroupId) -> Option<GroupId> {
        let options = &self.arrangement.options[member];
        let mut best = None;
        for _ in 0..3 {
            let other = self.random.choose(options).copied()?;
            if other == group {
                continue;
            }
            if let Some(gain) = self.arrangement.gain_of_joining(member, other)
                && best.is_none_or(|(most, _)| gain > most)
            {
                best = Some((gain, other));
            }
        }
        best.map(|(_, other)| other)
    }
}
