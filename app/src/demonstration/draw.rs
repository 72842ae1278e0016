//! A dice that falls the same way every time.

use uuid::Uuid;

use crate::database::code_of;

/// Drawn numbers that follow from a seed alone: `SplitMix64` (Steele, Lea and Flood, 2014).
///
/// The generators of `rand` may change with its version, and the same seed would then invent other people; so these ten lines are ours.
/// They are good enough for inventing people and for nothing else: no secret is made from them.
#[derive(Debug)]
pub struct Draw {
    state: u64,
    made: u64,
}

/// 1 January 2026, where the identities of invented things begin, so that they follow from the seed whatever the day.
const FIRST_MILLISECOND: u64 = 1_767_225_600_000;

impl Draw {
    /// The dice of one part of the work; drawing more in one part changes nothing in another.
    pub fn of(seed: u64, part: &str) -> Self {
        // FNV-1a, so that parts that begin alike differ in full.
        let state = part.bytes().fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Self { state, made: 0 }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A whole number below `limit`; 0 where the limit is 0.
    pub fn below(&mut self, limit: u32) -> u32 {
        let half = self.next() >> 32;
        u32::try_from((half * u64::from(limit)) >> 32).unwrap_or_default()
    }

    /// A whole number from `least` to `most`, both included.
    pub fn between(&mut self, least: u32, most: u32) -> u32 {
        least + self.below(most.saturating_sub(least) + 1)
    }

    /// Happens in so many of a hundred.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// One of a list, unless it is empty.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        let limit = u32::try_from(list.len()).unwrap_or(u32::MAX);
        list.get(usize::try_from(self.below(limit)).unwrap_or_default())
    }

    /// One of a list of words.
    pub fn word<'a>(&mut self, list: &[&'a str]) -> &'a str {
        self.pick(list).copied().unwrap_or_default()
    }

    /// Puts a list into another order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            let limit = u32::try_from(last + 1).unwrap_or(u32::MAX);
            list.swap(last, usize::try_from(self.below(limit)).unwrap_or_default());
        }
    }

    /// An identity that sorts by the order of making (UUID version 7).
    pub fn id(&mut self) -> Uuid {
        self.made += 1;
        let drawn = (u128::from(self.next()) << 64 | u128::from(self.next())).to_be_bytes();
        let random = drawn.first_chunk().copied().unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(FIRST_MILLISECOND + self.made, &random).into_uuid()
    }

    /// Eight characters that address a person or a session.
    pub fn code(&mut self) -> String {
        code_of(|| {
            let [byte, ..] = self.next().to_be_bytes();
            byte
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same_and_each_part_draws_its_own() {
        let draws = |seed, part| {
            let mut draw = Draw::of(seed, part);
            (draw.below(1_000_000), draw.code(), draw.id())
        };

        assert_eq!(draws(7, "people"), draws(7, "people"));
        assert_ne!(draws(7, "people"), draws(7, "groups"));
        assert_ne!(draws(7, "people"), draws(8, "people"));
    }

    #[test]
    fn every_number_of_a_range_is_drawn_and_none_outside_it() {
        let mut draw = Draw::of(1, "range");

        let drawn: std::collections::BTreeSet<u32> = (0..1_000).map(|_| draw.between(3, 6)).collect();

        assert_eq!(drawn.into_iter().collect::<Vec<_>>(), [3, 4, 5, 6]);
        assert_eq!(draw.below(0), 0);
    }

    #[test]
    fn shuffling_keeps_every_card() {
        let mut cards: Vec<u32> = (0..50).collect();

        Draw::of(1, "cards").shuffle(&mut cards);

        assert_ne!(cards, (0..50).collect::<Vec<_>>());
        cards.sort_unstable();
        assert_eq!(cards, (0..50).collect::<Vec<_>>());
    }
}
