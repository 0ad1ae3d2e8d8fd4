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
mod matter;
mod rank;
mod search;

use std::fmt::{self, Formatter};

use crate::access::Access;
use crate::change::Change;
use crate::directory::Directory;
use crate::explain::Explanation;
use crate::key::Handle;
use crate::policy::Policy;
use crate::resolve::Record;
use crate::vocabulary::Action;

use candidates::candidates;
use cut::Cut;
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
    /// allowed, or if no such change can help: the viewer is dismissed, unknown or a visitor, or the entity does not admit the
    /// action.
    ///
    /// | change | candidates |
    /// |---|---|
    /// | [`SetRight`](Change::SetRight) | a role that he holds on this occasion; the action, its prerequisites, the settings right that includes one of them; the record's place and what it lies in; every level on offer that contains what the role says there; of linked records, the same of what opens these actions |
    /// | [`Assign`](Change::Assign) | every role that says something of these actions, to him alone, for good |
    /// | [`SitIn`](Change::SitIn) | the departments that assignments name; those of the people who are bound to the record or to one that it is linked to, and what is above |
    /// | [`JoinUserGroup`](Change::JoinUserGroup) | the groups that assignments name, for good |
    /// | [`JoinSocialGroup`](Change::JoinSocialGroup) | the groups that assignments name, as a member or moderator, as they say; those that host the record |
    ///
    /// Of these, every set that would allow it is here, unless a smaller one would too: one with fewer of the changes, or with a
    /// smaller level or rank in one of them. The order: fewer changes; fewer people touched; less given besides (rights that come
    /// with roles, or places below that of a right); narrower levels, of the right or of the roles; then as policy and directory
    /// have them.
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
        let none = NearestGrants { at_most: bound.at_most, grants: Vec::new() };
        let action = action.into();
        let Some(matter) = Matter::of(self, action, record) else { return none };
        if self.check(action, record).is_allowed() {
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
        let mut explanation = self.explain(action, record);
        if explanation.decision.is_denied() {
            explanation.nearest = Some(self.nearest_grants(action, record, bound));
        }
        explanation
    }
}

impl NearestGrants {
    /// How many of them a text shows. The value has all.
    const SHOWN: usize = 12;
}

impl fmt::Display for NearestGrants {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.grants.is_empty() {
            return writeln!(f, "  nothing that could be granted would allow it");
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
