//! Numbers that follow from a seed. SplitMix64 (Steele, Lea and Flood 2014): a dozen lines in place of a dependency.

/// A stream of numbers.
#[derive(Clone, Debug)]
pub(super) struct Dice(pub(super) u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let bits = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ bits >> 31
    }

    /// A number below the limit; zero below nothing.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.roll().checked_rem(limit as u64).map_or(0, |number| number as usize)
    }

    /// Happens this often in a hundred times.
    pub(super) fn percent(&mut self, times: usize) -> bool {
        self.below(100) < times
    }

    /// One of them, if there are any.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }
}
