//! The questions that are answered with reasons: why, what would help, what in all, and under what it would be recorded.

use crate::check::Audit;
use crate::directory::User;
use crate::explain::{Bound, Explanation, NearestGrants};
use crate::key::Handle;
use crate::resolve::Record;
use crate::review::matrix::Matrix;
use crate::view_as::{Simulated, ViewAs};
use crate::vocabulary::{Action, Place};

impl<'s> ViewAs<'s> {
    /// What [`Access::explain`](crate::Access::explain) would answer him.
    pub fn explain(&self, action: impl Into<Handle<Action>>, record: &Record<'_>) -> Simulated<Explanation> {
        Simulated(self.0.explain(action, record))
    }

    /// What [`Access::explain_create`](crate::Access::explain_create) would answer him.
    pub fn explain_create(&self, place: impl Into<Handle<Place>>) -> Simulated<Explanation> {
        Simulated(self.0.explain_create(place))
    }

    /// What [`Access::explain_create_for`](crate::Access::explain_create_for) would answer him.
    pub fn explain_create_for(
        &self,
        place: impl Into<Handle<Place>>,
        owner: impl Into<Handle<User>>,
    ) -> Simulated<Explanation> {
        Simulated(self.0.explain_create_for(place, owner))
    }

    /// What [`Access::explain_relocate`](crate::Access::explain_relocate) would answer him.
    pub fn explain_relocate(
        &self,
        record: &Record<'_>,
        to: impl Into<Handle<Place>>,
    ) -> Simulated<Explanation> {
        Simulated(self.0.explain_relocate(record, to))
    }

    /// What [`Access::explain_with_grants`](crate::Access::explain_with_grants) would answer him.
    pub fn explain_with_grants(
        &self,
        action: impl Into<Handle<Action>>,
        record: &Record<'_>,
        bound: Bound<'_>,
    ) -> Simulated<Explanation> {
        Simulated(self.0.explain_with_grants(action, record, bound))
    }

    /// What [`Access::explain_create_with_grants`](crate::Access::explain_create_with_grants) would answer him.
    pub fn explain_create_with_grants(
        &self,
        place: impl Into<Handle<Place>>,
        bound: Bound<'_>,
    ) -> Simulated<Explanation> {
        Simulated(self.0.explain_create_with_grants(place, bound))
    }

    /// What [`Access::explain_create_for_with_grants`](crate::Access::explain_create_for_with_grants) would answer him.
    pub fn explain_create_for_with_grants(
        &self,
        place: impl Into<Handle<Place>>,
        owner: impl Into<Handle<User>>,
        bound: Bound<'_>,
    ) -> Simulated<Explanation> {
        Simulated(self.0.explain_create_for_with_grants(place, owner, bound))
    }

    /// What [`Access::explain_relocate_with_grants`](crate::Access::explain_relocate_with_grants) would answer him.
    pub fn explain_relocate_with_grants(
        &self,
        record: &Record<'_>,
        to: impl Into<Handle<Place>>,
        bound: Bound<'_>,
    ) -> Simulated<Explanation> {
        Simulated(self.0.explain_relocate_with_grants(record, to, bound))
    }

    /// What [`Access::nearest_grants`](crate::Access::nearest_grants) would answer him.
    pub fn nearest_grants(
        &self,
        action: impl Into<Handle<Action>>,
        record: &Record<'_>,
        bound: Bound<'_>,
    ) -> Simulated<NearestGrants> {
        Simulated(self.0.nearest_grants(action, record, bound))
    }

    /// What [`Access::nearest_grants_to_create`](crate::Access::nearest_grants_to_create) would answer him.
    pub fn nearest_grants_to_create(
        &self,
        place: impl Into<Handle<Place>>,
        bound: Bound<'_>,
    ) -> Simulated<NearestGrants> {
        Simulated(self.0.nearest_grants_to_create(place, bound))
    }

    /// What [`Access::nearest_grants_to_create_for`](crate::Access::nearest_grants_to_create_for) would answer him.
    pub fn nearest_grants_to_create_for(
        &self,
        place: impl Into<Handle<Place>>,
        owner: impl Into<Handle<User>>,
        bound: Bound<'_>,
    ) -> Simulated<NearestGrants> {
        Simulated(self.0.nearest_grants_to_create_for(place, owner, bound))
    }

    /// What [`Access::nearest_grants_to_relocate`](crate::Access::nearest_grants_to_relocate) would answer him.
    pub fn nearest_grants_to_relocate(
        &self,
        record: &Record<'_>,
        to: impl Into<Handle<Place>>,
        bound: Bound<'_>,
    ) -> Simulated<NearestGrants> {
        Simulated(self.0.nearest_grants_to_relocate(record, to, bound))
    }

    /// What [`Access::matrix`](crate::Access::matrix) would answer him.
    pub fn matrix(&self) -> Simulated<Matrix> {
        Simulated(self.0.matrix())
    }

    /// What [`Access::audit`](crate::Access::audit) would answer him.
    pub fn audit(
        &self,
        action: impl Into<Handle<Action>>,
        record: &Record<'_>,
    ) -> Simulated<Option<Audit<'s>>> {
        Simulated(self.0.audit(action, record))
    }

    /// What [`Access::audit_create`](crate::Access::audit_create) would answer him.
    pub fn audit_create(&self, place: impl Into<Handle<Place>>) -> Simulated<Option<Audit<'s>>> {
        Simulated(self.0.audit_create(place))
    }

    /// What [`Access::audit_create_for`](crate::Access::audit_create_for) would answer him.
    pub fn audit_create_for(
        &self,
        place: impl Into<Handle<Place>>,
        owner: impl Into<Handle<User>>,
    ) -> Simulated<Option<Audit<'s>>> {
        Simulated(self.0.audit_create_for(place, owner))
    }

    /// What [`Access::audit_relocate`](crate::Access::audit_relocate) would answer him.
    pub fn audit_relocate(
        &self,
        record: &Record<'_>,
        to: impl Into<Handle<Place>>,
    ) -> Simulated<Option<Audit<'s>>> {
        Simulated(self.0.audit_relocate(record, to))
    }

    /// What [`Access::audits`](crate::Access::audits) would answer him.
    pub fn audits(&self) -> impl Iterator<Item = Simulated<Audit<'s>>> {
        self.0.audits().map(Simulated)
    }
}
