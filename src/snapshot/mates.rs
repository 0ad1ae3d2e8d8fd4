//! Ticket groups: whose tickets somebody sees besides his own.
//!
//! Kept twice, by user and by group: whether two users are mates is asked of the one, who all the mates are of the other.
//!
//! Deliberately absent: pairs of mates multiplied out, which would grow with the square of a group.

use crate::directory::{Directory, TicketGroup, TicketGroupKind, User};
use crate::index::{Ix, IxVec, Names};
use crate::snapshot::membership::{Membership, report_pointed_repeats};
use crate::snapshot::names::Declared;
use crate::snapshot::problem::{Findings, Noun, Part, ProblemKind};
use crate::vocabulary::Relations;

/// The ticket groups of a directory.
#[derive(Debug, Default)]
pub(crate) struct Mates {
    pub(crate) names: Names<TicketGroup>,
    groups: IxVec<TicketGroup, Group>,
    /// Sorted by user, then group.
    of_users: Vec<(Ix<User>, Ix<TicketGroup>, MateFlags)>,
}

#[derive(Debug)]
struct Group {
    kind: TicketGroupKind,
    members: Vec<(Ix<User>, MateFlags)>,
}

/// What a member's flags say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct MateFlags {
    pub(crate) sees: bool,
    pub(crate) told_of_new: bool,
    pub(crate) told_of_changes: bool,
}

impl Mates {
    pub(crate) fn compile(directory: &Directory, membership: &Membership, findings: &mut Findings) -> Self {
        let keys = directory.ticket_groups.iter().map(|group| &group.key);
        let declared =
            Declared { part: Part::Directory, noun: Noun::TicketGroup, list: "/ticket_groups", key: "/key" };
        let mut mates = Self { names: declared.number(keys, findings), ..Self::default() };
        for (at, group) in directory.ticket_groups.iter().enumerate() {
            let members = members(at, group, membership, findings);
            let number = Ix::from_count(at);
            mates.of_users.extend(members.iter().map(|(user, flags)| (*user, number, *flags)));
            mates.groups.push(Group { kind: group.kind, members });
        }
        mates.of_users.sort_unstable();
        mates
    }

    /// The groups that a user is in.
    fn of(&self, user: Ix<User>) -> &[(Ix<User>, Ix<TicketGroup>, MateFlags)] {
        let start = self.of_users.partition_point(|(other, _, _)| *other < user);
        let rest = self.of_users.get(start..).unwrap_or_default();
        rest.get(..rest.partition_point(|(other, _, _)| *other == user)).unwrap_or_default()
    }

    /// The groups whose tickets a user sees, each with the relation that he stands in through it.
    pub(crate) fn seen(&self, user: Ix<User>) -> impl Iterator<Item = (Ix<TicketGroup>, Relations)> {
        let seen = self.of(user).iter().filter(|(_, _, flags)| flags.sees);
        seen.filter_map(|(_, group, _)| Some((*group, relation(self.groups.get(*group)?.kind))))
    }

    /// The groups through which a user sees the tickets of another.
    pub(crate) fn between(
        &self,
        user: Ix<User>,
        other: Ix<User>,
    ) -> impl Iterator<Item = (Ix<TicketGroup>, Relations)> {
        let theirs = self.of(other);
        self.seen(user).filter(|(group, _)| theirs.binary_search_by_key(group, |(_, it, _)| *it).is_ok())
    }

    /// Everybody who sees a user's tickets through a group; some more than once.
    pub(crate) fn seeing(&self, user: Ix<User>) -> impl Iterator<Item = Ix<User>> {
        let members = self.of(user).iter().flat_map(|(_, group, _)| self.members(*group));
        members.filter(|(_, flags)| flags.sees).map(|(user, _)| *user)
    }

    /// The groups that a user is in, and whose they are.
    pub(crate) fn groups_of(
        &self,
        user: Ix<User>,
    ) -> impl Iterator<Item = (Ix<TicketGroup>, TicketGroupKind)> {
        self.of(user).iter().filter_map(|(_, group, _)| Some((*group, self.groups.get(*group)?.kind)))
    }

    /// Whether a group is one of staff.
    pub(crate) fn is_of_staff(&self, group: Ix<TicketGroup>) -> Option<bool> {
        self.groups.get(group).map(|group| group.kind == TicketGroupKind::Staff)
    }

    /// The members of a group, with their flags.
    pub(crate) fn members(&self, group: Ix<TicketGroup>) -> &[(Ix<User>, MateFlags)] {
        self.groups.get(group).map(|group| group.members.as_slice()).unwrap_or_default()
    }
}

/// What a group of this kind makes its members to whoever sees their tickets.
fn relation(kind: TicketGroupKind) -> Relations {
    match kind {
        TicketGroupKind::Clients => Relations::CLIENT_MATES,
        TicketGroupKind::Staff => Relations::STAFF_MATES,
    }
}

fn members(
    at: usize,
    group: &TicketGroup,
    membership: &Membership,
    findings: &mut Findings,
) -> Vec<(Ix<User>, MateFlags)> {
    let pointer = |to: usize| format!("/ticket_groups/{at}/members/{to}/user");
    let keys = group.members.iter().map(|member| &member.user);
    report_pointed_repeats(Noun::User, keys.enumerate().map(|(to, key)| (key, pointer(to))), findings);
    let mut members = Vec::new();
    for (to, member) in group.members.iter().enumerate() {
        let flags = MateFlags {
            sees: member.sees,
            told_of_new: member.told_of_new,
            told_of_changes: member.told_of_changes,
        };
        match membership.users.find(member.user.borrow()) {
            Some(user) => members.push((user, flags)),
            None => {
                let kind = ProblemKind::Dangling { noun: Noun::User, key: member.user.to_string() };
                findings.add(Part::Directory, pointer(to), kind);
            }
        }
    }
    members
}
