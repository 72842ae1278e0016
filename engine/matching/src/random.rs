//! Chance from a seed, in whole numbers: the same on every machine.

/// A stream of numbers that look random and follow from a seed.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A stream of its own for each name, whatever this one has been asked.
    pub fn branch(seed: u64, name: u64) -> Self {
        let mut random = Self(seed ^ name.wrapping_mul(0xD6E8_FEB8_6659_FD93));
        Self(random.next())
    }

    /// The next 64 bits (`SplitMix64`).
    #[inline]
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// A number from 0 to one less than the limit; 0 for no limit.
    #[inline]
    pub fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit).unwrap_or(u64::MAX).min(1 << 32);
        usize::try_from(((self.next() >> 32) * limit) >> 32).unwrap_or(0)
    }

    /// Whether it happens this time, which it does once in so many.
    #[inline]
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    #[inline]
    pub fn choose<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }

    /// How far below nothing a change may be and still be made at this temperature (in 256ths of a point): by the rule of Metropolis,
    /// an exponentially distributed number. The logarithm is the one of the next power of two, with a straight line between two of them.
    #[inline]
    pub fn patience(&mut self, temperature: i64) -> i64 {
        let bits = self.next() >> 32 | 1;
        let below_one = i64::from(bits.leading_zeros()) - 32;
        let normalised = (bits << below_one) & 0x7FFF_FFFF;
        let logarithm = ((below_one + 1) << 10) - (i64::try_from(normalised).unwrap_or(0) >> 21);
        // 710/1024 is the natural logarithm of 2.
        (temperature * logarithm * 710) >> 28
    }
}
