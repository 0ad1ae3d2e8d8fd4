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

/// What kind a subject is, without whom it names: how a table says what another column holds the key of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubjectKind {
    /// One user.
    User,
    /// One user, as long as he is an employee.
    Employee,
    /// A department's own members.
    Department,
    /// A department's members and those below.
    DepartmentTree,
    /// The members of a user group.
    UserGroup,
    /// Everybody in a social group.
    Members,
    /// The moderators and the owner of a social group.
    Moderators,
    /// The owner of a social group.
    Owner,
    /// All heads.
    Heads,
    /// The heads of one department.
    HeadsOf,
    /// All deputies.
    Deputies,
    /// The deputies of one department.
    DeputiesOf,
    /// All employees.
    Employees,
    /// The employees of one department.
    EmployeesOf,
    /// The administrators.
    Administrators,
    /// Every signed-in user.
    SignedIn,
    /// Everyone.
    Everyone,
    /// The author of an object.
    Author,
}

impl Subject {
    /// What kind it is.
    ///
    /// ```
    /// use bailiwick::{Subject, SubjectKind};
    ///
    /// assert_eq!(Subject::DepartmentTree("sales".into()).kind(), SubjectKind::DepartmentTree);
    /// ```
    pub fn kind(&self) -> SubjectKind {
        match self {
            Self::User(_) => SubjectKind::User,
            Self::Employee(_) => SubjectKind::Employee,
            Self::Department(_) => SubjectKind::Department,
            Self::DepartmentTree(_) => SubjectKind::DepartmentTree,
            Self::UserGroup(_) => SubjectKind::UserGroup,
            Self::SocialGroup(_, Rank::Member) => SubjectKind::Members,
            Self::SocialGroup(_, Rank::Moderator) => SubjectKind::Moderators,
            Self::SocialGroup(_, Rank::Owner) => SubjectKind::Owner,
            Self::Heads(Unit::Anywhere) => SubjectKind::Heads,
            Self::Heads(Unit::Of(_)) => SubjectKind::HeadsOf,
            Self::Deputies(Unit::Anywhere) => SubjectKind::Deputies,
            Self::Deputies(Unit::Of(_)) => SubjectKind::DeputiesOf,
            Self::Employees(Unit::Anywhere) => SubjectKind::Employees,
            Self::Employees(Unit::Of(_)) => SubjectKind::EmployeesOf,
            Self::Administrators => SubjectKind::Administrators,
            Self::SignedIn => SubjectKind::SignedIn,
            Self::Everyone => SubjectKind::Everyone,
            Self::Author => SubjectKind::Author,
        }
    }

    /// The subject of this kind with this key, which a kind that names nobody does not look at.
    pub(crate) fn of_kind(kind: SubjectKind, key: &Key<()>) -> Self {
        match kind {
            SubjectKind::User => Self::User(key.cast()),
            SubjectKind::Employee => Self::Employee(key.cast()),
            SubjectKind::Department => Self::Department(key.cast()),
            SubjectKind::DepartmentTree => Self::DepartmentTree(key.cast()),
            SubjectKind::UserGroup => Self::UserGroup(key.cast()),
            SubjectKind::Members => Self::SocialGroup(key.cast(), Rank::Member),
            SubjectKind::Moderators => Self::SocialGroup(key.cast(), Rank::Moderator),
            SubjectKind::Owner => Self::SocialGroup(key.cast(), Rank::Owner),
            SubjectKind::Heads => Self::Heads(Unit::Anywhere),
            SubjectKind::HeadsOf => Self::Heads(Unit::Of(key.cast())),
            SubjectKind::Deputies => Self::Deputies(Unit::Anywhere),
            SubjectKind::DeputiesOf => Self::Deputies(Unit::Of(key.cast())),
            SubjectKind::Employees => Self::Employees(Unit::Anywhere),
            SubjectKind::EmployeesOf => Self::Employees(Unit::Of(key.cast())),
            SubjectKind::Administrators => Self::Administrators,
            SubjectKind::SignedIn => Self::SignedIn,
            SubjectKind::Everyone => Self::Everyone,
            SubjectKind::Author => Self::Author,
        }
    }
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
