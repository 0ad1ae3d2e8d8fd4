//! Assignments: a role for a subject.

use crate::directory::Department;
use crate::key::Key;
use crate::moment::Window;
use crate::policy::{Role, Subject};
use crate::vocabulary::Circumstance;

/// Marks the keys under which an application keeps its audit ("ticket 4711").
#[derive(Debug)]
pub enum AuditMark {}

/// Gives a role to a subject, for good or for a while, in whatever circumstances or in some.
///
/// A user who gets the same role in several ways holds it once. No assignment comes before another: a personal one does not
/// outweigh a department's (section 1.6 of the rights model).
///
/// ```
/// use bailiwick::{Assignment, Moment, Subject, Window};
///
/// let july = Window::from(Moment::from_unix_seconds(1_782_864_000)).until(Moment::from_unix_seconds(1_785_542_399));
/// let at_the_desk = Assignment::new("auditor", Subject::User("vera".into())).during(july).when(["office_network"]);
/// # let _ = at_the_desk;
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Assignment {
    /// The role.
    pub role: Key<Role>,
    /// Who gets it.
    pub to: Subject,
    /// When it holds, both ends inclusive.
    pub window: Window,
    /// The circumstances that it needs, all of them. The membership of a group, which is a fact of the directory, needs none.
    pub when: Vec<Key<Circumstance>>,
    /// The department that the role is confined to, with everything below. The role then reaches the records of people who sit
    /// there, whatever its level, and its department relations are measured as of somebody who sits in this department alone:
    ///
    /// | level | reaches |
    /// |---|---|
    /// | own | his own records, if he sits there himself |
    /// | department | the records of the department's members |
    /// | subdepartments | … and of those below it |
    /// | a flag | flagged records of the people there |
    /// | all | all records of the people there |
    ///
    /// Nothing of it reaches a record whose people are unknown or sit elsewhere. An administrator's freedom is not confined by
    /// a role. Where nobody sits, because the department is switched off, the role reaches nothing.
    pub within: Option<Key<Department>>,
    /// What the role permits is to be recorded under this mark, unless the user has it anyway; see
    /// [`Access::audit`](crate::Access::audit).
    pub audited_as: Option<Key<AuditMark>>,
    /// Whether everything else that the user may do is recorded under the mark too, whatever permits it. Says nothing without a
    /// mark.
    pub audits_everything: bool,
    /// Why, in the words of whoever gave it.
    pub reason: Option<String>,
}

impl Assignment {
    /// Gives the role for good.
    pub fn new(role: impl Into<Key<Role>>, to: Subject) -> Self {
        Self {
            role: role.into(),
            to,
            window: Window::ALWAYS,
            when: Vec::new(),
            within: None,
            audited_as: None,
            audits_everything: false,
            reason: None,
        }
    }

    /// Limits it to a window.
    #[must_use]
    pub fn during(mut self, window: impl Into<Window>) -> Self {
        self.window = window.into();
        self
    }

    /// Makes it hold only in these circumstances, all of them.
    #[must_use]
    pub fn when<K: Into<Key<Circumstance>>>(mut self, circumstances: impl IntoIterator<Item = K>) -> Self {
        self.when.extend(circumstances.into_iter().map(Into::into));
        self
    }

    /// Confines it to a department and everything below. Such a role is a view of its own: it does not silence the user's
    /// other roles, and they do not silence it.
    #[must_use]
    pub fn within(mut self, department: impl Into<Key<Department>>) -> Self {
        self.within = Some(department.into());
        self
    }

    /// Marks what it permits for the audit. Such a role is a view of its own, as a confined one is, so that what comes from it
    /// alone can be told.
    #[must_use]
    pub fn audited_as(mut self, mark: impl Into<Key<AuditMark>>) -> Self {
        self.audited_as = Some(mark.into());
        self
    }

    /// Marks everything that its holder may do, for as long as he holds it: not only what the role permits, but also what he has
    /// because he signs in, what is shared with him, and what he may do by standing in for somebody. What has a mark of its own
    /// keeps that. An administrator who is free everywhere is recorded under no mark.
    ///
    /// ```
    /// use bailiwick::{Assignment, Directory, Moment, Policy, Record, Snapshot, Subject, User, crm};
    ///
    /// let visit = |assignment: Assignment| {
    ///     let policy = Policy::new(crm::vocabulary())
    ///         .roles(crm::roles())
    ///         .assign(Assignment::new(crm::MANAGER, Subject::SignedIn))
    ///         .assign(assignment);
    ///     let snapshot = Snapshot::compile(&policy, &Directory::new().with(User::new("guest")))?;
    ///     let guest = snapshot.access(snapshot.user("guest"), Moment::from_unix_seconds(0));
    ///     let his = Record::at(crm::DEAL).owner(snapshot.user("guest"));
    ///     Ok::<_, bailiwick::Problems>(guest.audit(crm::READ, &his).is_some())
    /// };
    /// let director = Assignment::new(crm::DIRECTOR, Subject::User("guest".into())).audited_as("visit 7");
    /// assert!(!visit(director.clone())?, "every manager reads his own deals");
    /// assert!(visit(director.audits_everything())?);
    /// # Ok::<(), bailiwick::Problems>(())
    /// ```
    #[must_use]
    pub fn audits_everything(mut self) -> Self {
        self.audits_everything = true;
        self
    }

    /// Says why.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }
}
