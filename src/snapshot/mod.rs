//! The frozen form: a policy and a directory, checked as a whole and laid out for questions.
//!
//! Deliberately absent: interior mutability, clocks, locks, and any notion of what a right means.

mod actions;
mod circles;
mod compile;
mod departments;
mod digest;
mod grants;
mod holdings;
mod hosts;
mod ladders;
mod lexicon;
mod limits;
mod mates;
mod membership;
mod names;
mod offers;
mod people;
mod places;
mod problem;
mod rights;
mod role_sets;
mod roles;
mod route;
mod said;
mod substitutions;
mod superseding;
mod terms;
mod transitions;
mod views;
mod whom;

pub use problem::{Location, Noun, Part, Problem, ProblemKind, Problems};
pub use route::Route;

pub(crate) use actions::Actions;
pub(crate) use circles::{Circle, Groups};
pub(crate) use departments::{Departments, Walk};
pub(crate) use digest::{Demand, Digest, Foreseen};
pub(crate) use hosts::{Belonging, Host, Hosts};
pub(crate) use ladders::LadderRule;
pub(crate) use limits::{LimitRule, LimitSet, Limited, Limits};
pub(crate) use mates::MateFlags;
pub(crate) use offers::{EntityRule, RightOver};
pub(crate) use people::{People, Standing};
pub(crate) use places::Places;
pub(crate) use rights::{Asked, Column, Line};
pub(crate) use role_sets::{HeldRoles, OnTerms, RoleSet};
pub(crate) use said::{Gist, Said};
pub(crate) use terms::{Circumstances, Occasion, first_change};
pub(crate) use transitions::Destinations;
pub(crate) use views::{Apart, StandIn};
pub(crate) use whom::{Kind, Whom};

use crate::directory::{Department, SocialGroup, User, UserGroup};
use crate::index::Ix;
use crate::key::{Handle, Key, KeyRef};
use crate::policy::{Combining, Delegation};
use crate::vocabulary::{Action, Circumstance, Flag, Ladder, Party, Place, Rung};

use circles::Circles;
use grants::Grants;
use ladders::Ladders;
use lexicon::Lexicon;
use mates::Mates;
use membership::Membership;
use offers::Offers;
use roles::Roles;
use views::Views;

/// A policy and a directory, frozen. Shared freely between threads, asked without locks, never changed.
///
/// Turn keys into handles once and ask with handles, or give keys everywhere; the answers are the same.
///
/// ```
/// use bailiwick::{crm, Directory, Policy, Snapshot, User};
///
/// let directory = Directory::new().with(User::new(7));
/// let snapshot = Snapshot::compile(&Policy::new(crm::vocabulary()), &directory)?;
/// assert!(snapshot.user(7).is_some());
/// assert!(snapshot.user("7").is_some());
/// assert!(snapshot.user(8).is_none());
/// # Ok::<(), bailiwick::Problems>(())
/// ```
#[derive(Debug)]
pub struct Snapshot {
    pub(crate) combining: Combining,
    pub(crate) delegation: Delegation,
    pub(crate) lexicon: Lexicon,
    pub(crate) places: Places,
    pub(crate) offers: Offers,
    pub(crate) ladders: Ladders,
    pub(crate) departments: Departments,
    pub(crate) people: People,
    pub(crate) views: Views,
    pub(crate) roles: Roles,
    pub(crate) membership: Membership,
    pub(crate) circles: Circles,
    pub(crate) mates: Mates,
    pub(crate) limits: Limits,
    pub(crate) grants: Grants,
    pub(crate) hosts: Hosts,
    pub(crate) digest: Digest,
}

