//! How one viewer can stand to one record: the fixed catalogue.

use bitflags::bitflags;

use crate::vocabulary::{Flag, Party};

bitflags! {
    /// A set of ways in which a viewer can stand to a record.
    ///
    /// | relation | holds when |
    /// |---|---|
    /// | `OWN` | the viewer is a party that counts for `OWN` |
    /// | `DEPARTMENT` | a party that counts for it is a member of one of the viewer's departments |
    /// | `SUBDEPARTMENTS` | … is a member of a department strictly below one of the viewer's, at any depth |
    /// | `SUBORDINATES` | … is a member of a department that the viewer heads, or of one below |
    /// | `OBSERVED` | the viewer is a party that counts for `OBSERVED` |
    /// | [`Party::relation`] | the viewer is that party |
    /// | [`Flag::relation`] | the record carries that flag |
    /// | `ALWAYS` | always |
    ///
    /// "The viewer's departments" are the active ones that he sits in or heads. `DEPARTMENT` never looks up or down the
    /// tree, and `SUBDEPARTMENTS` alone does not contain it: a level unites what it wants (section 2.3 of the rights
    /// model). The relations of a dismissed party still hold; a viewer who is dismissed gets no answer but no.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct Relations: u64 {
        /// The viewer owns the record.
        const OWN = 1;
        /// The viewer shares a department with its owner.
        const DEPARTMENT = 1 << 1;
        /// The owner is below one of the viewer's departments.
        const SUBDEPARTMENTS = 1 << 2;
        /// The owner is in the part of the tree that the viewer heads. A head who is a member there is his own.
        const SUBORDINATES = 1 << 3;
        /// The viewer observes the record.
        const OBSERVED = 1 << 4;
        /// The viewer is the party of this number.
        const PARTY_0 = 1 << 8;
        /// The viewer is the party of this number.
        const PARTY_1 = 1 << 9;
        /// The viewer is the party of this number.
        const PARTY_2 = 1 << 10;
        /// The viewer is the party of this number.
        const PARTY_3 = 1 << 11;
        /// The viewer is the party of this number.
        const PARTY_4 = 1 << 12;
        /// The viewer is the party of this number.
        const PARTY_5 = 1 << 13;
        /// The viewer is the party of this number.
        const PARTY_6 = 1 << 14;
        /// The viewer is the party of this number.
        const PARTY_7 = 1 << 15;
        /// The record carries the flag of this number.
        const FLAG_0 = 1 << 16;
        /// The record carries the flag of this number.
        const FLAG_1 = 1 << 17;
        /// The record carries the flag of this number.
        const FLAG_2 = 1 << 18;
        /// The record carries the flag of this number.
        const FLAG_3 = 1 << 19;
        /// The record carries the flag of this number.
        const FLAG_4 = 1 << 20;
        /// The record carries the flag of this number.
        const FLAG_5 = 1 << 21;
        /// The record carries the flag of this number.
        const FLAG_6 = 1 << 22;
        /// The record carries the flag of this number.
        const FLAG_7 = 1 << 23;
        /// Every record.
        const ALWAYS = 1 << 31;
    }
}

impl Relations {
    /// The relations that a party can be declared to count for: who the viewer is, and where the party sits.
    pub const COUNTABLE: Self = Self::OWN.union(Self::OBSERVED).union(Self::BY_DEPARTMENT);

    /// The relations that are decided by the departments of a party.
    pub const BY_DEPARTMENT: Self = Self::DEPARTMENT.union(Self::SUBDEPARTMENTS).union(Self::SUBORDINATES);

    const FIRST_PARTY: u32 = Self::PARTY_0.bits().trailing_zeros();
    const FIRST_FLAG: u32 = Self::FLAG_0.bits().trailing_zeros();

    pub(crate) const fn of_party(party: Party) -> Self {
        Self::from_bits_retain(1 << (Self::FIRST_PARTY + party.number() as u32))
    }

    pub(crate) const fn of_flag(flag: Flag) -> Self {
        Self::from_bits_retain(1 << (Self::FIRST_FLAG + flag.number() as u32))
    }

    pub(crate) const fn of_flags(bits: u8) -> Self {
        Self::from_bits_retain((bits as u64) << Self::FIRST_FLAG)
    }
}

#[cfg(test)]
mod tests {
    use super::{Flag, Party, Relations};

    #[test]
    fn parties_and_flags_have_the_bits_that_carry_their_number() {
        let last = u8::try_from(Party::COUNT - 1).unwrap_or(0);
        assert_eq!(Relations::of_party(Party::nth(0)), Relations::PARTY_0);
        assert_eq!(Relations::of_party(Party::nth(last)), Relations::PARTY_7);
        assert_eq!(Relations::of_flag(Flag::nth(0)), Relations::FLAG_0);
        assert_eq!(Relations::of_flag(Flag::nth(last)), Relations::FLAG_7);
        assert_eq!(Relations::of_flags(0b1000_0001), Relations::FLAG_0 | Relations::FLAG_7);
    }
}
