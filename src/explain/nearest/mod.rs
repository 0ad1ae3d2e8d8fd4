//! Nearest grants: the smallest changes that would allow what is denied.
//!
//! A set of changes is tried by making it: in a policy and a directory that are cut down to what the question is about, which are
//! then compiled and asked. So there is no rule here that could differ from that of the check, and whatever a change brings
//! along, a role that silences another or a relation to the record, is seen.
//!
//! Deliberately absent: changes that take something from somebody (withdrawing an assignment, lowering a level), that make an
//! administrator, that take a dismissed user back, or that touch a group's owner. They would be remedies for other questions.

mod candidates;
mod cut;
mod grounds;
mod matter;
mod rank;
mod search;

use std::fmt::{self, Formatter};

use crate::access::Access;
use crate::change::Change;
use crate::directory::{Directory, User};
use crate::explain::Explanation;
use crate::key::Handle;
use crate::policy::Policy;
use crate::reason::Who;
use crate::resolve::Record;
use crate::vocabulary::{Action, Place};

use candidates::candidates;
use cut::Cut;
use grounds::Wish;
use matter::Matter;
use rank::Ranks;

/// Among which changes the nearest grants are looked for: sets of at most so many, to this policy and this directory.
#[derive(Clone, Copy, Debug)]
pub struct Bound<'a> {
    policy: &'a Policy,
    directory: &'a Directory,
    at_most: usize,
}

impl<'a> Bound<'a> {
    /// At most two changes to the policy and the directory that the snapshot was compiled from.
    pub fn new(policy: &'a Policy, directory: &'a Directory) -> Self {
        Self { policy, directory, at_most: 2 }
    }

    /// At most so many changes. Time grows with the number of candidates to this power: two can be waited for, and one is enough
    /// for a hint.
    #[must_use]
    pub fn at_most(mut self, changes: usize) -> Self {
        self.at_most = changes;
        self
    }
}

/// The smallest changes that would allow what is denied, the nearest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct NearestGrants {
    /// How many changes were tried together.
    pub at_most: usize,
    /// Every set of changes that would do and of which nothing can be spared.
    pub grants: Vec<NearestGrant>,
}

/// Changes that would allow it, all of them together.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NearestGrant {
    /// The changes, which can be made in any order.
    pub changes: Vec<Change>,
    /// How many users they touch: the viewer, and everybody who holds a role that is changed, or stands in for somebody who does.
    pub people: usize,
}

