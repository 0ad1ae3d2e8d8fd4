//! Changes in plain words.

use std::fmt;

use crate::change::Change;
use crate::moment::Window;
use crate::policy::{Assignment, Rank, Targets, Transition};

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SetRight { role, right } => {
                write!(f, "set {} at {} of role {role} to {}", right.action, right.place, right.level)
            }
            Self::ClearRight { role, place, action } => {
                write!(f, "let {action} at {place} of role {role} inherit")
            }
            Self::SetTransition { role, transition } => set_transition(f, role, transition),
            Self::ClearTransition { role, from } => write!(f, "let moves from {from} of role {role} inherit"),
            Self::PutRole(role) => write!(f, "put role {}", role.key),
            Self::RemoveRole(role) => write!(f, "remove role {role}"),
            Self::Assign(it) => assignment(f, "assign", it),
            Self::Withdraw(it) => assignment(f, "withdraw", it),
            Self::Substitute(it) => write!(f, "let {} stand in for {}", it.substitute, it.absent),
            Self::EndSubstitution(it) => {
                write!(f, "let {} no longer stand in for {}", it.substitute, it.absent)
            }
            Self::PutUser(user) => write!(f, "put user {}", user.key),
            Self::PutDepartment(department) => write!(f, "put department {}", department.key),
            Self::PutUserGroup(group) => write!(f, "put user group {}", group.key),
            Self::PutSocialGroup(group) => write!(f, "put social group {}", group.key),
            Self::PutTicketGroup(group) => write!(f, "put ticket group {}", group.key),
            Self::SitIn { user, department } => write!(f, "seat {user} in department {department}"),
            Self::Leave { user, department } => write!(f, "take {user} out of department {department}"),
            Self::JoinUserGroup { group, membership } => {
                write!(f, "make {} a member of user group {group}", membership.user)?;
                window(f, membership.window)
            }
            Self::LeaveUserGroup { group, membership } => {
                write!(f, "take {} out of user group {group}", membership.user)?;
                window(f, membership.window)
            }
            Self::JoinSocialGroup { group, user, rank } => {
                write!(f, "make {user} {} of social group {group}", rank_name(*rank))
            }
            Self::LeaveSocialGroup { group, user } => write!(f, "take {user} out of social group {group}"),
            Self::SetDismissed { user, dismissed: true } => write!(f, "dismiss {user}"),
            Self::SetDismissed { user, dismissed: false } => write!(f, "take {user} back"),
            Self::SetAdministrator { user, administrator: true } => write!(f, "make {user} an administrator"),
            Self::SetAdministrator { user, administrator: false } => {
                write!(f, "make {user} no longer an administrator")
            }
        }
    }
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
    write!(f, "{verb} role {} to {}", assignment.role, assignment.to)?;
    window(f, assignment.window)?;
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

fn window(f: &mut fmt::Formatter<'_>, window: Window) -> fmt::Result {
    if let Some(first) = window.first() {
        write!(f, ", from {first}")?;
    }
    match window.last() {
        Some(last) => write!(f, ", until {last}"),
        None => Ok(()),
    }
}

fn rank_name(rank: Rank) -> &'static str {
    match rank {
        Rank::Owner => "the owner",
        Rank::Moderator => "a moderator",
        Rank::Member => "a member",
    }
}
