//! Nearest grants.

use serde::Serialize;

use super::WireKey;
use super::policy::{WireAssignment, WireRight, WireTransition};
use super::subject::WireRank;
use crate::change::Change;
use crate::directory::{Department, SocialGroup, User, UserGroup};
use crate::explain::{NearestGrant, NearestGrants};
use crate::policy::Role;

#[derive(Serialize)]
pub(in crate::document) struct WireNearest {
    at_most: usize,
    grants: Vec<WireGrant>,
}

#[derive(Serialize)]
struct WireGrant {
    changes: Vec<WireChange>,
    people: usize,
}

/// The kinds of change that can be a nearest grant.
#[derive(Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
enum WireChange {
    SetRight { role: WireKey<Role>, right: WireRight },
    SetTransition { role: WireKey<Role>, transition: WireTransition },
    Assign { assignment: WireAssignment },
    SitIn { user: WireKey<User>, department: WireKey<Department> },
    JoinUserGroup { user: WireKey<User>, group: WireKey<UserGroup> },
    JoinSocialGroup { user: WireKey<User>, group: WireKey<SocialGroup>, rank: WireRank },
}

impl From<&NearestGrants> for WireNearest {
    fn from(nearest: &NearestGrants) -> Self {
        Self { at_most: nearest.at_most, grants: nearest.grants.iter().map(WireGrant::from).collect() }
    }
}

impl From<&NearestGrant> for WireGrant {
    fn from(grant: &NearestGrant) -> Self {
        Self { changes: grant.changes.iter().filter_map(WireChange::new).collect(), people: grant.people }
    }
}

impl WireChange {
    fn new(change: &Change) -> Option<Self> {
        Some(if let Change::SetRight { role, right } = change {
            Self::SetRight { role: role.into(), right: right.into() }
        } else if let Change::SetTransition { role, transition } = change {
            Self::SetTransition { role: role.into(), transition: transition.into() }
        } else if let Change::Assign(assignment) = change {
            Self::Assign { assignment: assignment.into() }
        } else if let Change::SitIn { user, department } = change {
            Self::SitIn { user: user.into(), department: department.into() }
        } else if let Change::JoinUserGroup { group, membership } = change {
            Self::JoinUserGroup { user: (&membership.user).into(), group: group.into() }
        } else if let Change::JoinSocialGroup { group, user, rank } = change {
            Self::JoinSocialGroup { user: user.into(), group: group.into(), rank: (*rank).into() }
        } else {
            return None;
        })
    }
}
