//! What openings are measured by: who is in which social group and what groups let people do, where groups host records; and in what
//! somebody is with whom a record can be shared. Compared only where anything can be hosted or shared.

use std::collections::{BTreeMap, BTreeSet};

use crate::audience::{Audience, Operation};
use crate::directory::{Department, SocialGroup, User};
use crate::index::Ix;
use crate::key::Key;
use crate::policy::Rank;
use crate::review::diff::ground::{Ground, Keys, differing};
use crate::snapshot::{Host, Occasion, Snapshot};

/// A snapshot and an occasion, with the operations by which groups open anything in it.
pub(super) struct Side<'s> {
    pub(super) snapshot: &'s Snapshot,
    pub(super) on: Occasion,
    operations: BTreeSet<Ix<Operation>>,
}

pub(super) fn compare(before: &Side<'_>, after: &Side<'_>) -> Vec<Ground> {
    let mut all = Vec::new();
    all.extend(differing(before.operations(), after.operations()).map(Ground::Operation));
    all.extend(differing(before.social_groups(), after.social_groups()).map(Ground::SocialGroup));
    all.extend(differing(before.deputies(), after.deputies()).map(Ground::Deputy));
    all.extend(differing(before.administrators(), after.administrators()).map(Ground::Administrator));
    all
}

/// How a group stands to people, as far as it matters.
#[derive(PartialEq)]
struct Standing {
    /// Those without a rank are banned.
    people: BTreeMap<Key<User>, Option<Rank>>,
    /// What it lets whom do, and what it is like; only where it can host anything.
    lets: Option<Lets>,
}

#[derive(PartialEq)]
struct Lets {
    audiences: BTreeMap<Key<Operation>, Option<Audience>>,
    visible: bool,
    archived: bool,
    extranet: bool,
}

impl<'s> Side<'s> {
    pub(super) fn new(snapshot: &'s Snapshot, on: Occasion) -> Self {
        Self { snapshot, on, operations: snapshot.offers.hosting().collect() }
    }

    fn sharing(&self) -> bool {
        self.snapshot.offers.sharing()
    }

    fn hosting(&self) -> bool {
        !self.operations.is_empty()
    }

    fn user(&self, user: Ix<User>) -> Option<Key<User>> {
        self.snapshot.people.key_at(user).cloned()
    }

    fn named(&self) -> impl Iterator<Item = (Ix<Operation>, Key<Operation>)> {
        let keys = &self.snapshot.lexicon.operations;
        self.operations.iter().filter_map(move |operation| Some((*operation, keys.key(*operation)?.clone())))
    }

    /// Whether each is for viewing, and whether administrators are free in it.
    fn operations(&self) -> BTreeMap<Key<Operation>, (bool, bool)> {
        let rules = self.named().filter_map(|(operation, key)| {
            let rule = self.snapshot.hosts.rule(operation)?;
            Some((key, (rule.for_viewing, rule.frees.holds_in(self.on.circumstances))))
        });
        rules.collect()
    }

    fn social_groups(&self) -> BTreeMap<Key<SocialGroup>, Standing> {
        if !self.hosting() && !self.sharing() {
            return BTreeMap::new();
        }
        let groups = self.snapshot.membership.social_groups.iter();
        let groups = groups.filter_map(|(group, key)| {
            let host = self.snapshot.hosts.host(group)?;
            Some((key.clone(), Standing { people: self.people(group, host), lets: self.lets(host) }))
        });
        groups.collect()
    }

    /// Members, and who is banned where it matters.
    fn people(&self, group: Ix<SocialGroup>, host: &Host) -> BTreeMap<Key<User>, Option<Rank>> {
        let rank = |user| self.snapshot.membership.rank(group, user);
        let people = host.people().filter_map(|user| Some((self.user(user)?, rank(user))));
        people.filter(|(_, rank)| rank.is_some() || self.hosting()).collect()
    }

    fn lets(&self, host: &Host) -> Option<Lets> {
        let audiences = self.named().map(|(operation, key)| (key, host.audience(operation)));
        self.hosting().then(|| Lets {
            audiences: audiences.collect(),
            visible: host.visible,
            archived: host.archived,
            extranet: host.extranet,
        })
    }

    /// The departments that users deputise in, if records can be shared with deputies.
    fn deputies(&self) -> BTreeMap<Key<User>, Keys<Department>> {
        let mut all = BTreeMap::<Key<User>, Keys<Department>>::new();
        let deputies = self.snapshot.membership.deputies.iter().filter(|_| self.sharing());
        for (user, at) in deputies {
            if let Some((user, at)) = self.user(*user).zip(self.snapshot.departments.key(*at)) {
                all.entry(user).or_default().push(at.clone());
            }
        }
        all.values_mut().for_each(|keys| keys.sort_unstable());
        all
    }

    /// Administrators, if records can be shared with them or groups let them do something.
    fn administrators(&self) -> BTreeMap<Key<User>, ()> {
        let matter = self.sharing() || self.hosting();
        let rows = self.snapshot.people.rows().filter(|(_, row)| matter && row.standing().is_administrator());
        rows.filter_map(|(user, _)| Some((self.user(user)?, ()))).collect()
    }
}
