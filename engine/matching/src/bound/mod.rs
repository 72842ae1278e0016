//! A score that no proposal can pass, and the proof.
//!
//! Give every practitioner `p` a price `π(p) ≥ 0`, whatever it is. In any proposal everybody has at most one place, so the prices of the
//! people who are placed come to at most the sum of all prices:
//!
//! ```text
//! score = Σ over groups (value of the group) − Σ over supervisors (load cost)
//!       ≤ Σ over people π(p) + Σ over supervisors [ Σ over their groups (value − prices of the members) − load cost ]
//!       ≤ Σ over people π(p) + Σ over supervisors [ the most that one supervisor could make at these prices, alone ]
//! ```
//!
//! The last line needs nothing of the other supervisors, nor that a supervisor's groups share nobody: it is the bound. Whatever
//! `pricing` leaves out makes "the most" larger, never smaller, so the bound stays one. Everything is in whole numbers
//! ([`POINT`] to a point), and the division at the end rounds down only because scores are whole.
//!
//! Good prices are found by moving against those who are wanted by no group or by several (a subgradient of a convex function). A
//! price vector that is no good gives a high bound, not a wrong one; the lowest so far is kept.

mod pricing;
mod timetable;

use std::num::NonZeroUsize;

use crate::ground::Ground;
use crate::ids::{PractitionerId, StreamId, SupervisorId, Table};
use crate::order::in_order;
use crate::plan::Plan;
use crate::problem::{Person, Problem, Slot};
use crate::search::Slots;
use pricing::Pricing;

/// Prices are in parts of a point.
pub const POINT: i64 = 256;

/// So many attempts without a lower bound, and the steps become shorter.
const ATTEMPTS: usize = 8;

/// How long steps are at first, in 256ths of the step that would reach the score at once if the bound were a plane. Longer ones throw
/// the prices about, and they take long to settle.
const FIRST_STRIDE: i64 = 50;

/// Every so many steps, what was used before counts half.
const STEPS_REMEMBERED: usize = 32;

#[derive(Debug)]
pub struct Bound {
    prices: Table<PractitionerId, i64>,
    best_prices: Table<PractitionerId, i64>,
    /// Where the prices are going, in 256ths: an average of the latest subgradients.
    direction: Table<PractitionerId, i64>,
    best: i64,
    stride: i64,
    attempts: usize,
    /// How often each slot was used at the latest prices, by its place in the list of all.
    uses: Vec<usize>,
    steps: usize,
    favourites: Slots,
}

/// What one supervisor could make, when, and whom it would take.
struct Wish {
    value: i64,
    slots: Vec<Slot>,
    wanted: Vec<PractitionerId>,
}

impl Bound {
    /// Begins with the better of two guesses at the prices.
    pub fn new(threads: NonZeroUsize, ground: &Ground, slots: &Slots, plan: &Plan) -> Self {
        let problem = &ground.problem;
        let weights = &problem.rules.weights;
        let guesses = [usual_prices(problem), prices_of(problem, plan)];
        let bound_at = |prices: &Table<PractitionerId, i64>| total(prices, &wishes(threads, ground, slots, prices));
        let prices = guesses.into_iter().min_by_key(bound_at).unwrap_or_else(|| usual_prices(problem));
        let highest = problem.people.iter().map(|person| person.worth + weights.same_supervisor + weights.preferred_time).sum::<i64>();
        Self {
            direction: Table::filled(prices.len(), 0),
            best_prices: prices.clone(),
            prices,
            best: highest.saturating_mul(POINT),
            stride: FIRST_STRIDE,
            attempts: 0,
            uses: Vec::new(),
            steps: 0,
            favourites: Slots::new(problem.leaders.len(), Vec::new()),
        }
    }

    /// The slots that are worth having at the latest prices. Good proposals use few others.
    pub fn favourites(&self) -> &Slots {
        &self.favourites
    }

    /// The lowest bound so far.
    pub fn score(&self) -> i64 {
        self.best.div_euclid(POINT)
    }

    /// Whether further steps would be too short to change anything.
    pub fn is_settled(&self) -> bool {
        self.stride == 0
    }

    /// Finds the bound at the present prices, and the next prices.
    pub fn step(&mut self, threads: NonZeroUsize, ground: &Ground, slots: &Slots, score: i64) {
        let wishes = wishes(threads, ground, slots, &self.prices);
        let bound = total(&self.prices, &wishes);
        let mut surplus = Table::filled(self.prices.len(), 1);
        self.count_uses(ground, slots, &wishes);
        for practitioner in wishes.iter().flat_map(|wish| &wish.wanted) {
            surplus[*practitioner] -= 1;
        }
        self.attempts += 1;
        if bound < self.best {
            self.best = bound;
            self.best_prices = self.prices.clone();
            self.attempts = 0;
        }
        if self.attempts >= ATTEMPTS {
            self.attempts = 0;
            self.stride = self.stride * 2 / 3;
            self.prices = self.best_prices.clone();
            self.direction.fill(0);
            return;
        }
        self.move_prices(&surplus, score * POINT);
    }

