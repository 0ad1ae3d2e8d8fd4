//! Relations with the names that the vocabulary gives them.

use crate::key::Key;
use crate::vocabulary::{Flag, Party};

/// One relation of the catalogue, named as the vocabulary names it. See [`Relations`](crate::Relations).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Relation {
    /// The viewer owns the record.
    Own,
    /// He shares a department with its owner.
    Department,
    /// The owner is below one of his departments.
    Subdepartments,
    /// The owner is in the part of the tree that he heads.
    Subordinates,
    /// Somebody who is takes part in the record.
    InvolvesSubordinates,
    /// One of his heads is bound to it.
    OwnHeads,
    /// Somebody from his departments is who is no head there.
    Peers,
    /// The head of another department is.
    OtherHeads,
    /// Somebody from other departments is who is no head.
    OtherEmployees,
    /// Nobody who counts for the department is in one of his.
    Elsewhere,
    /// He observes the record.
    Observed,
    /// A record that it is linked to lets him.
    Linked,
    /// A social group that hosts it lets him.
    Hosted,
    /// It is shared with him.
    Shared,
    /// He is a party of it, or sees the tickets of a staff ticket group that one is in.
    StaffMates,
    /// The same, of a ticket group of clients.
    ClientMates,
    /// He is this party of it.
    Party(Key<Party>),
    /// It carries this flag.
    Flag(Key<Flag>),
    /// Every record.
    Always,
}

impl Relation {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Department => "department",
            Self::Subdepartments => "subdepartments",
            Self::Subordinates => "subordinates",
            Self::InvolvesSubordinates => "involves_subordinates",
            Self::OwnHeads => "own_heads",
            Self::Peers => "peers",
            Self::OtherHeads => "other_heads",
            Self::OtherEmployees => "other_employees",
            Self::Elsewhere => "elsewhere",
            Self::Observed => "observed",
            Self::Linked => "linked",
            Self::Hosted => "hosted",
            Self::Shared => "shared",
            Self::StaffMates => "staff_mates",
            Self::ClientMates => "client_mates",
            Self::Party(_) => "party",
            Self::Flag(_) => "flag",
            Self::Always => "always",
        }
    }
}
