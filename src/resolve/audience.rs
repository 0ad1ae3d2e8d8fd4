//! Who may do what in a social group: section 8's order of evaluation. The only place that says so.

use crate::audience::{Audience, Operation};
use crate::directory::SocialGroup;
use crate::index::Ix;
use crate::policy::Rank;
use crate::resolve::viewer::Viewer;
use crate::snapshot::{Belonging, Host};

/// Whether a social group lets somebody do an operation, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Admission {
    /// No: the feature is switched off in the group.
    FeatureOff,
    /// No: he is banned from it.
    Banned,
    /// No: it is archived, and the operation is not for viewing.
    Archived,
    /// Yes: he is an administrator, and free in the feature.
    Administrator,
    /// Yes: he is in the audience.
    InAudience,
    /// No: he is not.
    OutsideAudience,
}

impl Admission {
    /// Whether he may.
    pub fn is_admitted(self) -> bool {
        matches!(self, Self::Administrator | Self::InAudience)
    }

    /// Its stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::FeatureOff => "feature-off",
            Self::Banned => "banned",
            Self::Archived => "archived",
            Self::Administrator => "administrator",
            Self::InAudience => "in-audience",
            Self::OutsideAudience => "outside-audience",
        }
    }
}

/// Whether the group lets the viewer do the operation: the first line that applies decides.
pub(crate) fn admission(viewer: &Viewer<'_>, group: Ix<SocialGroup>, operation: Ix<Operation>) -> Admission {
    let hosts = &viewer.snapshot.hosts;
    let Some((host, rule)) = hosts.host(group).zip(hosts.rule(operation)) else {
        return Admission::FeatureOff;
    };
    let Some(audience) = host.audience(operation) else { return Admission::FeatureOff };
    let belonging = belonging(viewer, host);
    let is_free = viewer.is_administrator() && rule.frees.holds_in(viewer.occasion().circumstances);
    if belonging == Belonging::Banned {
        Admission::Banned
    } else if host.archived && !rule.for_viewing {
        Admission::Archived
    } else if is_free {
        Admission::Administrator
    } else if includes(viewer, host, audience, belonging) {
        Admission::InAudience
    } else {
        Admission::OutsideAudience
    }
}

fn includes(viewer: &Viewer<'_>, host: &Host, audience: Audience, belonging: Belonging) -> bool {
    let from = |least: Rank| matches!(belonging, Belonging::Member(rank) if rank >= least);
    match audience {
        Audience::Everyone => host.visible && !is_shut_out(viewer, host) || from(Rank::Member),
        Audience::SignedIn => viewer.is_signed_in() && !is_shut_out(viewer, host) || from(Rank::Member),
        Audience::Employees => from(Rank::Member) && viewer.is_employee(),
        Audience::Members => from(Rank::Member),
        Audience::Moderators => from(Rank::Moderator),
        Audience::Owner => from(Rank::Owner),
    }
}

/// To an extranet user who is no member, a group that is not extranet is as if it were not there.
fn is_shut_out(viewer: &Viewer<'_>, host: &Host) -> bool {
    !host.extranet && viewer.is_signed_in() && !viewer.is_employee()
}

/// How the viewer stands in the group; a visitor is outside.
pub(crate) fn belonging(viewer: &Viewer<'_>, host: &Host) -> Belonging {
    let user = viewer.snapshot.people.position(viewer.handle());
    user.map_or(Belonging::Outside, |user| host.belonging(user))
}

/// Whether the group could let anybody do the operation who is neither a member of it nor an administrator.
pub(crate) fn could_admit_outsiders(host: &Host, operation: Ix<Operation>) -> bool {
    matches!(host.audience(operation), Some(Audience::Everyone | Audience::SignedIn))
}
