//! The questions that are answered in a word: may he, and which records.

use crate::answer::{ActionSet, Decision};
use crate::check::{Assigning, Creation};
use crate::directory::User;
use crate::filter::{Filter, Filters};
use crate::key::Handle;
use crate::policy::Assignment;
use crate::resolve::Record;
use crate::view_as::{Simulated, ViewAs};
use crate::vocabulary::{Action, Place};

impl<'s> ViewAs<'s> {
    /// What [`Access::check`](crate::Access::check) would answer him.
    pub fn check(&self, action: impl Into<Handle<Action>>, record: &Record<'_>) -> Simulated<Decision> {
        Simulated(self.0.check(action, record))
    }

    /// What [`Access::check_each`](crate::Access::check_each) would answer him.
    pub fn check_each<'r, 'd: 'r>(
        &'r self,
        action: impl Into<Handle<Action>>,
        records: impl IntoIterator<Item = &'r Record<'d>> + 'r,
    ) -> impl Iterator<Item = Simulated<Decision>> + 'r {
        self.0.check_each(action, records).map(Simulated)
    }

    /// What [`Access::actions`](crate::Access::actions) would answer him.
    pub fn actions(&self, record: &Record<'_>) -> Simulated<ActionSet<'s>> {
        Simulated(self.0.actions(record))
    }

    /// What [`Access::may_reassign`](crate::Access::may_reassign) would answer him.
    pub fn may_reassign(&self, record: &Record<'_>) -> Simulated<Decision> {
        Simulated(self.0.may_reassign(record))
    }

    /// What [`Access::create`](crate::Access::create) would answer him.
    pub fn create(&self, place: impl Into<Handle<Place>>) -> Simulated<Creation> {
        Simulated(self.0.create(place))
    }

    /// What [`Access::create_for`](crate::Access::create_for) would answer him.
    pub fn create_for(
        &self,
        place: impl Into<Handle<Place>>,
        owner: impl Into<Handle<User>>,
    ) -> Simulated<Decision> {
        Simulated(self.0.create_for(place, owner))
    }

    /// What [`Access::relocate`](crate::Access::relocate) would answer him.
    pub fn relocate(&self, record: &Record<'_>, to: impl Into<Handle<Place>>) -> Simulated<Decision> {
        Simulated(self.0.relocate(record, to))
    }

    /// What [`Access::reachable_stages`](crate::Access::reachable_stages) would answer him.
    pub fn reachable_stages(&self, record: &Record<'_>) -> Simulated<Vec<Handle<Place>>> {
        Simulated(self.0.reachable_stages(record))
    }

    /// What [`Access::enters`](crate::Access::enters) would answer him.
    pub fn enters(&self, entity: impl Into<Handle<Place>>) -> Simulated<Decision> {
        Simulated(self.0.enters(entity))
    }

    /// What [`Access::enters_application`](crate::Access::enters_application) would answer him.
    pub fn enters_application(&self) -> Simulated<Decision> {
        Simulated(self.0.enters_application())
    }

    /// What [`Access::may_assign`](crate::Access::may_assign) would answer him.
    pub fn may_assign(&self, assignment: &Assignment) -> Simulated<Assigning> {
        Simulated(self.0.may_assign(assignment))
    }

    /// What [`Access::filter`](crate::Access::filter) would answer him.
    pub fn filter(
        &self,
        action: impl Into<Handle<Action>>,
        entity: impl Into<Handle<Place>>,
    ) -> Simulated<Filter> {
        Simulated(self.0.filter(action, entity))
    }

    /// What [`Access::filters`](crate::Access::filters) would answer him.
    pub fn filters<A: Into<Handle<Action>>>(
        &self,
        actions: impl IntoIterator<Item = A>,
        entity: impl Into<Handle<Place>>,
    ) -> Simulated<Filters> {
        Simulated(self.0.filters(actions, entity))
    }
}
