//! Entries that say nothing, taken out of a list: what to do when an edit is saved and after a move.

use crate::policy::{Acl, AclEntry, Sign};

/// An entry that was taken out of a list, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Dropped {
    /// The entry.
    pub entry: AclEntry,
    /// Why it said nothing.
    pub because: Needless,
}

/// Why an entry says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Needless {
    /// It is negative, and no object above gives that rung to that subject, so it is an orphan: there is nothing to cancel,
    /// and once something is given above it would cancel what nobody thought of.
    Orphan,
    /// The list gives and cancels the same rung of the same subject, and the two annul each other.
    Annulled,
    /// The list says so already.
    Repeated,
}

impl Needless {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Orphan => "orphan",
            Self::Annulled => "annulled",
            Self::Repeated => "repeated",
        }
    }
}

impl Acl {
    /// Takes out what says nothing, and hands it out. `above` are the lists of the objects above, in any order. Changes no answer
    /// as things stand. (Section 6 of the rights model.)
    ///
    /// An entry that repeats another one and is of another origin stays: it is there to be left when the other is revoked.
    ///
    /// ```
    /// use bailiwick::{Acl, Needless, Subject, disk};
    ///
    /// let storage = Acl::new().give(disk::CAN_READ, Subject::SignedIn);
    /// let mut folder = Acl::new().cancel(disk::CAN_READ, Subject::SignedIn).cancel(disk::CAN_EDIT, Subject::SignedIn);
    /// let dropped = folder.settle(&[&storage]);
    /// assert_eq!(folder, Acl::new().cancel(disk::CAN_READ, Subject::SignedIn));
    /// assert_eq!(dropped[0].because, Needless::Orphan);
    /// ```
    pub fn settle(&mut self, above: &[&Self]) -> Vec<Dropped> {
        let mut kept: Vec<AclEntry> = Vec::new();
        let mut dropped = Vec::new();
        let entries = std::mem::take(&mut self.entries);
        let stands = |entry: &AclEntry, sign| entries.iter().any(|other| other.says(entry, sign));
        let given = |entry: &AclEntry| {
            let mut above = above.iter().flat_map(|acl| &acl.entries);
            above.any(|other| other.says(entry, Sign::Positive))
        };
        for entry in &entries {
            let because = if stands(entry, Sign::Positive) && stands(entry, Sign::Negative) {
                Needless::Annulled
            } else if entry.sign == Sign::Negative && !given(entry) {
                Needless::Orphan
            } else if kept.contains(entry) {
                Needless::Repeated
            } else {
                kept.push(entry.clone());
                continue;
            };
            dropped.push(Dropped { entry: entry.clone(), because });
        }
        self.entries = kept;
        dropped
    }
}

impl AclEntry {
    /// Whether this is an entry of the sign about the rung and subject of the other.
    fn says(&self, other: &Self, sign: Sign) -> bool {
        self.sign == sign && self.rung == other.rung && self.subject == other.subject
    }
}
