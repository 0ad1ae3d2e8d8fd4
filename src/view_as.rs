//! Looking through somebody's eyes: answers that nothing can be done with.
//!
//! Its own floor above all questions, because it hands out the answers of all of them.
//!
//! Deliberately absent: a way from here to an [`Access`]. An application that takes an access cannot be given this.

use std::fmt;

use crate::access::Access;
use crate::check::{ActionSet, Creation, Decision};
use crate::directory::User;
use crate::explain::Explanation;
use crate::filter::Filter;
use crate::key::Handle;
use crate::moment::Moment;
use crate::resolve::Record;
use crate::snapshot::Snapshot;
use crate::vocabulary::{Action, Circumstance, Place};

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
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Simulated<T>(T);

impl<T> Simulated<T> {
    /// The answer, to be shown.
    pub const fn shown(&self) -> &T {
        &self.0
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

    /// What [`Access::check`] would answer him.
    pub fn check(&self, action: impl Into<Handle<Action>>, record: &Record<'_>) -> Simulated<Decision> {
        Simulated(self.0.check(action, record))
    }

    /// What [`Access::actions`] would answer him.
    pub fn actions(&self, record: &Record<'_>) -> Simulated<ActionSet<'s>> {
        Simulated(self.0.actions(record))
    }

    /// What [`Access::create`] would answer him.
    pub fn create(&self, place: impl Into<Handle<Place>>) -> Simulated<Creation> {
        Simulated(self.0.create(place))
    }

    /// What [`Access::relocate`] would answer him.
    pub fn relocate(&self, record: &Record<'_>, to: impl Into<Handle<Place>>) -> Simulated<Decision> {
        Simulated(self.0.relocate(record, to))
    }

    /// What [`Access::reachable_stages`] would answer him.
    pub fn reachable_stages(&self, record: &Record<'_>) -> Simulated<Vec<Handle<Place>>> {
        Simulated(self.0.reachable_stages(record))
    }

    /// What [`Access::enters`] would answer him.
    pub fn enters(&self, entity: impl Into<Handle<Place>>) -> Simulated<Decision> {
        Simulated(self.0.enters(entity))
    }

    /// What [`Access::enters_application`] would answer him.
    pub fn enters_application(&self) -> Simulated<Decision> {
        Simulated(self.0.enters_application())
    }

    /// What [`Access::filter`] would answer him.
    pub fn filter(
        &self,
        action: impl Into<Handle<Action>>,
        entity: impl Into<Handle<Place>>,
    ) -> Simulated<Filter> {
        Simulated(self.0.filter(action, entity))
    }

    /// What [`Access::explain`] would answer him.
    pub fn explain(&self, action: impl Into<Handle<Action>>, record: &Record<'_>) -> Simulated<Explanation> {
        Simulated(self.0.explain(action, record))
    }
}
