//! How the viewer stands to the record: which relations hold, and through whom.

use crate::directory::{Department, Principal, TicketGroup};
use crate::key::Key;
use crate::reason::Relation;
use crate::snapshot::Route;
use crate::vocabulary::Party;

/// How the viewer stands to one party of the record: a person, a user group or a department.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tie {
    /// As what it is bound to the record.
    pub party: Key<Party>,
    /// Who it is.
    pub who: Principal,
    /// The relations that hold because the viewer is that person, or in that group. Empty if he is not.
    pub himself: Vec<Relation>,
    /// The ways in which he is in that group, at this moment.
    pub routes: Vec<Route>,
    /// Pairs of departments through which relations hold.
    pub departments: Vec<SharedDepartment>,
    /// The relation that holds by how the person is seated.
    pub seat: Option<Seat>,
    /// The ticket groups whose tickets the viewer sees and that the person is in.
    pub ticket_groups: Vec<SharedTicketGroup>,
}

/// How somebody is seated, seen from the viewer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Seat {
    /// The department that shows it: which he heads or is a member of.
    pub department: Key<Department>,
    /// The relation that holds because of it.
    pub relation: Relation,
}

/// A ticket group that the person is in and whose tickets the viewer sees.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SharedTicketGroup {
    /// The group.
    pub group: Key<TicketGroup>,
    /// The relations that hold because of it.
    pub relations: Vec<Relation>,
}

/// A department of the viewer and one of the other's, and what follows from how they lie.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SharedDepartment {
    /// The viewer's.
    pub his: Key<Department>,
    /// The other's: the same, or one below.
    pub theirs: Key<Department>,
    /// The relations that hold because of it.
    pub relations: Vec<Relation>,
}

impl Tie {
    /// Whether no relation holds through this person.
    pub fn is_none(&self) -> bool {
        self.himself.is_empty()
            && self.departments.is_empty()
            && self.seat.is_none()
            && self.ticket_groups.is_empty()
    }
}
