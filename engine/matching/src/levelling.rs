//! Levelling: whom groups exchange so that the weakest of them gives more of what its members asked for.
//!
//! The search looks for the best sum, and a sum can be had at the cost of one group. Where a round asks for the weakest group first, its groups
//! are levelled once the search has ended. The measure is the rank of a group by its fit, see `fit`, as the board of a round shows it. Of two
//! ways to seat the same people in the same groups that one is better whose weakest group ranks higher; where these are alike, whose second
//! weakest does, and so on; and where all are, the one that scores more.
//!
//! A change moves one member to another group, or lets two change places. It is made only if it is for the better in that order, so that no
//! later one undoes what an earlier one was made for. Beside that:
//! - every hard rule is kept: whoever joins is a candidate of the slot and is asked about like by the search, and no group becomes too small;
//! - no group is opened, closed or held at another time, and everybody who has a place has one, so that as many are placed;
//! - whoever is pinned stays and whoever is excluded stays away, since neither is a candidate elsewhere;
//! - two who are kept together, and are, stay in one group;
//! - no more points are given, against what the search had found, than the round allows. The score is counted as ever, so the bound is one.
//!
//! What comes of it is not proven to be the best: no single change that is left would be for the better, unless points or passes ran out.
//! Nothing is left to chance.

use std::collections::BTreeMap;

use crate::arrangement::Arrangement;
use crate::fit::{Fit, rank_of_fit};
use crate::ground::Ground;
use crate::ids::{GroupId, PractitionerId, Table};
use crate::order::in_order;
use crate::plan::Plan;
use crate::problem::Slot;

/// So many times the groups are gone through. Mostly nothing is left to do after the second.
const MOST_PASSES: usize = 8;

/// So many changes are made for the good of one group before the others have their turn.
const MOST_CHANGES_OF_ONE: usize = 16;

/// The same groups with others in them, the weakest first, for no more points than these.
pub fn level(ground: &Ground, plan: &Plan, most_given: i64) -> Plan {
    let mut levelling = Levelling::new(plan.arrange(ground), most_given);
    for _ in 0..MOST_PASSES {
        if !levelling.pass() {
            break;
        }
    }
    Plan::of(&levelling.arrangement)
}

struct Levelling<'g> {
    arrangement: Arrangement<'g>,
    fits: Table<GroupId, Fit>,
    /// What may still be given.
    left: i64,
    /// How many changes were made, counted from one.
    changes: usize,
    /// With which of them each group changed last.
    changed: Table<GroupId, usize>,
    /// After which of them nothing better was found for each group.
    looked: Table<GroupId, usize>,
}

/// Somebody goes to another group, somebody comes from there, or both.
#[derive(Clone, Copy)]
struct Change {
    group: GroupId,
    other: GroupId,
    goes: Option<PractitionerId>,
    comes: Option<PractitionerId>,
}

/// A change with what it would do.
#[derive(Clone, Copy)]
struct Found {
    change: Change,
    /// The fits of the two groups after it.
    fits: [Fit; 2],
    ranks: [i64; 2],
    /// The rank of the other group before it.
    rank_of_other: i64,
    score: i64,
}

/// Who could go to another group, and who could come from there.
#[derive(Default)]
struct Partners {
    going: Vec<PractitionerId>,
    coming: Vec<PractitionerId>,
}

impl<'g> Levelling<'g> {
    fn new(mut arrangement: Arrangement<'g>, most_given: i64) -> Self {
        let groups = arrangement.groups.len();
        let fits = arrangement.groups.positions().map(|group| fit_of(&mut arrangement, group)).collect();
        Self { arrangement, fits, left: most_given, changes: 1, changed: Table::filled(groups, 1), looked: Table::filled(groups, 0) }
    }

    /// Goes through the groups, the weakest first. Answers whether anything was changed.
    fn pass(&mut self) -> bool {
        let before = self.changes;
        for group in in_order(self.fits.positions(), |group| self.rank(group, self.fits[group])) {
            self.better(group);
        }
        self.changes > before
    }

