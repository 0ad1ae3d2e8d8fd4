//! Looking through somebody's eyes: answers that nothing can be done with.
//!
//! Its own floor above all questions, because it hands out the answers of all of them. Every question of an [`Access`] is here,
//! under the same name: a tidy test compares the two.
//!
//! Deliberately absent: a way from here to an [`Access`], and one from a [`Simulated`] answer to the answer itself. An
//! application that takes an access, or a decision, cannot be given these.

mod acl;
mod questions;
mod reasons;

pub use acl::{AclViewAs, InheritedViewAs};

use std::fmt;

use crate::access::Access;
use crate::check::Creation;
use crate::directory::User;
use crate::key::{Handle, Key};
use crate::moment::Moment;
use crate::snapshot::Snapshot;
use crate::vocabulary::Circumstance;

/// What another user would be answered: for an administrator who looks at the application as that user sees it.
///
/// Every answer is [`Simulated`], so that it can be shown and cannot be acted on by accident: a simulated decision is no
/// decision.
///
/// ```
/// use bailiwick::{Assignment, Directory, Moment, Policy, Record, Snapshot, Subject, User, crm};
///
/// let directory = Directory::new().with(User::new("anna")).with(User::new("root").administrator());
/// let policy = Policy::new(crm::vocabulary())
///     .roles(crm::roles())
///     .assign(Assignment::new(crm::MANAGER, Subject::User("anna".into())));
/// let snapshot = Snapshot::compile(&policy, &directory)?;
///
/// let as_anna = snapshot.view_as(snapshot.user("anna"), Moment::from_unix_seconds(0));
/// let foreign = Record::at(crm::DEAL).owner(snapshot.user("root"));
/// let answer = as_anna.check(crm::READ, &foreign);
/// assert!(answer.shown().is_denied());
/// assert_eq!(answer.to_string(), "simulated: denied: the level given does not reach this record");
/// # Ok::<(), bailiwick::Problems>(())
/// ```
#[derive(Clone, Debug)]
pub struct ViewAs<'s>(Access<'s>);

/// An answer that somebody else would get. It can be shown; nobody may do anything because of it.
///
/// It says so wherever it goes: its text begins with `simulated: `, and the JSON of answers that have one has a member
/// `"simulated": true`. There is no way to have the answer itself out of it: [`Simulated::shown`] lends it to whatever draws it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Simulated<T>(T);

impl<T> Simulated<T> {
    /// The answer, to be shown: its codes to be translated, its reasons to be drawn, its buttons to be greyed, its [`Filter`] to
    /// list the rows that he would see.
    ///
    /// Not for anything that changes something, lets somebody in or is kept: the one who looks has not been asked whether *he* may.
    /// What is lent does not say any more that it is simulated, so a copy of a decision that is taken out of it is a decision.
    /// Take text and JSON from the `Simulated` value, which says it, and not from here.
    ///
    /// [`Filter`]: crate::Filter
    pub const fn shown(&self) -> &T {
        &self.0
    }
}

impl Simulated<Creation> {
    /// What [`Creation::owner`] would answer. `eyes` are the ones that were asked.
    pub fn owner(&self, eyes: &ViewAs<'_>, requested: Handle<User>) -> Simulated<Option<Handle<User>>> {
        Simulated(self.0.owner(&eyes.0, requested))
    }
}

impl<T: fmt::Display> fmt::Display for Simulated<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "simulated: {}", self.0)
    }
}

impl Snapshot {
    /// The answers that this user would get at this moment, all of them marked as simulated.
    pub fn view_as(&self, user: impl Into<Handle<User>>, at: impl Into<Moment>) -> ViewAs<'_> {
        ViewAs(self.access(user, at))
    }

    /// The answers that a visitor who has not signed in would get, all of them marked as simulated.
    pub fn view_as_visitor(&self, at: impl Into<Moment>) -> ViewAs<'_> {
        ViewAs(self.anonymous_access(at))
    }
}

impl<'s> ViewAs<'s> {
    /// The same in these circumstances too; see [`Access::in_circumstances`].
    #[must_use]
    pub fn in_circumstances<C: Into<Handle<Circumstance>>>(
        self,
        circumstances: impl IntoIterator<Item = C>,
    ) -> Self {
        Self(self.0.in_circumstances(circumstances))
    }

    /// The snapshot that is asked.
    pub fn snapshot(&self) -> &'s Snapshot {
        self.0.snapshot()
    }

    /// The moment at which he would be answered.
    pub fn at(&self) -> Moment {
        self.0.at()
    }

    /// The circumstances that were asserted, in the order of the vocabulary.
    pub fn circumstances(&self) -> Vec<Key<Circumstance>> {
        self.0.circumstances()
    }

    /// What [`Access::valid_until`] would answer him.
    pub fn valid_until(&self) -> Simulated<Option<Moment>> {
        Simulated(self.0.valid_until())
    }
}
