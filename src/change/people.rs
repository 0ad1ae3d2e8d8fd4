//! Changes of where people sit, and of what they belong to.

use crate::change::ChangeProblem;
use crate::change::apply::{Outcome, already, find, put_in, take_out, unknown};
use crate::directory::{
    Department, Directory, Membership, SocialGroup, TicketGroup, TicketMember, User, UserGroup,
};
use crate::key::Key;
use crate::policy::Rank;

pub(super) fn sit_in(directory: &mut Directory, user: &Key<User>, department: &Key<Department>) -> Outcome {
    find(&mut directory.departments, department, "department", |it| &it.key)?;
    put_in(&mut user_mut(directory, user)?.departments, department, "seat in department", department)
}

pub(super) fn leave(directory: &mut Directory, user: &Key<User>, department: &Key<Department>) -> Outcome {
    take_out(&mut user_mut(directory, user)?.departments, department, "seat in department", department)
}

pub(super) fn join(directory: &mut Directory, group: &Key<UserGroup>, membership: &Membership) -> Outcome {
    user_mut(directory, &membership.user)?;
    put_in(&mut user_group_mut(directory, group)?.members, membership, "member", &membership.user)
}

pub(super) fn end_membership(
    directory: &mut Directory,
    group: &Key<UserGroup>,
    membership: &Membership,
) -> Outcome {
    take_out(&mut user_group_mut(directory, group)?.members, membership, "member", &membership.user)
}

pub(super) fn rank(
    directory: &mut Directory,
    group: &Key<SocialGroup>,
    user: &Key<User>,
    rank: Rank,
) -> Outcome {
    user_mut(directory, user)?;
    let group = social_group_mut(directory, group)?;
    if group.owner == *user && rank == Rank::Owner {
        return Err(already("owner", user));
    }
    not_the_owner(group, user)?;
    let there = match rank {
        Rank::Owner => false,
        Rank::Moderator => group.moderators.contains(user),
        Rank::Member => group.members.contains(user),
    };
    if there {
        return Err(already("member", user));
    }
    put_out(group, user);
    match rank {
        Rank::Owner => group.owner = user.clone(),
        Rank::Moderator => group.moderators.push(user.clone()),
        Rank::Member => group.members.push(user.clone()),
    }
    Ok(())
}

pub(super) fn leave_social_group(
    directory: &mut Directory,
    group: &Key<SocialGroup>,
    user: &Key<User>,
) -> Outcome {
    let group = social_group_mut(directory, group)?;
    not_the_owner(group, user)?;
    if put_out(group, user) { Ok(()) } else { Err(unknown("member", user)) }
}

pub(super) fn ban(directory: &mut Directory, group: &Key<SocialGroup>, user: &Key<User>) -> Outcome {
    user_mut(directory, user)?;
    let group = social_group_mut(directory, group)?;
    not_the_owner(group, user)?;
    if group.banned.contains(user) {
        return Err(already("ban of", user));
    }
    put_out(group, user);
    group.banned.push(user.clone());
    Ok(())
}

/// Takes a user off every list of a social group; whether he was on any.
pub(super) fn put_out(group: &mut SocialGroup, user: &Key<User>) -> bool {
    let lists = [&mut group.moderators, &mut group.members, &mut group.pending, &mut group.banned];
    let mut was = false;
    for list in lists {
        was |= list.contains(user);
        list.retain(|it| it != user);
    }
    was
}

/// The owner stays until there is another.
pub(super) fn not_the_owner(group: &SocialGroup, user: &Key<User>) -> Outcome {
    if group.owner != *user {
        return Ok(());
    }
    Err(ChangeProblem::OwnerStays { user: user.to_string(), group: group.key.to_string() })
}

pub(super) fn join_ticket_group(
    directory: &mut Directory,
    group: &Key<TicketGroup>,
    member: &TicketMember,
) -> Outcome {
    user_mut(directory, &member.user)?;
    let members = &mut ticket_group_mut(directory, group)?.members;
    if members.contains(member) {
        return Err(already("member", &member.user));
    }
    members.retain(|it| it.user != member.user);
    members.push(member.clone());
    Ok(())
}

pub(super) fn leave_ticket_group(
    directory: &mut Directory,
    group: &Key<TicketGroup>,
    user: &Key<User>,
) -> Outcome {
    let members = &mut ticket_group_mut(directory, group)?.members;
    let before = members.len();
    members.retain(|it| it.user != *user);
    if members.len() < before { Ok(()) } else { Err(unknown("member", user)) }
}

pub(super) fn dismiss(directory: &mut Directory, user: &Key<User>, dismissed: bool) -> Outcome {
    switch(&mut user_mut(directory, user)?.dismissed, dismissed, ["active user", "dismissed user"], user)
}

pub(super) fn promote(directory: &mut Directory, user: &Key<User>, administrator: bool) -> Outcome {
    let words = ["ordinary user", "administrator"];
    switch(&mut user_mut(directory, user)?.administrator, administrator, words, user)
}

fn switch(is: &mut bool, to: bool, words: [&'static str; 2], user: &Key<User>) -> Outcome {
    let [off, on] = words;
    if *is == to {
        return Err(already(if to { on } else { off }, user));
    }
    *is = to;
    Ok(())
}

pub(super) fn user_mut<'d>(
    directory: &'d mut Directory,
    key: &Key<User>,
) -> Result<&'d mut User, ChangeProblem> {
    find(&mut directory.users, key, "user", |it| &it.key)
}

fn user_group_mut<'d>(
    directory: &'d mut Directory,
    key: &Key<UserGroup>,
) -> Result<&'d mut UserGroup, ChangeProblem> {
    find(&mut directory.user_groups, key, "user group", |it| &it.key)
}

fn social_group_mut<'d>(
    directory: &'d mut Directory,
    key: &Key<SocialGroup>,
) -> Result<&'d mut SocialGroup, ChangeProblem> {
    find(&mut directory.social_groups, key, "social group", |it| &it.key)
}

fn ticket_group_mut<'d>(
    directory: &'d mut Directory,
    key: &Key<TicketGroup>,
) -> Result<&'d mut TicketGroup, ChangeProblem> {
    find(&mut directory.ticket_groups, key, "ticket group", |it| &it.key)
}
