//! What roles say of one action at one place, and what of that can matter.

use crate::vocabulary::Relations;

/// What one or several roles say of an action at a place: the relations, apart by how near they are said. A word for each, so
/// that two sayings unite in three steps; a bit of the first says whether the action is given anywhere in the entity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    pub(super) entity: u64,
    pub(super) pipeline: u64,
    pub(super) stage: u64,
}

impl Said {
    /// Marks what is said, so that an explicit "none" is heard. No relation has this bit.
    pub(super) const SOMETHING: u64 = 1 << 63;
    /// In the entity's word only. No relation has this bit.
    const SOMEWHERE: u64 = 1 << 62;

    /// These bits, said this near; not said at all is 0.
    pub(super) fn at(nearness: u8, bits: u64) -> Self {
        match nearness {
            3 => Self { stage: bits, ..Self::default() },
            2 => Self { pipeline: bits, ..Self::default() },
            _ => Self { entity: bits, ..Self::default() },
        }
    }

    pub(super) fn somewhere(given: bool) -> Self {
        Self { entity: if given { Self::SOMEWHERE } else { 0 }, ..Self::default() }
    }

    /// Both.
    #[inline]
    #[must_use]
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            entity: self.entity | other.entity,
            pipeline: self.pipeline | other.pipeline,
            stage: self.stage | other.stage,
        }
    }

    /// What is said nearest. Where nothing else is said, the bit of the entity's word says no relation.
    #[inline]
    pub(crate) fn nearest(self) -> Relations {
        let coarser = if self.pipeline == 0 { self.entity } else { self.pipeline };
        Self::relations(if self.stage == 0 { coarser } else { self.stage })
    }

    /// Everything that is said, near or not.
    #[inline]
    pub(crate) fn all(self) -> Relations {
        Self::relations(self.entity | self.pipeline | self.stage)
    }

    /// Whether the action is given anywhere in the entity, at any level but none.
    #[inline]
    pub(crate) fn given_somewhere(self) -> bool {
        self.entity & Self::SOMEWHERE != 0
    }

    /// What of it can matter to somebody who stands to a record in these relations and no others.
    pub(crate) fn gist(self, stands: Relations) -> Gist {
        let meets = |word| Self::relations(word).intersects(stands);
        let bits = [
            meets(self.entity),
            self.pipeline != 0,
            meets(self.pipeline),
            self.stage != 0,
            meets(self.stage),
            self.given_somewhere(),
        ];
        Gist(bits.into_iter().rev().fold(0, |gist, bit| gist << 1 | u8::from(bit)))
    }

    #[inline]
    fn relations(bits: u64) -> Relations {
        Relations::from_bits_retain(bits & !(Self::SOMETHING | Self::SOMEWHERE))
    }
}

/// What of a saying matters to whoever stands to a record in some relations and no others: which words say anything, which of them
/// one of these relations, and whether the action is given anywhere. The gist of two sayings together is both gists together, and
/// sayings of the same gist let him do the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Gist(u8);

impl Gist {
    /// How many there are.
    pub(crate) const COUNT: usize = 1 << 7;
    const SETTINGS: u8 = 1 << 6;

    /// The same of roles that give the settings right as well, if they do.
    #[must_use]
    pub(crate) fn with_settings(self, given: bool) -> Self {
        Self(self.0 | if given { Self::SETTINGS } else { 0 })
    }

    /// Both.
    #[inline]
    #[must_use]
    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Below [`Gist::COUNT`].
    #[inline]
    pub(crate) fn position(self) -> usize {
        usize::from(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Relations, Said};

    #[test]
    fn relations_fit_below_what_marks_a_cell() {
        assert!(Relations::all().bits() < Said::SOMEWHERE);
    }
}
