//! Objects with lists of their own, through somebody's eyes.

use crate::acl::{AclAccess, Inherited, Object};
use crate::answer::{ActionSet, Decision};
use crate::directory::User;
use crate::explain::AclExplanation;
use crate::key::Handle;
use crate::moment::Moment;
use crate::policy::Acl;
use crate::resolve::acl::FrozenAcl;
use crate::snapshot::Snapshot;
use crate::view_as::{Simulated, ViewAs};
use crate::vocabulary::{Action, Ladder, Rung};

/// What another user would be answered about objects whose lists are of one ladder. Made by [`ViewAs::acl`].
#[derive(Clone, Debug)]
pub struct AclViewAs<'s>(AclAccess<'s>);

/// What the lists of a chain of objects would pass on to him. Made by [`AclViewAs::below`].
#[derive(Clone, Debug)]
pub struct InheritedViewAs<'a, 's>(Inherited<'a, 's>);

impl<'s> ViewAs<'s> {
    /// His access to objects whose own lists are of this ladder, to be looked through and not to be used; see
    /// [`Access::acl`](crate::Access::acl).
    pub fn acl(&self, ladder: impl Into<Handle<Ladder>>) -> AclViewAs<'s> {
        AclViewAs(self.0.acl(ladder))
    }
}

impl<'s> AclViewAs<'s> {
    /// What these lists pass on, the root's first; see [`AclAccess::below`].
    pub fn below<'l>(&self, chain: impl IntoIterator<Item = &'l FrozenAcl>) -> InheritedViewAs<'_, 's> {
        InheritedViewAs(self.0.below(chain))
    }

    /// The snapshot that is asked.
    pub fn snapshot(&self) -> &'s Snapshot {
        self.0.snapshot()
    }

    /// What [`AclAccess::valid_until`] would answer him.
    pub fn valid_until(&self) -> Simulated<Option<Moment>> {
        Simulated(self.0.valid_until())
    }

    /// What [`AclAccess::explain`] would answer him.
    pub fn explain<'l>(
        &self,
        action: impl Into<Handle<Action>>,
        lists: impl IntoIterator<Item = &'l Acl>,
        author: impl Into<Handle<User>>,
    ) -> Simulated<AclExplanation> {
        Simulated(self.0.explain(action, lists, author))
    }
}

impl<'s> InheritedViewAs<'_, 's> {
    /// What is passed on one level deeper, below an object with this list.
    #[must_use]
    pub fn below(&self, acl: &FrozenAcl) -> Self {
        Self(self.0.below(acl))
    }

    /// What [`Inherited::check`] would answer him.
    pub fn check(&self, action: impl Into<Handle<Action>>, object: &Object<'_>) -> Simulated<Decision> {
        Simulated(self.0.check(action, object))
    }

    /// What [`Inherited::check_each`] would answer him.
    pub fn check_each<'o>(
        &self,
        action: impl Into<Handle<Action>>,
        objects: impl IntoIterator<Item = Object<'o>>,
    ) -> impl Iterator<Item = Simulated<Decision>> {
        self.0.check_each(action, objects).map(Simulated)
    }

    /// What [`Inherited::actions`] would answer him.
    pub fn actions(&self, object: &Object<'_>) -> Simulated<ActionSet<'s>> {
        Simulated(self.0.actions(object))
    }

    /// What [`Inherited::may_move`] would answer him.
    pub fn may_move(
        &self,
        object: &Object<'_>,
        there: &InheritedViewAs<'_, '_>,
        target: &Object<'_>,
    ) -> Simulated<Decision> {
        Simulated(self.0.may_move(object, &there.0, target))
    }

    /// What [`Inherited::may_share`] would answer him.
    pub fn may_share(&self, object: &Object<'_>, rung: impl Into<Handle<Rung>>) -> Simulated<Decision> {
        Simulated(self.0.may_share(object, rung))
    }
}
