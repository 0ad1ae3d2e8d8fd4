//! Positions. Everything that a snapshot holds is numbered densely; this file has the numbers and the tables over them.
//!
//! Its own file because it is the only one that reads memory by position: every access here is a `get`, so a wrong
//! position can only ever yield "nothing there", which means deny.
//!
//! Deliberately absent: removal. A snapshot is frozen.

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::marker::PhantomData;

use crate::key::{Handle, Key, KeyRef, Tag};

/// The position of a `T` in its snapshot.
pub(crate) struct Ix<T> {
    position: u32,
    of: PhantomData<fn() -> T>,
}

impl<T> Ix<T> {
    pub(crate) const fn new(position: u32) -> Self {
        Self { position, of: PhantomData }
    }

    /// The position of the `count`-th thing; saturates, which only ever points at nothing.
    pub(crate) fn from_count(count: usize) -> Self {
        Self::new(u32::try_from(count).unwrap_or(u32::MAX))
    }

    pub(crate) const fn position(self) -> u32 {
        self.position
    }

    pub(crate) const fn as_usize(self) -> usize {
        self.position as usize
    }
}

impl<T> Clone for Ix<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Ix<T> {}

impl<T> PartialEq for Ix<T> {
    fn eq(&self, other: &Self) -> bool {
        self.position == other.position
    }
}

impl<T> Eq for Ix<T> {}

impl<T> PartialOrd for Ix<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Ix<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.position.cmp(&other.position)
    }
}

impl<T> Hash for Ix<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.position.hash(state);
    }
}

impl<T> fmt::Debug for Ix<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.position)
    }
}

/// Values by the position of a `T`.
#[derive(Debug)]
pub(crate) struct IxVec<T, V> {
    values: Vec<V>,
    of: PhantomData<fn() -> T>,
}

impl<T, V> Default for IxVec<T, V> {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

impl<T, V> From<Vec<V>> for IxVec<T, V> {
    fn from(values: Vec<V>) -> Self {
        Self { values, of: PhantomData }
    }
}

impl<T, V> FromIterator<V> for IxVec<T, V> {
    fn from_iter<I: IntoIterator<Item = V>>(values: I) -> Self {
        Self::from(Vec::from_iter(values))
    }
}

impl<T, V> IxVec<T, V> {
    pub(crate) fn get(&self, ix: Ix<T>) -> Option<&V> {
        self.values.get(ix.as_usize())
    }

    pub(crate) fn get_mut(&mut self, ix: Ix<T>) -> Option<&mut V> {
        self.values.get_mut(ix.as_usize())
    }

    pub(crate) fn push(&mut self, value: V) -> Ix<T> {
        let ix = Ix::from_count(self.values.len());
        self.values.push(value);
        ix
    }

    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (Ix<T>, &V)> + ExactSizeIterator {
        self.values.iter().enumerate().map(|(count, value)| (Ix::from_count(count), value))
    }

    pub(crate) fn values(&self) -> &[V] {
        &self.values
    }

    pub(crate) fn positions(&self) -> impl Iterator<Item = Ix<T>> + use<T, V> {
        (0..self.values.len()).map(Ix::from_count)
    }
}

/// A key that was declared twice: where first, where again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Twice {
    pub(crate) first: usize,
    pub(crate) again: usize,
}

/// The keys of all `T`, by position and by key.
///
/// Look-ups cost one hash and, almost always, one comparison. Invariant: `slots` is a power of two long and at most
/// three quarters full. The longest probe is bounded while building, by trying other seeds, so that keys chosen to
/// collide cannot make look-ups slow.
pub(crate) struct Names<T> {
    keys: IxVec<T, Key<T>>,
    slots: Vec<u32>,
    seed: u64,
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Self::new(Vec::new()).0
    }
}

impl<T> Names<T> {
    const EMPTY: u32 = u32::MAX;
    const LONGEST_PROBE: usize = 64;
    const SEEDS: u64 = 8;

    /// Numbers the keys in the given order. A key that is there twice keeps both positions and is found at the first.
    pub(crate) fn new(keys: Vec<Key<T>>) -> (Self, Vec<Twice>) {
        let mut names = Self { keys: IxVec::from(keys), slots: Vec::new(), seed: 0 };
        let mut twice = Vec::new();
        for seed in 0..Self::SEEDS {
            names.seed = mix(seed);
            twice.clear();
            if names.fill(&mut twice) <= Self::LONGEST_PROBE {
                break;
            }
        }
        (names, twice)
    }