impl Snapshot {
    /// The user with this key. One hash; an empty column of a database is nobody.
    #[inline]
    pub fn user<'k>(&self, key: impl Into<KeyRef<'k>>) -> Option<Handle<User>> {
        self.people.find(key.into())
    }

    /// The key of a user.
    pub fn user_key(&self, user: Handle<User>) -> Option<&Key<User>> {
        self.people.key(user)
    }

    /// All users, the dismissed included, in the order of the directory.
    pub fn users(&self) -> impl ExactSizeIterator<Item = Handle<User>> {
        self.people.handles()
    }

    /// The action with this key.
    pub fn action<'k>(&self, key: impl Into<KeyRef<'k>>) -> Option<Handle<Action>> {
        self.lexicon.actions.handle(key.into())
    }

    /// The party with this key.
    pub fn party<'k>(&self, key: impl Into<KeyRef<'k>>) -> Option<Party> {
        self.lexicon.party(key.into())
    }

    /// The flag with this key.
    pub fn flag<'k>(&self, key: impl Into<KeyRef<'k>>) -> Option<Flag> {
        self.lexicon.flag(key.into())
    }

    /// The circumstance with this key.
    pub fn circumstance<'k>(&self, key: impl Into<KeyRef<'k>>) -> Option<Handle<Circumstance>> {
        self.lexicon.circumstances.handle(key.into())
    }

    /// The ladder with this key.
    pub fn ladder<'k>(&self, key: impl Into<KeyRef<'k>>) -> Option<Handle<Ladder>> {
        self.ladders.names.handle(key.into())
    }

    /// The key of a ladder.
    pub fn ladder_key(&self, ladder: impl Into<Handle<Ladder>>) -> Option<&Key<Ladder>> {
        self.ladders.names.key(self.ladders.accept(ladder.into())?)
    }

    /// The department with this key.
    pub fn department<'k>(&self, key: impl Into<KeyRef<'k>>) -> Option<Handle<Department>> {
        self.departments.handle(key.into())
    }

    /// The key of a department.
    pub fn department_key(&self, department: Handle<Department>) -> Option<&Key<Department>> {
        self.departments.key(self.departments.accept(department)?)
    }

    /// The user group with this key.
    pub fn user_group<'k>(&self, key: impl Into<KeyRef<'k>>) -> Option<Handle<UserGroup>> {
        self.membership.user_groups.handle(key.into())
    }

    /// The key of a user group.
    pub fn user_group_key(&self, group: Handle<UserGroup>) -> Option<&Key<UserGroup>> {
        let groups = &self.membership.user_groups;
        groups.key(groups.accept(group)?)
    }

    /// The social group with this key.
    pub fn social_group<'k>(&self, key: impl Into<KeyRef<'k>>) -> Option<Handle<SocialGroup>> {
        self.membership.social_groups.handle(key.into())
    }

    /// The key of a social group.
    pub fn social_group_key(&self, group: Handle<SocialGroup>) -> Option<&Key<SocialGroup>> {
        let groups = &self.membership.social_groups;
        groups.key(groups.accept(group)?)
    }

    /// The rung with this key.
    pub fn rung<'k>(
        &self,
        ladder: impl Into<Handle<Ladder>>,
        key: impl Into<KeyRef<'k>>,
    ) -> Option<Handle<Rung>> {
        self.ladders.rule(self.ladders.accept(ladder.into())?)?.rungs.handle(key.into())
    }

    /// The entity with this key, as the place that its records are in when they have no pipeline.
    pub fn entity<'k>(&self, key: impl Into<KeyRef<'k>>) -> Option<Handle<Place>> {
        self.places.entity_place(key.into()).map(|place| self.places.handle(place))
    }

    /// Where a record is, from the columns of its row.
    ///
    /// A stage that the vocabulary no longer has, or none, falls back to the pipeline; an unknown pipeline to the entity.
    /// Only an unknown entity is nowhere, and what is nowhere is denied.
    ///
    /// ```
    /// # use bailiwick::{crm, Directory, Policy, Snapshot};
    /// # let snapshot = Snapshot::compile(&Policy::new(crm::vocabulary()), &Directory::new())?;
    /// let column: Option<&str> = None;
    /// let place = snapshot.place(crm::DEAL, crm::GENERAL, column);
    /// assert_eq!(snapshot.place_of(place).map(|place| place.to_string()).as_deref(), Some("deal/general"));
    /// # Ok::<(), bailiwick::Problems>(())
    /// ```
    pub fn place<'p, 's>(
        &self,
        entity: impl Into<Handle<Place>>,
        pipeline: impl Into<KeyRef<'p>>,
        stage: impl Into<KeyRef<'s>>,
    ) -> Handle<Place> {
        let Some(entity) = self.places.accept(entity.into()) else { return Handle::unknown() };
        self.places.handle(self.places.below(entity, pipeline.into(), stage.into()))
    }

    /// The place that a handle means.
    pub fn place_of(&self, place: impl Into<Handle<Place>>) -> Option<&Place> {
        self.places.path(self.places.accept(place.into())?)
    }

    /// An action at a place: what the vocabulary says of it, and what every role says. Nothing if it is not offered there.
    #[inline]
    pub(crate) fn ask(&self, place: Ix<Place>, action: Ix<Action>) -> Option<Asked<'_>> {
        self.roles.rights.ask(place, action)
    }

    /// The same of every action that is offered there, in the order of the vocabulary.
    #[inline]
    pub(crate) fn ask_all(&self, place: Ix<Place>) -> impl Iterator<Item = (Ix<Action>, Asked<'_>)> {
        self.roles.rights.ask_all(place)
    }
}
