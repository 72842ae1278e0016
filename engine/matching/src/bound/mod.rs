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

use crate::ground::Ground;
use crate::ids::{PractitionerId, SupervisorId, Table};
use crate::search::Slots;
use pricing::Pricing;

/// Prices are in parts of a point.
pub const POINT: i64 = 256;

/// So many attempts without a lower bound, and the steps become shorter.
const ATTEMPTS: usize = 12;

/// How long steps are at first, in 256ths of the step that would reach the score at once if the bound were a plane.
const FIRST_STRIDE: i64 = 256;

#[derive(Debug)]
pub struct Bound {
    prices: Table<PractitionerId, i64>,
    best_prices: Table<PractitionerId, i64>,
    /// Where the prices are going, in 256ths: an average of the latest subgradients.
    direction: Table<PractitionerId, i64>,
    best: i64,
    stride: i64,
    attempts: usize,
}

/// What one supervisor could make, and whom it would take.
struct Wish {
    value: i64,
    wanted: Vec<PractitionerId>,
}

impl Bound {
    pub fn new(ground: &Ground) -> Self {
        let problem = &ground.problem;
        let weights = &problem.rules.weights;
        let first = |practitioner: PractitionerId| {
            let person = &problem.people[practitioner];
            let continuity = if person.previous.is_some() { weights.same_supervisor / 2 } else { 0 };
            (person.worth + continuity + weights.preferred_time / 2) * POINT
        };
        let prices: Table<PractitionerId, i64> = problem.people.positions().map(first).collect();
        let highest = problem.people.iter().map(|person| person.worth + weights.same_supervisor + weights.preferred_time).sum::<i64>();
        Self {
            direction: Table::filled(prices.len(), 0),
            best_prices: prices.clone(),
            prices,
            best: highest.saturating_mul(POINT),
            stride: FIRST_STRIDE,
            attempts: 0,
        }
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
    pub fn step(&mut self, ground: &Ground, slots: &Slots, score: i64) {
        let wishes = wishes(ground, slots, &self.prices);
        let mut bound = self.prices.iter().sum::<i64>();
        let mut surplus = Table::filled(self.prices.len(), 1);
        for wish in wishes {
            bound += wish.value;
            for practitioner in wish.wanted {
                surplus[practitioner] -= 1;
            }
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
        self.move_prices(&surplus, bound, score * POINT);
    }

    fn move_prices(&mut self, surplus: &Table<PractitionerId, i64>, bound: i64, goal: i64) {
        let mut length = 0_i64;
        for practitioner in surplus.positions() {
            let surplus = surplus[practitioner];
            // Somebody whom nobody wants at no price has nothing to say.
            let is_idle = self.prices[practitioner] == 0 && surplus > 0;
            let direction = if is_idle { 0 } else { (self.direction[practitioner] * 2 + surplus * 256) / 3 };
            self.direction[practitioner] = direction;
            length += direction * direction;
        }
        // The direction is in 256ths, its square in 256ths of 256ths, and the stride in 256ths again.
        let distance = i128::from((bound - goal).max(POINT)) * i128::from(self.stride);
        let length = i128::from(length.max(1));
        for practitioner in self.prices.positions() {
            let step = distance * i128::from(self.direction[practitioner]) / length;
            let step = i64::try_from(step).unwrap_or(0);
            self.prices[practitioner] = (self.prices[practitioner] - step).max(0);
        }
    }
}

/// What every supervisor would make at these prices.
fn wishes(ground: &Ground, slots: &Slots, prices: &Table<PractitionerId, i64>) -> Vec<Wish> {
    let supervisors: Vec<SupervisorId> = ground.problem.leaders.positions().collect();
    let pricing = Pricing { ground, prices };
    crate::threads::map(&supervisors, |supervisor| timetable::best_timetable(&pricing, slots.of_supervisor(*supervisor)))
}