    /// Fills the slots and returns the length of the longest probe.
    fn fill(&mut self, twice: &mut Vec<Twice>) -> usize {
        let size = (self.keys.len().saturating_mul(4) / 3 + 1).next_power_of_two();
        self.slots = vec![Self::EMPTY; size];
        let mut longest = 0;
        for (ix, key) in self.keys.iter() {
            let mut slot = self.hash(key.borrow());
            let mut length = 0;
            loop {
                length += 1;
                slot &= size - 1;
                match self.slots.get_mut(slot) {
                    Some(free) if *free == Self::EMPTY => {
                        *free = ix.position();
                        break;
                    }
                    Some(taken) if self.keys.get(Ix::new(*taken)) == Some(key) => {
                        twice.push(Twice { first: *taken as usize, again: ix.as_usize() });
                        break;
                    }
                    _ => slot += 1,
                }
            }
            longest = longest.max(length);
        }
        longest
    }

    #[inline]
    fn hash(&self, key: KeyRef<'_>) -> usize {
        let mixed = if let Some(number) = key.number() {
            mix(number as u64 ^ self.seed)
        } else {
            let mut hasher = DefaultHasher::new();
            (self.seed, key).hash(&mut hasher);
            hasher.finish()
        };
        mixed as usize
    }

    #[inline]
    pub(crate) fn find(&self, key: KeyRef<'_>) -> Option<Ix<T>> {
        let mut slot = self.hash(key);
        loop {
            let candidate = *self.slots.get(slot & (self.slots.len().wrapping_sub(1)))?;
            if candidate == Self::EMPTY {
                return None;
            }
            let ix = Ix::new(candidate);
            if self.keys.get(ix)?.borrow() == key {
                return Some(ix);
            }
            slot += 1;
        }
    }

    /// The handle of the key, if it is known.
    pub(crate) fn handle(&self, key: KeyRef<'_>) -> Option<Handle<T>> {
        let ix = self.find(key)?;
        Some(Handle::new(ix.position(), self.keys.get(ix)?.tag()))
    }

    /// The position that the handle means here, if it means anything here. Works the tag out: keep tags that are asked for
    /// often.
    pub(crate) fn accept(&self, handle: Handle<T>) -> Option<Ix<T>> {
        let ix = Ix::new(handle.position);
        (self.keys.get(ix)?.tag() == handle.tag).then_some(ix)
    }

    pub(crate) fn key(&self, ix: Ix<T>) -> Option<&Key<T>> {
        self.keys.get(ix)
    }

    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = (Ix<T>, &Key<T>)> {
        self.keys.iter()
    }
}

/// Spreads every bit over all others, so that neither runs of identifiers nor multiples of a power of two collide. The
/// constants are those of the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
#[inline]
fn mix(bits: u64) -> u64 {
    let bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ bits >> 31
}

impl<T> fmt::Debug for Names<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.keys.values()).finish()
    }
}

/// Positions by tag, for the constants, which know their tag and no position.
///
/// A tag that two things share is left out: both can still be reached by key.
#[derive(Debug)]
pub(crate) struct Tags<T> {
    slots: Vec<(Tag, u32)>,
    of: PhantomData<fn() -> T>,
}

impl<T> Tags<T> {
    const EMPTY: (Tag, u32) = (Tag(0), u32::MAX);

    pub(crate) fn new(tags: &IxVec<T, Tag>) -> Self {
        let mut sorted: Vec<(Tag, u32)> = tags.iter().map(|(ix, tag)| (*tag, ix.position())).collect();
        sorted.sort_unstable();
        let mut table =
            Self { slots: vec![Self::EMPTY; (sorted.len() * 4).next_power_of_two()], of: PhantomData };
        for same in sorted.chunk_by(|a, b| a.0 == b.0) {
            if let [only] = same {
                table.insert(*only);
            }
        }
        table
    }

    fn insert(&mut self, entry: (Tag, u32)) {
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = Self::hash(entry.0);
        while let Some(place) = self.slots.get_mut(slot & mask) {
            if *place == Self::EMPTY {
                *place = entry;
                return;
            }
            slot += 1;
        }
    }

    #[inline]
    fn hash(tag: Tag) -> usize {
        (tag.0.wrapping_mul(0x9e37_79b9) >> 12) as usize
    }

    pub(crate) fn find(&self, tag: Tag) -> Option<Ix<T>> {
        let mut slot = Self::hash(tag);
        loop {
            let entry = *self.slots.get(slot & self.slots.len().wrapping_sub(1))?;
            if entry.0 == tag && entry.1 != Self::EMPTY.1 {
                return Some(Ix::new(entry.1));
            }
            if entry == Self::EMPTY {
                return None;
            }
            slot += 1;
        }
    }
}

#[cfg(test)]
mod tests;
