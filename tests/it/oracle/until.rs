//! Until when things stay as they are: every moment at which any window begins or is over, looked at one by one.

use bailiwick::{Directory, Key, Moment, Policy, Principals, Subject, User, Window};

use super::view::View;
use super::{On, Oracle};

/// The first moment after this one at which something that counts for the viewer is not as it was.
pub(crate) fn valid_until(
    policy: &Policy,
    directory: &Directory,
    who: Option<&Key<User>>,
    on: On,
) -> Option<Moment> {
    let state = |at| Oracle::new(policy, directory, who, On { at, ..on }).map(|oracle| oracle.state());
    boundaries(policy, directory).into_iter().find(|at| *at > on.at && state(*at) != state(on.at))
}

/// The moments at which any window begins, and those right after one ends, in order.
pub(crate) fn boundaries(policy: &Policy, directory: &Directory) -> Vec<Moment> {
    let members = directory.user_groups.iter().flat_map(|group| &group.members).map(|it| it.window);
    let substitutions = policy.substitutions.iter().map(|it| it.window);
    let limits = policy.limits.iter().map(|it| it.window);
    let assignments = policy.assignments.iter().map(|it| it.window);
    let windows: Vec<Window> = assignments.chain(members).chain(substitutions).chain(limits).collect();
    let over = |last: Moment| last.unix_seconds().checked_add(1).map(Moment::from_unix_seconds);
    let ends = windows.iter().filter_map(|window| window.last().and_then(over));
    let mut boundaries: Vec<Moment> = windows.iter().filter_map(|it| it.first()).chain(ends).collect();
    boundaries.sort();
    boundaries
}

impl Oracle<'_> {
    /// What counts for the viewer: his views, and the roles and limits in each. An administrator's roles are not asked.
    fn state(&self) -> Vec<String> {
        self.views().iter().map(View::state).collect()
    }
}

impl View<'_> {
    /// The user groups that he is in, where a record can be shared with them or be theirs, and he needs it.
    fn groups_that_count(&self) -> Vec<String> {
        let mut offers = self.policy.vocabulary.entities.iter().flat_map(|entity| &entity.offers);
        let mut parties = self.policy.vocabulary.parties.iter();
        let count = offers.any(|offer| offer.shareable)
            || parties.any(|rule| rule.principals.contains(Principals::USER_GROUPS));
        if self.apart.is_some() || self.is_free_everywhere() || !count {
            return Vec::new();
        }
        let groups = self.directory.user_groups.iter().map(|group| &group.key);
        let his = groups.filter(|key| self.is_in(&Subject::UserGroup((*key).clone()), self.at));
        his.map(ToString::to_string).collect()
    }

    fn state(&self) -> String {
        let mut roles: Vec<String> = self.roles.iter().map(|role| role.key.to_string()).collect();
        roles.sort();
        roles.dedup();
        let roles = if self.is_free_everywhere() { Vec::new() } else { roles };
        let substitution = self.substitution.map(std::ptr::from_ref);
        let limits: Vec<_> = self.limits.iter().map(|limit| &limit.key).collect();
        let groups = self.groups_that_count();
        format!("{:?} {substitution:?} {roles:?} {limits:?} {groups:?}", self.apart)
    }
}
