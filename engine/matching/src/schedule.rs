//! How hot the search is at each step.
//!
//! It is not known how many steps there will be, so there are cycles, each twice as long as the last. The first is a quick one near
//! freezing, for a first proposal; each of the others begins hot, where almost anything is forgiven, and ends cold.

use crate::instance::Weights;

/// Steps of the first cycle, and of the second.
const FIRST_CYCLE: usize = 3;
const SECOND_CYCLE: usize = 40;

/// The coldest temperature is the hottest, halved so many times.
const HALVINGS: usize = 5;

#[derive(Debug)]
pub struct Schedule {
    hottest: i64,
    step: usize,
    length: usize,
}

#[derive(Clone, Copy, Debug)]
pub struct Temperature {
    pub in_256ths: i64,
    pub is_new_cycle: bool,
}

impl Schedule {
    pub fn new(weights: &Weights) -> Self {
        let soft = weights.same_supervisor + weights.preferred_time + weights.open_group;
        Self { hottest: (soft * 256 / 6).max(256), step: 0, length: FIRST_CYCLE }
    }

    /// Whether there has been time for a first proposal.
    pub fn is_past_the_first_cycle(&self) -> bool {
        self.length > FIRST_CYCLE || self.step == self.length
    }

    pub fn next(&mut self) -> Temperature {
        if self.step == self.length {
            self.step = 0;
            self.length = (self.length * 2).max(SECOND_CYCLE);
        }
        // Geometric, with a straight line between two halvings.
        let is_first = self.length == FIRST_CYCLE;
        let way = if is_first { HALVINGS * 1024 } else { HALVINGS * 1024 * self.step / (self.length - 1).max(1) };
        let within = i64::try_from(way % 1024).unwrap_or(0);
        let in_256ths = (self.hottest >> (way / 1024)) * (2048 - within) / 2048;
        let is_new_cycle = self.step == 0;
        self.step += 1;
        Temperature { in_256ths, is_new_cycle }
    }
}
