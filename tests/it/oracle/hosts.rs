//! Social groups that host records: section 8, line by line.

use bailiwick::{Audience, FeatureRule, Key, Offer, Operation, OperationRule, SocialGroup};

use super::Thing;
use super::view::{View, frees_in};

impl View<'_> {
    /// Whether a group that hosts the thing lets the viewer do the operation that opens the action.
    pub(crate) fn is_hosted(&self, offer: &Offer, thing: &Thing) -> bool {
        let groups = self.directory.social_groups.iter().filter(|group| thing.hosts.contains(&group.key));
        let mut groups =
            groups.map(|group| offer.hosted_by.as_ref().is_some_and(|it| self.admits(group, it)));
        groups.any(|admits| admits)
    }

    /// The order of evaluation. "Everyone" and "every signed-in user" stop at extranet users where the group is not extranet.
    pub(crate) fn admits(&self, group: &SocialGroup, operation: &Key<Operation>) -> bool {
        let Some((feature, rule)) = self.operation(operation) else { return false };
        let key = self.viewer.map(|viewer| &viewer.key);
        let among = |list: &[Key<_>]| key.is_some_and(|key| list.contains(key));
        let owner = key == Some(&group.owner);
        let moderator = owner || among(&group.moderators);
        let member = moderator || among(&group.members);
        let signed_in = self.viewer.is_some();
        let employee = self.viewer.is_some_and(|viewer| !self.departments_of(viewer).is_empty());
        let shut_out = signed_in && !employee && !group.extranet;
        if group.without.contains(&feature.key) || among(&group.banned) || group.archived && !rule.for_viewing
        {
            return false;
        }
        if self.viewer.is_some_and(|viewer| viewer.administrator) && self.frees_feature(feature) {
            return true;
        }
        match audience(group, rule) {
            Audience::Everyone if group.visible && !shut_out => true,
            Audience::SignedIn if signed_in && !shut_out => true,
            Audience::Everyone | Audience::SignedIn | Audience::Members => member,
            Audience::Employees => member && employee,
            Audience::Moderators => moderator,
            Audience::Owner => owner,
        }
    }

    fn frees_feature(&self, feature: &FeatureRule) -> bool {
        self.apart.is_none() && frees_in(&feature.administrators, self.asserted)
    }

    fn operation(&self, key: &Key<Operation>) -> Option<(&FeatureRule, &OperationRule)> {
        let features = self.policy.vocabulary.features.iter();
        let mut all = features.flat_map(|feature| feature.operations.iter().map(move |it| (feature, it)));
        all.find(|(_, operation)| operation.key == *key)
    }
}

fn audience(group: &SocialGroup, rule: &OperationRule) -> Audience {
    let own = group.audiences.iter().find(|own| own.operation == rule.key).map(|own| own.audience);
    let in_open = rule.default_in_open.filter(|_| group.visible && group.open);
    own.or(in_open).unwrap_or(rule.default)
}