    /// Makes the best changes of a group, one after the other.
    fn better(&mut self, group: GroupId) {
        for _ in 0..MOST_CHANGES_OF_ONE {
            let Some(found) = self.best_change(group) else {
                self.looked[group] = self.changes;
                return;
            };
            self.make(&found);
        }
    }

    fn best_change(&mut self, group: GroupId) -> Option<Found> {
        let mut best: Option<Found> = None;
        for (other, partners) in self.partners(group) {
            for (goes, comes) in partners.exchanges() {
                let found = self.try_out(Change { group, other, goes, comes });
                if let Some(found) = found
                    && best.is_none_or(|best| found.is_better_than(&best))
                {
                    best = Some(found);
                }
            }
        }
        best
    }

    /// With which groups one could exchange whom. Two between which nothing better was found, and of which neither has changed since, are not
    /// asked again.
    fn partners(&self, group: GroupId) -> BTreeMap<GroupId, Partners> {
        let (arrangement, ground) = (&self.arrangement, self.arrangement.ground);
        let (seated, looked) = (&arrangement.groups[group], self.looked[group]);
        let is_asked = |other: GroupId| other != group && (self.changed[group] > looked || self.changed[other] > looked);
        let mut partners: BTreeMap<GroupId, Partners> = BTreeMap::new();
        for member in in_order(seated.members.iter().copied(), |member| member) {
            if self.may_leave(member, group) {
                for other in arrangement.options[member].iter().copied().filter(|other| is_asked(*other)) {
                    partners.entry(other).or_default().going.push(member);
                }
            }
        }
        for one in ground.candidates(seated.slot) {
            let Some(other) = arrangement.seats[one] else { continue };
            if is_asked(other) && self.may_leave(one, other) {
                partners.entry(other).or_default().coming.push(one);
            }
        }
        partners
    }

    /// Whether nobody is in the group with whom somebody is kept together, which takes something off the cost of the two.
    fn may_leave(&self, one: PractitionerId, group: GroupId) -> bool {
        let ties = &self.arrangement.ground.problem.people[one].ties;
        !ties.iter().any(|(other, cost)| *cost < 0 && self.arrangement.seats[*other] == Some(group))
    }

    /// What a change would do, where it may be made and is for the better.
    fn try_out(&mut self, change: Change) -> Option<Found> {
        let before = [change.group, change.other].map(|group| self.rank(group, self.fits[group]));
        let found = self.seat(change);
        self.arrangement.take_back();
        let found = found?;
        let is_better = (the_lower_first(found.ranks), found.score) > (the_lower_first(before), 0);
        (is_better && found.score >= -self.left).then_some(found)
    }

    /// Seats people as a change has it, as far as the rules allow that.
    fn seat(&mut self, change: Change) -> Option<Found> {
        let Change { group, other, goes, comes } = change;
        let rank_of_other = self.rank(other, self.fits[other]);
        let (mut fit, mut fit_of_other) = (self.fits[group], self.fits[other]);
        if let Some(one) = goes {
            fit -= self.leave(one, group);
        }
        if let Some(one) = comes {
            fit_of_other -= self.leave(one, other);
            fit += self.join(one, group)?;
        }
        if let Some(one) = goes {
            fit_of_other += self.join(one, other)?;
        }
        if !self.is_large_enough(group) || !self.is_large_enough(other) {
            return None;
        }
        let ranks = [self.rank(group, fit), self.rank(other, fit_of_other)];
        Some(Found { change, fits: [fit, fit_of_other], ranks, rank_of_other, score: self.arrangement.change() })
    }

    fn make(&mut self, found: &Found) {
        let Change { group, other, .. } = found.change;
        self.seat(found.change);
        self.arrangement.commit();
        self.left += found.score;
        self.changes += 1;
        for (group, fit) in [group, other].into_iter().zip(found.fits) {
            self.fits[group] = fit;
            self.changed[group] = self.changes;
        }
    }

