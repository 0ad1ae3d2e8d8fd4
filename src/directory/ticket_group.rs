//! Ticket groups of a help desk: who looks after whose tickets.

use crate::directory::User;
use crate::key::Key;

/// A group whose members may see each other's tickets (section 10.2 of the rights model). Not a user group: no role is given to it.
///
/// Belonging to the group lets nobody see anything; the flag *sees* does, and only him who has it.
///
/// ```
/// use bailiwick::{TicketGroup, TicketMember};
///
/// let group = TicketGroup::of_clients("the Ivanov company")
///     .member(TicketMember::new("anna"))
///     .member(TicketMember::new("boris").sees());
/// assert_eq!(group.members.len(), 2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TicketGroup {
    /// Its key.
    pub key: Key<TicketGroup>,
    /// Whose group it is.
    pub kind: TicketGroupKind,
    /// Its members; listing one twice is a problem.
    pub members: Vec<TicketMember>,
}

/// Whose group a ticket group is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TicketGroupKind {
    /// People who write tickets.
    Clients,
    /// People who answer them.
    Staff,
}

/// One member of a ticket group, and what his flags say; all are off at first.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TicketMember {
    /// The member.
    pub user: Key<User>,
    /// Whether he sees the tickets of the others.
    pub sees: bool,
    /// Whether he is told of their new tickets.
    pub told_of_new: bool,
    /// Whether he is told of changes to their tickets.
    pub told_of_changes: bool,
}

impl TicketGroup {
    /// A group of clients, empty as yet.
    pub fn of_clients(key: impl Into<Key<TicketGroup>>) -> Self {
        Self { key: key.into(), kind: TicketGroupKind::Clients, members: Vec::new() }
    }

    /// A group of staff, empty as yet.
    pub fn of_staff(key: impl Into<Key<TicketGroup>>) -> Self {
        Self { key: key.into(), kind: TicketGroupKind::Staff, members: Vec::new() }
    }

    /// Adds a member.
    #[must_use]
    pub fn member(mut self, member: TicketMember) -> Self {
        self.members.push(member);
        self
    }
}

impl TicketMember {
    /// This user, with all flags off.
    pub fn new(user: impl Into<Key<User>>) -> Self {
        Self { user: user.into(), sees: false, told_of_new: false, told_of_changes: false }
    }

    /// Lets him see the tickets of the others.
    #[must_use]
    pub fn sees(mut self) -> Self {
        self.sees = true;
        self
    }

    /// Tells him of new tickets.
    #[must_use]
    pub fn told_of_new(mut self) -> Self {
        self.told_of_new = true;
        self
    }

    /// Tells him of changes.
    #[must_use]
    pub fn told_of_changes(mut self) -> Self {
        self.told_of_changes = true;
        self
    }
}
