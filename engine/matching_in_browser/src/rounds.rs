//! Whole rounds: the same round, seed and number of steps give the same proposal as natively.

use matching::{Instance, Matcher};
use wasm_bindgen::prelude::wasm_bindgen;

/// A round that is being matched.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Round(Matcher);

#[wasm_bindgen]
impl Round {
    /// Reads the file of a round; throws a sentence where it is none.
    #[wasm_bindgen(constructor)]
    pub fn new(json: &str, seed: u32) -> Result<Self, String> {
        let instance = Instance::read(json.as_bytes()).map_err(|error| error.to_string())?;
        Matcher::new(&instance, u64::from(seed)).map(Self).map_err(|error| error.to_string())
    }

    /// Works on for so many steps.
    pub fn step(&mut self, steps: usize) {
        self.0.step(steps);
    }

    /// The score of the best proposal so far.
    pub fn score(&self) -> i64 {
        self.0.score()
    }

    /// A score that no proposal can pass.
    pub fn bound(&self) -> i64 {
        self.0.bound()
    }

    /// How many practitioners have a place.
    pub fn placed(&self) -> usize {
        self.0.placed()
    }

    /// The best proposal so far, as the text of its file.
    pub fn proposal(&self) -> String {
        self.0.best().write()
    }
}