    /// Takes a member out. Answers what of the fit was theirs.
    fn leave(&mut self, one: PractitionerId, group: GroupId) -> Fit {
        let points = self.arrangement.loss_of_leaving(one, group);
        self.arrangement.leave(one);
        fit_of_one(self.arrangement.ground, one, self.arrangement.groups[group].slot, points)
    }

    /// Seats somebody who waits. Answers what of the fit is theirs, or nothing where a rule among the members forbids it.
    fn join(&mut self, one: PractitionerId, group: GroupId) -> Option<Fit> {
        let points = self.arrangement.gain_of_joining(one, group)?;
        self.arrangement.join_with(one, group, points);
        Some(fit_of_one(self.arrangement.ground, one, self.arrangement.groups[group].slot, points))
    }

    fn is_large_enough(&self, group: GroupId) -> bool {
        let group = &self.arrangement.groups[group];
        group.members.len() >= self.arrangement.ground.problem.rules.streams[group.slot.stream].least()
    }

    /// Where a group with those who are in it now stands, if this is its fit.
    fn rank(&self, group: GroupId, fit: Fit) -> i64 {
        let group = &self.arrangement.groups[group];
        let sizes = &self.arrangement.ground.problem.rules.streams[group.slot.stream].rules;
        let size = i64::try_from(group.members.len()).unwrap_or(i64::MAX);
        rank_of_fit(fit.share(), fit.lost > 0 || size < sizes.target_min || size > sizes.target_max)
    }
}

impl Partners {
    /// Everybody who could go alone or come alone, and each two who could change places.
    fn exchanges(&self) -> impl Iterator<Item = (Option<PractitionerId>, Option<PractitionerId>)> {
        let alone = self.going.iter().map(|one| (Some(*one), None));
        let back = self.coming.iter().map(|one| (None, Some(*one)));
        let both = self.going.iter().flat_map(|one| self.coming.iter().map(move |other| (Some(*one), Some(*other))));
        alone.chain(back).chain(both)
    }
}

impl Found {
    /// Whether all groups together are better after this change than after another one of the same group. What neither changes makes no
    /// difference, so that the group with which each exchanges is all that stands beside the other's.
    fn is_better_than(&self, other: &Self) -> bool {
        let after = |one: &Self, beside: i64| {
            let mut ranks = [one.ranks[0], one.ranks[1], beside];
            ranks.sort_unstable();
            (ranks, one.score)
        };
        after(self, other.rank_of_other) > after(other, self.rank_of_other)
    }
}

fn the_lower_first(ranks: [i64; 2]) -> [i64; 2] {
    let [one, other] = ranks;
    [one.min(other), one.max(other)]
}

/// The fit of a group, reckoned by taking its members out one after the other, and seating them again.
fn fit_of(arrangement: &mut Arrangement<'_>, group: GroupId) -> Fit {
    let (ground, slot) = (arrangement.ground, arrangement.groups[group].slot);
    let rules = &ground.problem.rules;
    // What a group of nobody loses by its size: the members take it off again.
    let mut fit = Fit { lost: rules.size_cost(slot.stream, 0) - rules.weights.open_group, ..Fit::default() };
    for member in arrangement.groups[group].members.clone() {
        fit += fit_of_one(ground, member, slot, arrangement.loss_of_leaving(member, group));
        arrangement.leave(member);
    }
    arrangement.take_back();
    fit
}

/// What of the fit of a group is a member's, by whom the score gains so many points.
fn fit_of_one(ground: &Ground, one: PractitionerId, slot: Slot, points: i64) -> Fit {
    let person = &ground.problem.people[one];
    let value = ground.problem.value(one, slot.supervisor, slot.start);
    Fit { asked: person.asked, given: value - person.worth, lost: value - points }
}