impl Access<'_> {
    /// The smallest changes that would allow what is denied: complete for the changes below and up to the bound. Empty, if it is
    /// allowed, if no such change can help, as where the entity does not admit the action, and if the viewer is dismissed, unknown or a
    /// visitor: for them nothing is tried.
    ///
    /// | change | candidates |
    /// |---|---|
    /// | [`SetRight`](Change::SetRight) | a role that he holds on this occasion; the action, its prerequisites, the settings right that includes one of them; the record's place and what it lies in; every level on offer that contains what the role says there; of linked records, the same of what opens these actions; for a move to another pipeline, the same of creating at the target |
    /// | [`SetTransition`](Change::SetTransition) | for a move within a pipeline: a role that he holds on this occasion, the record's place and what it lies in; the stages that the role leads to from there, and the target |
    /// | [`Assign`](Change::Assign) | every role that says something of these actions, or of moving from there where a transition is needed, to him alone, for good |
    /// | [`SitIn`](Change::SitIn) | the departments that assignments name, as a subject or to confine the role, unless they are to somebody else alone; those of the people who are bound to the record or to one that it is linked to, and what is above |
    /// | [`JoinUserGroup`](Change::JoinUserGroup) | the groups that assignments name, for good |
    /// | [`JoinSocialGroup`](Change::JoinSocialGroup) | the groups that assignments name, as a member or moderator, as they say; those that host the record |
    ///
    /// Of these, every set that would allow it is here, unless a smaller one would too: one with fewer of the changes, or with a
    /// smaller level or rank in one of them. The order: fewer changes; fewer people touched; less given besides (rights and
    /// transitions that come with roles, or places below that of one that is set, and
    /// for the settings right all that it opens); narrower levels and fewer stages, of what is set
    /// or of the roles; then as policy and directory have them.
    ///
    /// What else a change does is not said here. A role that is added can silence another; look at the changes as a whole before
    /// making them.
    ///
    /// The answer is about the policy and the directory of the bound. Takes time in proportion to the users, and to the sets of
    /// changes that are tried times the size of what is left of policy and directory, which is little: the people of the
    /// question, the rights of the actions in question, and the departments and groups that assignments name.
    ///
    /// ```
    /// use bailiwick::explain::Bound;
    /// use bailiwick::{crm, Assignment, Directory, Moment, Policy, Record, Role, Snapshot, Subject, User};
    ///
    /// let directory = Directory::new().with(User::new("anna")).with(User::new("boris"));
    /// let policy = Policy::new(crm::vocabulary())
    ///     .role(Role::new("seller").set(crm::DEAL, crm::READ, crm::OWN))
    ///     .role(Role::new("reader").set(crm::DEAL, crm::READ, crm::ALL))
    ///     .assign(Assignment::new("seller", Subject::SignedIn));
    /// let snapshot = Snapshot::compile(&policy, &directory)?;
    ///
    /// let anna = snapshot.access(snapshot.user("anna"), Moment::from_unix_seconds(0));
    /// let borises = Record::at(crm::DEAL).owner(snapshot.user("boris"));
    /// let nearest = anna.nearest_grants(crm::READ, &borises, Bound::new(&policy, &directory));
    /// let told: Vec<String> = nearest.grants.iter().map(ToString::to_string).collect();
    /// assert_eq!(told, [
    ///     "assign role reader to user anna",
    ///     "set read at deal of role seller to all (2 people)",
    /// ]);
    /// # Ok::<(), bailiwick::Problems>(())
    /// ```
    pub fn nearest_grants(
        &self,
        action: impl Into<Handle<Action>>,
        record: &Record<'_>,
        bound: Bound<'_>,
    ) -> NearestGrants {
        self.nearest(Wish::Check(action.into()), record, bound)
    }

    /// The smallest changes that would let the viewer create a record at this place: [`Access::nearest_grants`] of the question that
    /// [`Access::create`] answers, with the action that the vocabulary calls creating. Whose the record would become is not asked:
    /// any level will do; [`Access::nearest_grants_to_create_for`] asks that as well.
    ///
    /// ```
    /// use bailiwick::explain::Bound;
    /// use bailiwick::{crm, Assignment, Directory, Moment, Policy, Role, Snapshot, Subject, User};
    ///
    /// let directory = Directory::new().with(User::new("anna"));
    /// let policy = Policy::new(crm::vocabulary())
    ///     .role(Role::new("reader").set(crm::DEAL, crm::READ, crm::ALL))
    ///     .role(Role::new("seller").set(crm::DEAL, crm::READ, crm::OWN).set(crm::DEAL, crm::CREATE, crm::OWN))
    ///     .assign(Assignment::new("reader", Subject::SignedIn));
    /// let snapshot = Snapshot::compile(&policy, &directory)?;
    ///
    /// let anna = snapshot.access(snapshot.user("anna"), Moment::from_unix_seconds(0));
    /// let nearest = anna.nearest_grants_to_create(crm::DEAL, Bound::new(&policy, &directory));
    /// assert_eq!(nearest.grants[0].to_string(), "assign role seller to user anna");
    /// assert_eq!(nearest.grants[1].to_string(), "set create at deal of role reader to own");
    /// # Ok::<(), bailiwick::Problems>(())
    /// ```
    pub fn nearest_grants_to_create(
        &self,
        place: impl Into<Handle<Place>>,
        bound: Bound<'_>,
    ) -> NearestGrants {
        self.nearest(Wish::Create, &Record::at(place), bound)
    }

    /// The smallest changes that would let the viewer create a record at this place that belongs to this user from the start:
    /// [`Access::nearest_grants`] of the question that [`Access::create_for`] answers. The owner counts as bound to the record, so the
    /// departments where he sits are among those tried. He himself stays where he is: only the viewer is given anything. Empty as well,
    /// if the owner is unknown.
    ///
    /// ```
    /// use bailiwick::explain::Bound;
    /// use bailiwick::{crm, Assignment, Directory, Moment, Policy, Snapshot, Subject, User};
    ///
    /// let directory = Directory::new().with(User::new("anna")).with(User::new("boris"));
    /// let policy = Policy::new(crm::vocabulary())
    ///     .roles(crm::roles())
    ///     .assign(Assignment::new(crm::MANAGER, Subject::User("anna".into())));
    /// let snapshot = Snapshot::compile(&policy, &directory)?;
    ///
    /// // A manager creates for himself only.
    /// let (anna, boris) = (snapshot.user("anna"), snapshot.user("boris"));
    /// let access = snapshot.access(anna, Moment::from_unix_seconds(0));
    /// let bound = Bound::new(&policy, &directory);
    /// assert!(access.nearest_grants_to_create_for(crm::DEAL, anna, bound).grants.is_empty());
    /// let nearest = access.nearest_grants_to_create_for(crm::DEAL, boris, bound);
    /// assert_eq!(nearest.grants[0].to_string(), "set create at deal of role manager to department");
    /// # Ok::<(), bailiwick::Problems>(())
    /// ```
    pub fn nearest_grants_to_create_for(
        &self,
        place: impl Into<Handle<Place>>,
        owner: impl Into<Handle<User>>,
        bound: Bound<'_>,
    ) -> NearestGrants {
        self.nearest(Wish::CreateFor, &Record::at(place).owner(owner), bound)
    }

    /// The smallest changes that would let the viewer move the record to that stage: [`Access::nearest_grants`] of the question that
    /// [`Access::relocate`] answers. A move can lack the right to update the record, the transition, or both; into another pipeline,
    /// the right to create there. Empty as well, if the target is no stage of the record's entity.
    ///
    /// ```
    /// use bailiwick::explain::Bound;
    /// use bailiwick::{crm, Assignment, Directory, Moment, Policy, Record, Role, Snapshot, Subject, Targets, User};
    ///
    /// let (new, won) = (crm::DEAL.pipeline("general").stage("new"), crm::DEAL.pipeline("general").stage("won"));
    /// let directory = Directory::new().with(User::new("anna"));
    /// let policy = Policy::new(crm::vocabulary())
    ///     .role(Role::new("seller")
    ///         .set(crm::DEAL, crm::READ, crm::ALL)
    ///         .set(crm::DEAL, crm::UPDATE, crm::OWN)
    ///         .set_transition(new, Targets::stages(["preparation"])))
    ///     .assign(Assignment::new("seller", Subject::SignedIn));
    /// let snapshot = Snapshot::compile(&policy, &directory)?;
    ///
    /// let anna = snapshot.access(snapshot.user("anna"), Moment::from_unix_seconds(0));
    /// let bound = Bound::new(&policy, &directory);
    /// let own = Record::at(new).owner(snapshot.user("anna"));
    /// let nearest = anna.nearest_grants_to_relocate(&own, won, bound);
    /// assert_eq!(nearest.grants[0].to_string(), "let role seller move from deal/general/new to preparation, won");
    ///
    /// // Nobody's deal is not hers to update: she needs both.
    /// let nearest = anna.nearest_grants_to_relocate(&Record::at(new), won, bound);
    /// assert_eq!(
    ///     nearest.grants[0].to_string(),
    ///     "set update at deal/general/new of role seller to all, and let role seller move from deal/general/new to preparation, won",
    /// );
    /// # Ok::<(), bailiwick::Problems>(())
    /// ```
    pub fn nearest_grants_to_relocate(
        &self,
        record: &Record<'_>,
        to: impl Into<Handle<Place>>,
        bound: Bound<'_>,
    ) -> NearestGrants {
        self.nearest(Wish::Relocate(to.into()), record, bound)
    }

    fn nearest(&self, wish: Wish, record: &Record<'_>, bound: Bound<'_>) -> NearestGrants {
        let none = NearestGrants { at_most: bound.at_most, grants: Vec::new() };
        let Some(matter) = Matter::of(self, wish, record) else { return none };
        if wish.is_allowed(self, record) {
            return none;
        }
        let cut = Cut::new(&matter, bound.policy, bound.directory);
        let candidates = candidates(&matter, &cut, bound.policy);
        let found = search::smallest(&candidates, bound.at_most, |changes| cut.allows(&matter, changes));
        Ranks::new(&matter, bound.policy, bound.directory).in_order(none, found)
    }

    /// [`Access::explain`], with the [nearest grants](Access::nearest_grants) of a denial.
    pub fn explain_with_grants(
        &self,
        action: impl Into<Handle<Action>>,
        record: &Record<'_>,
        bound: Bound<'_>,
    ) -> Explanation {
        let action = action.into();
        self.explain(action, record).with(|| self.nearest_grants(action, record, bound))
    }

    /// [`Access::explain_create`], with the [nearest grants](Access::nearest_grants_to_create) of a denial.
    pub fn explain_create_with_grants(
        &self,
        place: impl Into<Handle<Place>>,
        bound: Bound<'_>,
    ) -> Explanation {
        let place = place.into();
        self.explain_create(place).with(|| self.nearest_grants_to_create(place, bound))
    }

    /// [`Access::explain_create_for`], with the [nearest grants](Access::nearest_grants_to_create_for) of a denial.
    pub fn explain_create_for_with_grants(
        &self,
        place: impl Into<Handle<Place>>,
        owner: impl Into<Handle<User>>,
        bound: Bound<'_>,
    ) -> Explanation {
        let (place, owner) = (place.into(), owner.into());
        self.explain_create_for(place, owner).with(|| self.nearest_grants_to_create_for(place, owner, bound))
    }

    /// [`Access::explain_relocate`], with the [nearest grants](Access::nearest_grants_to_relocate) of a denial.
    pub fn explain_relocate_with_grants(
        &self,
        record: &Record<'_>,
        to: impl Into<Handle<Place>>,
        bound: Bound<'_>,
    ) -> Explanation {
        let to = to.into();
        self.explain_relocate(record, to).with(|| self.nearest_grants_to_relocate(record, to, bound))
    }
}

