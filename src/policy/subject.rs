//! Subjects: whom something is given to.

use crate::directory::{Department, SocialGroup, User, UserGroup};
use crate::key::Key;

/// A set of users that a role is given to.
///
/// Dismissed users are in none of them, and everybody who is in one and active gets what it is given. The vendor's access
/// codes are another way of writing the same: see [`Subject::from_code`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// One user.
    User(Key<User>),
    /// One user, as long as he is an employee. His heads get nothing by it: the vendor's leak to every head above is not
    /// copied (section 12.2.1 of the rights model).
    Employee(Key<User>),
    /// Who sits in the department or heads it; not the departments below.
    Department(Key<Department>),
    /// The department's members, and those of all departments below.
    DepartmentTree(Key<Department>),
    /// The members of a user group.
    UserGroup(Key<UserGroup>),
    /// The members of a social group, from this rank up.
    SocialGroup(Key<SocialGroup>, Rank),
    /// Heads of departments.
    Heads(Unit),
    /// Deputies of departments.
    Deputies(Unit),
    /// Employees: members of a department.
    Employees(Unit),
    /// The administrators.
    Administrators,
    /// Every signed-in user, extranet included.
    SignedIn,
    /// Everyone, also visitors who have not signed in.
    Everyone,
    /// The author of the object that is asked about. Only an object's own list can name him; a role cannot be assigned to
    /// him.
    Author,
}

/// How high a member of a social group must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// Any member: owner, moderators, plain members.
    Member,
    /// Moderators and the owner.
    Moderator,
    /// The owner.
    Owner,
}

/// Where a head, a deputy or an employee is one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// In any department.
    Anywhere,
    /// In this department; not in those below.
    Of(Key<Department>),
}
