//! Ticket groups.

use serde::{Deserialize, Serialize};

use super::{WireKey, is_false};
use crate::directory::{TicketGroup, TicketGroupKind, TicketMember, User};

/// A ticket group in a document.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a ticket group (an object)")]
pub(super) struct WireTicketGroup {
    key: WireKey<TicketGroup>,
    of: WireKind,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    members: Vec<WireMember>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WireKind {
    Clients,
    Staff,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a member of a ticket group (an object with a `user`)")]
struct WireMember {
    user: WireKey<User>,
    #[serde(default, skip_serializing_if = "is_false")]
    sees: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    told_of_new: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    told_of_changes: bool,
}

impl From<WireTicketGroup> for TicketGroup {
    fn from(wire: WireTicketGroup) -> Self {
        let kind = match wire.of {
            WireKind::Clients => TicketGroupKind::Clients,
            WireKind::Staff => TicketGroupKind::Staff,
        };
        Self { key: wire.key.0, kind, members: wire.members.into_iter().map(TicketMember::from).collect() }
    }
}

impl From<&TicketGroup> for WireTicketGroup {
    fn from(group: &TicketGroup) -> Self {
        let of = match group.kind {
            TicketGroupKind::Clients => WireKind::Clients,
            TicketGroupKind::Staff => WireKind::Staff,
        };
        Self { key: (&group.key).into(), of, members: group.members.iter().map(WireMember::from).collect() }
    }
}

impl From<WireMember> for TicketMember {
    fn from(wire: WireMember) -> Self {
        let WireMember { user, sees, told_of_new, told_of_changes } = wire;
        Self { user: user.0, sees, told_of_new, told_of_changes }
    }
}

impl From<&TicketMember> for WireMember {
    fn from(member: &TicketMember) -> Self {
        let TicketMember { user, sees, told_of_new, told_of_changes } = member;
        Self { user: user.into(), sees: *sees, told_of_new: *told_of_new, told_of_changes: *told_of_changes }
    }
}
