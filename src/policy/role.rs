//! Roles: what an administrator edits on a screen, cell by cell.

use crate::key::Key;
use crate::vocabulary::{Action, Level, Place, Stage};

/// A named set of rights.
///
/// A place that a role does not mention is *inherited* (the screens show it grey): the stage takes what its pipeline
/// has, the pipeline what its entity has, and the entity nothing. A place that it does mention is *explicit* (black), even
/// at level "none" and even at the very level it would inherit; the difference decides between several roles
/// ([`Combining`](crate::Combining)) and is never lost.
///
/// ```
/// use bailiwick::{Place, Role};
///
/// let won = Place::entity("deal").pipeline("general").stage("won");
/// let manager = Role::new("manager")
///     .set("deal", "read", "department")
///     .set("deal", "update", "own")
///     .set(won, "update", "none");
/// assert_eq!(manager.rights.len(), 3);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Role {
    /// Its key.
    pub key: Key<Role>,
    /// Its explicit rights. Setting the same action twice at one place is a problem.
    pub rights: Vec<Right>,
    /// Its explicit transitions. Naming the same place twice is a problem.
    pub transitions: Vec<Transition>,
    /// Roles that whoever holds this one does not hold beside it, however he was given them; see [`Role::supersedes`].
    pub supersedes: Vec<Key<Role>>,
}

/// One explicit cell of a role: an action, at a place, at a level.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Right {
    /// Where.
    pub place: Place,
    /// What.
    pub action: Key<Action>,
    /// How far.
    pub level: Key<Level>,
}

/// Where records may go from a place: a right of its own, inherited and combined as the others are.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Transition {
    /// The stage that records leave, or a pipeline or entity as the default for its stages.
    pub from: Place,
    /// The stages that they may go to.
    pub to: Targets,
}

/// The stages that a record may go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Targets {
    /// Every stage of the same pipeline.
    Any,
    /// The stages with these keys, in the record's own pipeline; none at all, if the list is empty.
    Stages(Vec<Key<Stage>>),
}

impl Targets {
    /// These stages.
    pub fn stages<K: Into<Key<Stage>>>(keys: impl IntoIterator<Item = K>) -> Self {
        Self::Stages(keys.into_iter().map(Into::into).collect())
    }
}

impl Right {
    /// The right to do this, here, this far.
    pub fn new(
        place: impl Into<Place>,
        action: impl Into<Key<Action>>,
        level: impl Into<Key<Level>>,
    ) -> Self {
        Self { place: place.into(), action: action.into(), level: level.into() }
    }
}

impl Transition {
    /// The right to move records from here to there.
    pub fn new(from: impl Into<Place>, to: Targets) -> Self {
        Self { from: from.into(), to }
    }
}

impl Role {
    /// A role that gives nothing.
    pub fn new(key: impl Into<Key<Role>>) -> Self {
        Self { key: key.into(), rights: Vec::new(), transitions: Vec::new(), supersedes: Vec::new() }
    }

    /// Sets one cell explicitly.
    #[must_use]
    pub fn set(
        mut self,
        place: impl Into<Place>,
        action: impl Into<Key<Action>>,
        level: impl Into<Key<Level>>,
    ) -> Self {
        self.rights.push(Right::new(place, action, level));
        self
    }

    /// Makes this role take the place of another: as long as somebody holds this one, he does not hold that one, as if nobody had
    /// given it to him. In the help desk, staff are no clients (section 10.3 of the rights model).
    ///
    /// It is about one view: roles that are confined to a department or marked for the audit drop none of the others, nor are they
    /// dropped by them. A role that drops others cannot itself be dropped, so that it never matters who is looked at first.
    ///
    /// ```
    /// use bailiwick::{Assignment, Directory, Moment, Policy, Record, Role, Snapshot, Subject, User, crm};
    ///
    /// let policy = Policy::new(crm::vocabulary())
    ///     .role(Role::new("reader").set(crm::DEAL, crm::READ, crm::ALL))
    ///     .role(Role::new("on probation").set(crm::DEAL, crm::READ, crm::OWN).supersedes("reader"))
    ///     .assign(Assignment::new("reader", Subject::SignedIn))
    ///     .assign(Assignment::new("on probation", Subject::User("anna".into())));
    /// let snapshot = Snapshot::compile(&policy, &Directory::new().with(User::new("anna")).with(User::new("boris")))?;
    /// let reads = |user| {
    ///     let access = snapshot.access(snapshot.user(user), Moment::from_unix_seconds(0));
    ///     access.check(crm::READ, &Record::at(crm::DEAL)).is_allowed()
    /// };
    /// assert!(reads("boris") && !reads("anna"));
    /// # Ok::<(), bailiwick::Problems>(())
    /// ```
    #[must_use]
    pub fn supersedes(mut self, role: impl Into<Key<Role>>) -> Self {
        self.supersedes.push(role.into());
        self
    }

    /// Sets explicitly where records may go from a place.
    #[must_use]
    pub fn set_transition(mut self, from: impl Into<Place>, to: Targets) -> Self {
        self.transitions.push(Transition::new(from, to));
        self
    }
}
