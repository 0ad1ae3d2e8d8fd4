//! Dice: numbers that follow from a seed, and what is drawn with them.

/// A stream of numbers. SplitMix64 (Steele, Lea and Flood 2014).
pub(crate) struct Dice(u64);

impl Dice {
    /// The dice of one thing of a kind.
    pub(crate) fn new(seed: u64, of: &str, number: usize) -> Self {
        let label = of.bytes().fold(number as u64, |label, byte| Self(label ^ u64::from(byte)).roll());
        Self(Self(seed ^ label).roll())
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let bits = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ bits >> 31
    }

    /// A number below the limit; zero below nothing.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.roll().checked_rem(limit as u64).unwrap_or(0) as usize
    }

    /// A number from nothing to the limit, both included.
    pub(crate) fn up_to(&mut self, limit: usize) -> usize {
        self.below(limit + 1)
    }

    /// Happens this often in a hundred times.
    pub(crate) fn percent(&mut self, times: usize) -> bool {
        self.below(100) < times
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// One of them, if there are any.
    pub(crate) fn maybe<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    /// Some of them, at most so many, none twice, in random order.
    pub(crate) fn some<T: Clone>(&mut self, from: &[T], at_most: usize) -> Vec<T> {
        let mut all = from.to_vec();
        self.shuffle(&mut all);
        all.truncate(self.up_to(at_most));
        all
    }

    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.up_to(at));
        }
    }
}