    fn count_uses(&mut self, ground: &Ground, slots: &Slots, wishes: &[Wish]) {
        self.uses.resize(slots.all().len(), 0);
        self.steps += 1;
        if self.steps.is_multiple_of(STEPS_REMEMBERED) {
            self.uses.iter_mut().for_each(|uses| *uses /= 2);
        }
        for slot in wishes.iter().flat_map(|wish| &wish.slots) {
            if let Ok(place) = slots.all().binary_search(slot)
                && let Some(uses) = self.uses.get_mut(place)
            {
                *uses += 1;
            }
        }
        let used = slots.all().iter().zip(&self.uses).filter(|(_, uses)| **uses > 0).map(|(slot, _)| *slot);
        self.favourites = Slots::new(ground.problem.leaders.len(), used.collect());
    }

    fn move_prices(&mut self, surplus: &Table<PractitionerId, i64>, goal: i64) {
        let mut length = 0_i64;
        for practitioner in surplus.positions() {
            let surplus: i64 = surplus[practitioner];
            // Somebody whom nobody wants at no price has nothing to say.
            let is_idle = self.prices[practitioner] == 0 && surplus > 0;
            let direction = if is_idle { 0 } else { (self.direction[practitioner] * 2 + surplus * 256) / 3 };
            self.direction[practitioner] = direction;
            length += direction * direction;
        }
        // The direction is in 256ths, its square in 256ths of 256ths, and the stride in 256ths again.
        let distance = i128::from((self.best - goal).max(POINT)) * i128::from(self.stride);
        let length = i128::from(length.max(1));
        for practitioner in self.prices.positions() {
            let step = distance * i128::from(self.direction[practitioner]) / length;
            let step = i64::try_from(step).unwrap_or(0);
            self.prices[practitioner] = (self.prices[practitioner] - step).max(0);
        }
    }
}

/// The bound that these prices prove.
fn total(prices: &Table<PractitionerId, i64>, wishes: &[Wish]) -> i64 {
    prices.iter().sum::<i64>() + wishes.iter().map(|wish| wish.value).sum::<i64>()
}

/// Everybody pays for a place of middling worth, which is near the truth where there are places enough.
fn usual_prices(problem: &Problem) -> Table<PractitionerId, i64> {
    let weights = &problem.rules.weights;
    let price = |person: &Person| {
        let continuity = if person.previous.is_some() { weights.same_supervisor / 2 } else { 0 };
        (person.worth + continuity + weights.preferred_time / 2) * POINT
    };
    problem.people.iter().map(price).collect()
}

/// Where places are scarce: whoever has a place pays what it is worth, less an equal share of what the group costs, or less what the place would be worth to
/// those who wait, if many do. Who waits pays nothing.
fn prices_of(problem: &Problem, plan: &Plan) -> Table<PractitionerId, i64> {
    let mut prices = Table::filled(problem.people.len(), 0);
    let mut waits = Table::filled(problem.people.len(), true);
    for member in plan.groups.iter().flat_map(|group| &group.members) {
        waits[*member] = false;
    }
    let rents: Table<StreamId, i64> = problem.rules.streams.positions().map(|stream| rent(problem, stream, &waits)).collect();
    for group in &plan.groups {
        let size = i64::try_from(group.members.len()).unwrap_or(1).max(1);
        let share = problem.rules.size_cost(group.slot.stream, group.members.len()) / size;
        for member in &group.members {
            let value = problem.value(*member, group.slot.supervisor, group.slot.start);
            prices[*member] = (value - share.max(rents[group.slot.stream])).max(0) * POINT;
        }
    }
    prices
}

/// What a place is worth where places are scarce: what somebody who waits would bring, with one in twenty left out on top, since some wait
/// for other reasons.
fn rent(problem: &Problem, stream: StreamId, waits: &Table<PractitionerId, bool>) -> i64 {
    let of_stream = || problem.people.entries().filter(|(_, person)| person.stream == stream);
    let waiting = of_stream().filter(|(one, _)| waits[*one]).map(|(_, person)| person.worth);
    let waiting = in_order(waiting, |worth| worth);
    waiting.iter().rev().nth(of_stream().count() / 20).copied().unwrap_or(0)
}

/// What every supervisor would make at these prices.
fn wishes(threads: NonZeroUsize, ground: &Ground, slots: &Slots, prices: &Table<PractitionerId, i64>) -> Vec<Wish> {
    let supervisors: Vec<SupervisorId> = ground.problem.leaders.positions().collect();
    let pricing = Pricing { ground, prices };
    crate::threads::map(threads, &supervisors, |supervisor| timetable::best_timetable(&pricing, slots.of_supervisor(*supervisor)))
}
