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
    /// | `INVOLVES_SUBORDINATES` | the same, through the parties that count for this one |
    /// | `OWN_HEADS` | a party that counts for it heads one of the viewer's departments |
    /// | `PEERS` | … is a member of one of the viewer's departments, and heads none of them |
    /// | `OTHER_HEADS` | … is a member of none of them, and heads another |
    /// | `OTHER_EMPLOYEES` | … is a member of none of them but of another, and heads none |
    /// | `ELSEWHERE` | `DEPARTMENT` does not hold |
    /// | `OBSERVED` | the viewer is a party that counts for `OBSERVED` |
    /// | `STAFF_MATES` | … or the viewer sees the tickets of a staff ticket group that such a party is in |
    /// | `CLIENT_MATES` | the same, of a ticket group of clients |
    /// | [`Party::relation`] | the viewer is that party |
    /// | [`Flag::relation`] | the record carries that flag |
    /// | `LINKED` | a linked record lets the viewer do what is asked, by [`Offer::through`](crate::Offer::through) |
    /// | `HOSTED` | the viewer is in the audience of a social group that hosts the record, for what is asked, by [`Offer::hosted_by`](crate::Offer::hosted_by) |
    /// | `SHARED` | the record is shared with the viewer for what is asked, by [`Offer::shareable`](crate::Offer::shareable) |
    /// | `ALWAYS` | always |
    ///
    /// "The viewer's departments" are the active ones that he sits in or heads. `DEPARTMENT` never looks up or down the
    /// tree, and `SUBDEPARTMENTS` alone does not contain it: a level unites what it wants (section 2.3 of the rights
    /// model). The relations of a dismissed party still hold; a viewer who is dismissed gets no answer but no.
    ///
    /// A party can also be a user group or a department, where [`Principals`](crate::Principals) say so: whoever is in the group is that
    /// party, and a department counts as somebody who sits there alone and has no seat.
    ///
    /// To one person at most one of `OWN_HEADS`, `PEERS`, `OTHER_HEADS` and `OTHER_EMPLOYEES` holds, and none to somebody who
    /// is in no department.
    ///
    /// `LINKED` holds for single actions, and every action that opens through linked records reaches it: it does not have to be put
    /// into a level, and no party counts for it. So does `HOSTED`, for every action that an operation of social groups opens, and
    /// `SHARED`, for every action that is shareable.
    ///
    /// `ELSEWHERE` is the one negative relation. It is about everybody at once: no party that counts for `DEPARTMENT` is a
    /// member of one of the viewer's departments, or is one of them. So it holds for a record without such parties, with unknown ones or with some
    /// who are in no department, and for every record if the viewer himself is in none, as a visitor is. What a record does not
    /// say helps nobody otherwise; here, a party that is left out can open the record. No party counts for it by itself.
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
        /// Nobody who counts for the department is in one of the viewer's.
        const ELSEWHERE = 1 << 5;
        /// One of the viewer's heads is bound to the record.
        const OWN_HEADS = 1 << 6;
        /// The head of another department is.
        const OTHER_HEADS = 1 << 7;
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
        /// Somebody from the viewer's departments is bound to the record who is not a head there.
        const PEERS = 1 << 32;
        /// Somebody from other departments is who is no head.
        const OTHER_EMPLOYEES = 1 << 33;
        /// As `SUBORDINATES`, for a second and usually wider circle of parties: `SUBORDINATES` for whose the record is,
        /// this one for who takes part in it.
        const INVOLVES_SUBORDINATES = 1 << 34;
        /// A linked record lets the viewer do what is asked.
        const LINKED = 1 << 35;
        /// The record is shared with the viewer for what is asked.
        const SHARED = 1 << 36;
        /// A social group that hosts the record lets the viewer do what is asked.
        const HOSTED = 1 << 37;
        /// The viewer is a party, or sees the tickets of a ticket group of staff in which a party is.
        const STAFF_MATES = 1 << 40;
        /// The viewer is a party, or sees the tickets of a ticket group of clients in which a party is.
        const CLIENT_MATES = 1 << 41;
    }
}

impl Relations {
    /// What opens single actions with a record, whatever roles give.
    pub(crate) const OPENINGS: Self = Self::LINKED.union(Self::HOSTED).union(Self::SHARED);

    /// The relations that a party can be declared to count for: who the viewer is, and where the party sits.
    pub const COUNTABLE: Self =
        Self::OWN.union(Self::OBSERVED).union(Self::BY_STRUCTURE).union(Self::BY_TICKET_GROUP);

    /// The usual relations by the departments of a party.
    pub const BY_DEPARTMENT: Self = Self::DEPARTMENT.union(Self::SUBDEPARTMENTS).union(Self::SUBORDINATES);

    /// The relations by how a party is seated, seen from the viewer: of whose department, and whether as a head.
    pub const BY_SEAT: Self =
        Self::OWN_HEADS.union(Self::PEERS).union(Self::OTHER_HEADS).union(Self::OTHER_EMPLOYEES);

    /// The relations through ticket groups of the help desk. They hold for whoever is the party himself, too.
    pub const BY_TICKET_GROUP: Self = Self::STAFF_MATES.union(Self::CLIENT_MATES);

    /// Every relation that is decided by where a party sits and what he heads.
    pub(crate) const BY_STRUCTURE: Self =
        Self::BY_DEPARTMENT.union(Self::INVOLVES_SUBORDINATES).union(Self::BY_SEAT);

    /// The relations that hold because the viewer is a party himself; those that a user group can carry.
    pub(crate) const PERSONAL: Self = Self::BY_STRUCTURE.complement();

    /// The relations by how departments lie to each other; those that a department can carry, for it has no seat.
    pub(crate) const BY_LYING: Self = Self::BY_STRUCTURE.difference(Self::BY_SEAT);

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
