//! The directory.

use serde::{Deserialize, Serialize};

use super::feature::WireAudience;
use super::instant::{ends, window};
use super::ticket_group::WireTicketGroup;
use super::{WireInstant, WireKey, default_true, is_false, is_true, keys, wire_keys};
use crate::audience::{Feature, Operation};
use crate::directory::{
    Department, Directory, Membership, OwnAudience, SocialGroup, TicketGroup, User, UserGroup,
};

/// A directory in a document.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a directory (an object)")]
pub(in crate::document) struct WireDirectory {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    departments: Vec<WireDepartment>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    users: Vec<WireUser>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    user_groups: Vec<WireUserGroup>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    social_groups: Vec<WireSocialGroup>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    ticket_groups: Vec<WireTicketGroup>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a department (an object)")]
pub(super) struct WireDepartment {
    key: WireKey<Department>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parent: Option<WireKey<Department>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    heads: Vec<WireKey<User>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    deputies: Vec<WireKey<User>>,
    #[serde(default = "default_true", skip_serializing_if = "is_true")]
    active: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a user (an object)")]
pub(super) struct WireUser {
    key: WireKey<User>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    departments: Vec<WireKey<Department>>,
    #[serde(default, skip_serializing_if = "is_false")]
    dismissed: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    administrator: bool,
    #[serde(default = "default_true", skip_serializing_if = "is_true")]
    seat: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a user group (an object)")]
pub(super) struct WireUserGroup {
    key: WireKey<UserGroup>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    members: Vec<WireMembership>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    includes: Vec<WireKey<UserGroup>>,
    #[serde(default = "default_true", skip_serializing_if = "is_true")]
    active: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a membership (an object with a `user`)")]
struct WireMembership {
    user: WireKey<User>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<WireInstant>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<WireInstant>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a social group (an object)")]
pub(super) struct WireSocialGroup {
    key: WireKey<SocialGroup>,
    owner: WireKey<User>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    moderators: Vec<WireKey<User>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    members: Vec<WireKey<User>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pending: Vec<WireKey<User>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    banned: Vec<WireKey<User>>,
    #[serde(default = "default_true", skip_serializing_if = "is_true")]
    visible: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    open: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    archived: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    extranet: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    without: Vec<WireKey<Feature>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    audiences: Vec<WireOwnAudience>,
}

#[derive(Serialize, Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "an audience of a group (an object with an `operation` and an `audience`)"
)]
struct WireOwnAudience {
    operation: WireKey<Operation>,
    audience: WireAudience,
}

impl From<WireDirectory> for Directory {
    fn from(wire: WireDirectory) -> Self {
        Self {
            departments: wire.departments.into_iter().map(Department::from).collect(),
            users: wire.users.into_iter().map(User::from).collect(),
            user_groups: wire.user_groups.into_iter().map(UserGroup::from).collect(),
            social_groups: wire.social_groups.into_iter().map(SocialGroup::from).collect(),
            ticket_groups: wire.ticket_groups.into_iter().map(TicketGroup::from).collect(),
        }
    }
}

impl From<&Directory> for WireDirectory {
    fn from(directory: &Directory) -> Self {
        Self {
            departments: directory.departments.iter().map(WireDepartment::from).collect(),
            users: directory.users.iter().map(WireUser::from).collect(),
            user_groups: directory.user_groups.iter().map(WireUserGroup::from).collect(),
            social_groups: directory.social_groups.iter().map(WireSocialGroup::from).collect(),
            ticket_groups: directory.ticket_groups.iter().map(WireTicketGroup::from).collect(),
        }
    }
}

impl From<WireDepartment> for Department {
    fn from(wire: WireDepartment) -> Self {
        Self {
            key: wire.key.0,
            parent: wire.parent.map(|key| key.0),
            heads: keys(wire.heads),
            deputies: keys(wire.deputies),
            active: wire.active,
        }
    }
}

impl From<&Department> for WireDepartment {
    fn from(department: &Department) -> Self {
        Self {
            key: (&department.key).into(),
            parent: department.parent.as_ref().map(WireKey::from),
            heads: wire_keys(&department.heads),
            deputies: wire_keys(&department.deputies),
            active: department.active,
        }
    }
}

impl From<WireUser> for User {
    fn from(wire: WireUser) -> Self {
        Self {
            key: wire.key.0,
            departments: keys(wire.departments),
            dismissed: wire.dismissed,
            administrator: wire.administrator,
            seat: wire.seat,
        }
    }
}

impl From<&User> for WireUser {
    fn from(user: &User) -> Self {
        Self {
            key: (&user.key).into(),
            departments: wire_keys(&user.departments),
            dismissed: user.dismissed,
            administrator: user.administrator,
            seat: user.seat,
        }
    }
}

impl From<WireUserGroup> for UserGroup {
    fn from(wire: WireUserGroup) -> Self {
        Self {
            key: wire.key.0,
            members: wire.members.into_iter().map(Membership::from).collect(),
            includes: keys(wire.includes),
            active: wire.active,
        }
    }
}

impl From<&UserGroup> for WireUserGroup {
    fn from(group: &UserGroup) -> Self {
        Self {
            key: (&group.key).into(),
            members: group.members.iter().map(WireMembership::from).collect(),
            includes: wire_keys(&group.includes),
            active: group.active,
        }
    }
}

impl From<WireMembership> for Membership {
    fn from(wire: WireMembership) -> Self {
        Self { user: wire.user.0, window: window(wire.from, wire.until) }
    }
}

impl From<&Membership> for WireMembership {
    fn from(membership: &Membership) -> Self {
        let (from, until) = ends(membership.window);
        Self { user: (&membership.user).into(), from, until }
    }
}

impl From<WireSocialGroup> for SocialGroup {
    fn from(wire: WireSocialGroup) -> Self {
        Self {
            key: wire.key.0,
            owner: wire.owner.0,
            moderators: keys(wire.moderators),
            members: keys(wire.members),
            pending: keys(wire.pending),
            banned: keys(wire.banned),
            visible: wire.visible,
            open: wire.open,
            archived: wire.archived,
            extranet: wire.extranet,
            without: keys(wire.without),
            audiences: wire.audiences.into_iter().map(OwnAudience::from).collect(),
        }
    }
}

impl From<&SocialGroup> for WireSocialGroup {
    fn from(group: &SocialGroup) -> Self {
        Self {
            key: (&group.key).into(),
            owner: (&group.owner).into(),
            moderators: wire_keys(&group.moderators),
            members: wire_keys(&group.members),
            pending: wire_keys(&group.pending),
            banned: wire_keys(&group.banned),
            visible: group.visible,
            open: group.open,
            archived: group.archived,
            extranet: group.extranet,
            without: wire_keys(&group.without),
            audiences: group.audiences.iter().map(WireOwnAudience::from).collect(),
        }
    }
}

impl From<WireOwnAudience> for OwnAudience {
    fn from(wire: WireOwnAudience) -> Self {
        Self { operation: wire.operation.0, audience: wire.audience.into() }
    }
}

impl From<&OwnAudience> for WireOwnAudience {
    fn from(own: &OwnAudience) -> Self {
        Self { operation: (&own.operation).into(), audience: own.audience.into() }
    }
}
