//! Who holds what: roles, the rights in them, and the subjects they are given to.
//!
//! A [`Policy`] is a plain value, edited freely and checked as a whole when a snapshot is compiled.
//!
//! Deliberately absent: what a right *means*; that is `resolve`'s.

mod acl;
mod assignment;
mod code;
mod delegation;
mod limit;
mod role;
mod subject;
mod substitution;

pub use acl::{Acl, AclEntry, Origin, Sign};
pub use assignment::{Assignment, AuditMark};
pub use code::CodeProblem;
pub use delegation::Delegation;
pub use limit::{Among, Limit};
pub use role::{Right, Role, Targets, Transition};
pub use subject::{Rank, Subject, SubjectKind, Unit};
pub use substitution::{Extent, Substitution};

use crate::vocabulary::Vocabulary;

/// How the rights of several roles combine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Combining {
    /// The mission's rule and the default. Among all roles the viewer holds, the finest place with any explicit right
    /// decides: stage, then pipeline, then entity. The rights set there unite. So one role's explicit "none" on a stage
    /// silences another's inherited "all", and *adding a role can take access away* (section 2.5 of the rights model).
    #[default]
    MostSpecific,
    /// Each role resolves its own inheritance first, then the results unite. Adding a role never takes anything away.
    MostPermissive,
}

/// A vocabulary, the roles that speak it, and who holds them.
///
/// ```
/// use bailiwick::{Policy, Role, Assignment, Subject, Vocabulary};
///
/// let policy = Policy::new(Vocabulary::new())
///     .role(Role::new("auditor").set("invoice", "read", "all"))
///     .assign(Assignment::new("auditor", Subject::User("vera".into())));
/// assert_eq!(policy.assignments.len(), 1);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Policy {
    /// What rights can speak of.
    pub vocabulary: Vocabulary,
    /// How the rights of several roles combine.
    pub combining: Combining,
    /// What whoever assigns roles may give.
    pub delegation: Delegation,
    /// The roles.
    pub roles: Vec<Role>,
    /// Who holds them.
    pub assignments: Vec<Assignment>,
    /// What is taken away again.
    pub limits: Vec<Limit>,
    /// Who stands in for whom.
    pub substitutions: Vec<Substitution>,
}

impl Policy {
    /// A policy in which nobody holds anything.
    pub fn new(vocabulary: Vocabulary) -> Self {
        Self { vocabulary, ..Self::default() }
    }

    /// Chooses how the rights of several roles combine.
    #[must_use]
    pub fn combining(mut self, combining: Combining) -> Self {
        self.combining = combining;
        self
    }

    /// Chooses what whoever assigns roles may give.
    #[must_use]
    pub fn delegation(mut self, delegation: Delegation) -> Self {
        self.delegation = delegation;
        self
    }

    /// Adds a role.
    #[must_use]
    pub fn role(mut self, role: Role) -> Self {
        self.roles.push(role);
        self
    }

    /// Adds several roles, such as the default roles of a preset.
    #[must_use]
    pub fn roles(mut self, roles: impl IntoIterator<Item = Role>) -> Self {
        self.roles.extend(roles);
        self
    }

    /// Gives a role to a subject.
    #[must_use]
    pub fn assign(mut self, assignment: Assignment) -> Self {
        self.assignments.push(assignment);
        self
    }

    /// Takes something away again.
    #[must_use]
    pub fn limit(mut self, limit: Limit) -> Self {
        self.limits.push(limit);
        self
    }

    /// Lets somebody stand in for an absent person.
    #[must_use]
    pub fn substitute(mut self, substitution: Substitution) -> Self {
        self.substitutions.push(substitution);
        self
    }
}
