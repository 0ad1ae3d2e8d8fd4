//! Changes in plain words.

use std::fmt;

use crate::change::Change;
use crate::directory::TicketMember;
use crate::moment::Window;
use crate::policy::{Assignment, Combining, Delegation, Rank, Right, Substitution, Targets, Transition};

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SetRight { role, right } => set_right(f, role, right),
            Self::ClearRight { role, place, action } => {
                write!(f, "let {action} at {place} of role {role} inherit")
            }
            Self::SetTransition { role, transition } => set_transition(f, role, transition),
            Self::ClearTransition { role, from } => write!(f, "let moves from {from} of role {role} inherit"),
            Self::PutRole(role) => write!(f, "put role {}", role.key),
            Self::RenameRole { role, to } => write!(f, "rename role {role} to {to}"),
            Self::RemoveRole(role) => write!(f, "remove role {role}"),
            Self::Assign(it) => assignment(f, "assign", it),
            Self::Withdraw(it) => assignment(f, "withdraw", it),
            Self::Substitute(it) => substitution(f, "stand in", it),
            Self::EndSubstitution(it) => substitution(f, "no longer stand in", it),
            Self::PutLimit(limit) => write!(f, "put limit {}", limit.key),
            Self::RemoveLimit(limit) => write!(f, "remove limit {limit}"),
            Self::SetCombining(rule) => write!(f, "set combining to {}", combining(*rule)),
            Self::SetDelegation(rule) => write!(f, "set delegation to {}", delegation(*rule)),
            Self::PutUser(user) => write!(f, "put user {}", user.key),
            Self::PutDepartment(department) => write!(f, "put department {}", department.key),
            Self::PutUserGroup(group) => write!(f, "put user group {}", group.key),
            Self::PutSocialGroup(group) => write!(f, "put social group {}", group.key),
            Self::PutTicketGroup(group) => write!(f, "put ticket group {}", group.key),
            Self::RemoveUser(user) => write!(f, "remove user {user}"),
            Self::RemoveDepartment(department) => write!(f, "remove department {department}"),
            Self::RemoveUserGroup(group) => write!(f, "remove user group {group}"),
            Self::RemoveSocialGroup(group) => write!(f, "remove social group {group}"),
            Self::RemoveTicketGroup(group) => write!(f, "remove ticket group {group}"),
            Self::SitIn { user, department } => write!(f, "seat {user} in department {department}"),
            Self::Leave { user, department } => write!(f, "take {user} out of department {department}"),
            Self::JoinUserGroup { group, membership: it } => {
                write!(f, "make {} a member of user group {group}{}", it.user, During(it.window))
            }
            Self::LeaveUserGroup { group, membership: it } => {
                write!(f, "take {} out of user group {group}{}", it.user, During(it.window))
            }
            Self::JoinSocialGroup { group, user, rank } => {
                write!(f, "make {user} {} of social group {group}", rank_name(*rank))
            }
            Self::LeaveSocialGroup { group, user } => write!(f, "take {user} out of social group {group}"),
            Self::Ban { group, user } => write!(f, "ban {user} from social group {group}"),
            Self::JoinTicketGroup { group, member } => join_ticket_group(f, group, member),
            Self::LeaveTicketGroup { group, user } => write!(f, "take {user} out of ticket group {group}"),
            Self::SetDismissed { user, dismissed: true } => write!(f, "dismiss {user}"),
            Self::SetDismissed { user, dismissed: false } => write!(f, "take {user} back"),
            Self::SetAdministrator { user, administrator } => {
                write!(f, "make {user} {}an administrator", if *administrator { "" } else { "no longer " })
            }
        }
    }
}

fn set_right(f: &mut fmt::Formatter<'_>, role: &impl fmt::Display, right: &Right) -> fmt::Result {
    write!(f, "set {} at {} of role {role} to {}", right.action, right.place, right.level)
}

fn set_transition(
    f: &mut fmt::Formatter<'_>,
    role: &impl fmt::Display,
    transition: &Transition,
) -> fmt::Result {
    write!(f, "let role {role} move from {} to ", transition.from)?;
    match &transition.to {
        Targets::Any => f.write_str("any stage"),
        Targets::Stages(stages) if stages.is_empty() => f.write_str("no stage"),
        Targets::Stages(stages) => {
            f.write_str(&stages.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
        }
    }
}

fn assignment(f: &mut fmt::Formatter<'_>, verb: &str, assignment: &Assignment) -> fmt::Result {
    write!(f, "{verb} role {} to {}{}", assignment.role, assignment.to, During(assignment.window))?;
    if let Some(department) = &assignment.within {
        write!(f, ", within {department}")?;
    }
    match &assignment.audited_as {
        Some(mark) if assignment.audits_everything => {
            write!(f, ", everything recorded as {mark}")
        }
        Some(mark) => write!(f, ", recorded as {mark}"),
        None => Ok(()),
    }
}

fn substitution(f: &mut fmt::Formatter<'_>, verb: &str, it: &Substitution) -> fmt::Result {
    write!(f, "let {} {verb} for {}{}", it.substitute, it.absent, During(it.window))
}

fn join_ticket_group(
    f: &mut fmt::Formatter<'_>,
    group: &impl fmt::Display,
    member: &TicketMember,
) -> fmt::Result {
    write!(f, "make {} a member of ticket group {group}", member.user)?;
    let flags = [
        (member.sees, "who sees its tickets"),
        (member.told_of_new, "told of new ones"),
        (member.told_of_changes, "told of changes"),
    ];
    flags.iter().filter(|(is, _)| *is).try_for_each(|(_, words)| write!(f, ", {words}"))
}

/// A window behind what it holds for; nothing, if it is open.
struct During(Window);

impl fmt::Display for During {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(first) = self.0.first() {
            write!(f, ", from {first}")?;
        }
        match self.0.last() {
            Some(last) => write!(f, ", until {last}"),
            None => Ok(()),
        }
    }
}

fn rank_name(rank: Rank) -> &'static str {
    match rank {
        Rank::Owner => "the owner",
        Rank::Moderator => "a moderator",
        Rank::Member => "a member",
    }
}

pub(super) fn combining(rule: Combining) -> &'static str {
    match rule {
        Combining::MostSpecific => "most specific",
        Combining::MostPermissive => "most permissive",
    }
}

pub(super) fn delegation(rule: Delegation) -> &'static str {
    match rule {
        Delegation::Free => "free",
        Delegation::OwnRightsOnly => "own rights only",
    }
}