impl Explanation {
    /// The same, with what would allow it if it is denied. Nothing is said for whom nothing is tried.
    fn with(self, nearest: impl FnOnce() -> NearestGrants) -> Self {
        let tried = self.decision.is_denied() && matches!(self.who, Who::User(_));
        Self { nearest: tried.then(nearest), ..self }
    }
}

impl NearestGrants {
    /// How many of them a text shows. The value has all.
    const SHOWN: usize = 12;
}

impl fmt::Display for NearestGrants {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.grants.is_empty() {
            return match self.at_most {
                1 => writeln!(f, "  no grant of one change would allow it"),
                most => writeln!(f, "  no grant of up to {most} changes would allow it"),
            };
        }
        writeln!(f, "  it would be allowed by any of these")?;
        self.grants.iter().take(Self::SHOWN).try_for_each(|grant| writeln!(f, "    {grant}"))?;
        match self.grants.len().saturating_sub(Self::SHOWN) {
            0 => Ok(()),
            more => writeln!(f, "    and {more} more"),
        }
    }
}

impl fmt::Display for NearestGrant {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (count, change) in self.changes.iter().enumerate() {
            write!(f, "{}{change}", if count > 0 { ", and " } else { "" })?;
        }
        if self.people > 1 { write!(f, " ({} people)", self.people) } else { Ok(()) }
    }
}
