//! Parties and flags: what a record says of itself, in slots that the vocabulary names.

use bitflags::bitflags;

use crate::key::Key;
use crate::vocabulary::Relations;

/// A way of being bound to a record: responsible, author, participant, observer.
///
/// A slot, numbered from 0 to 7; the vocabulary's list of parties names it. The same slot means different things in
/// different vocabularies, so take it from a preset's constant or from [`Snapshot::party`](crate::Snapshot::party).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Party(u8);

impl Party {
    /// How many parties a vocabulary can have.
    pub const COUNT: usize = 8;

    /// The owner: the first party of every vocabulary, set with [`Record::owner`](crate::Record::owner).
    pub const OWNER: Self = Self(0);

    /// The party with this number; numbers wrap at eight.
    pub const fn nth(number: u8) -> Self {
        Self(number % Self::COUNT as u8)
    }

    /// Its number.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// The relation "the viewer is this party", for use in a level.
    pub const fn relation(self) -> Relations {
        Relations::of_party(self)
    }
}

/// Something that a record is marked with: open to everybody, always readable.
///
/// A slot, numbered from 0 to 7; the vocabulary's list of flags names it, as with [`Party`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Flag(u8);

impl Flag {
    /// How many flags a vocabulary can have.
    pub const COUNT: usize = 8;

    /// The flag with this number; numbers wrap at eight.
    pub const fn nth(number: u8) -> Self {
        Self(number % Self::COUNT as u8)
    }

    /// Its number.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// The relation "the record carries this flag", for use in a level.
    pub const fn relation(self) -> Relations {
        Relations::of_flag(self)
    }
}

bitflags! {
    /// Who can be a party of a record.
    ///
    /// Whoever is of another kind counts for nothing as that party, whatever a record says.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub struct Principals: u8 {
        /// Users: what the party counts for holds for the user himself, and by where he sits.
        const USERS = 1;
        /// User groups, by [`Party::is_group`]: whoever is in the group at the moment of the access is that party, and so for him hold
        /// all relations that hold for the party himself. A group sits nowhere, so none holds by departments.
        const USER_GROUPS = 1 << 1;
        /// Departments, by [`Party::is_department`]: what the party counts for by departments holds by this one, as if somebody who
        /// sits there alone were the party. Nobody is a department, so nothing else holds.
        const DEPARTMENTS = 1 << 2;
    }
}

/// What a vocabulary says of one party.
///
/// ```
/// use bailiwick::{PartyRule, Relations};
///
/// let responsible = PartyRule::new("responsible").counts_for(Relations::OWN | Relations::BY_DEPARTMENT);
/// let observer = PartyRule::new("observer").counts_for(Relations::OBSERVED);
/// assert!(!observer.counts_for.contains(Relations::DEPARTMENT));
/// # let _ = responsible;
/// ```
///
/// Records with departments of their own have a party for them. Whether these *join* those of the owner or *replace* them is said by
/// what the owner counts for:
///
/// ```
/// use bailiwick::{PartyRule, Principals, Relations};
///
/// let branch = PartyRule::new("branch").principals(Principals::DEPARTMENTS).counts_for(Relations::BY_DEPARTMENT);
/// let joined = PartyRule::new("owner").counts_for(Relations::OWN | Relations::BY_DEPARTMENT);
/// let replaced = PartyRule::new("owner").counts_for(Relations::OWN);
/// # let _ = (branch, joined, replaced);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PartyRule {
    /// Its key.
    pub key: Key<Party>,
    /// The relations that hold through this party, within [`Relations::COUNTABLE`]. The party's own relation always
    /// does and is not named here.
    pub counts_for: Relations,
    /// Who can be this party; users, if nothing else is said.
    pub principals: Principals,
}

impl PartyRule {
    /// A party that users can be, and that counts for nothing but itself.
    pub fn new(key: impl Into<Key<Party>>) -> Self {
        Self { key: key.into(), counts_for: Relations::empty(), principals: Principals::USERS }
    }

    /// Makes the party count for more relations.
    #[must_use]
    pub fn counts_for(mut self, relations: Relations) -> Self {
        self.counts_for |= relations;
        self
    }

    /// Says who can be this party, replacing what was said before.
    #[must_use]
    pub fn principals(mut self, principals: Principals) -> Self {
        self.principals = principals;
        self
    }
}
