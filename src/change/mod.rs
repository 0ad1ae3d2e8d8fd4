//! Edits: one thing that an administrator changes on a screen, as a value.
//!
//! A [`Change`] can be shown, kept, sent, tried ("what would it do?") and applied. Its own floor, because it edits who there is
//! as well as who holds what.
//!
//! Everything that a policy and a directory hold can be edited so. Heads, seats and the like are edited with what they are part
//! of (`PutDepartment`), where no change of their own is here.
//!
//! Deliberately absent: whole documents; to replace a policy, replace it. The vocabulary, which is the application's and not its
//! administrator's.

mod apply;
mod people;
mod problem;
mod removal;
mod roles;
mod text;

pub use problem::ChangeProblem;

use crate::directory::{Department, Membership, SocialGroup, TicketGroup, TicketMember, User, UserGroup};
use crate::key::Key;
use crate::policy::{Assignment, Combining, Delegation, Limit, Rank, Right, Role, Substitution, Transition};
use crate::vocabulary::{Action, Place};

/// One edit of a policy or a directory.
///
/// ```
/// use bailiwick::{Assignment, Change, Directory, Policy, Right, Role, Subject, User, crm};
///
/// let mut directory = Directory::new().with(User::new("anna"));
/// let mut policy = Policy::new(crm::vocabulary()).role(Role::new("seller").set(crm::DEAL, crm::READ, crm::OWN));
///
/// let wider = Change::SetRight { role: "seller".into(), right: Right::new(crm::DEAL, crm::READ, crm::ALL) };
/// assert_eq!(wider.to_string(), "set read at deal of role seller to all");
/// wider.apply(&mut policy, &mut directory)?;
/// assert_eq!(policy.roles[0].rights[0].level, crm::ALL.into());
///
/// let to_nobody = Change::Assign(Assignment::new("buyer", Subject::User("anna".into())));
/// assert_eq!(to_nobody.apply(&mut policy, &mut directory).unwrap_err().code(), "change-unknown");
/// # Ok::<(), bailiwick::ChangeProblem>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// Sets a cell of a role explicitly, in place of what it said there.
    SetRight {
        /// The role.
        role: Key<Role>,
        /// What it says from now on.
        right: Right,
    },
    /// Takes an explicit cell out of a role, which inherits there again.
    ClearRight {
        /// The role.
        role: Key<Role>,
        /// Where.
        place: Place,
        /// Of which action.
        action: Key<Action>,
    },
    /// Sets where a role lets records go from a place, in place of what it said there.
    SetTransition {
        /// The role.
        role: Key<Role>,
        /// What it says from now on.
        transition: Transition,
    },
    /// Takes an explicit transition out of a role, which inherits there again.
    ClearTransition {
        /// The role.
        role: Key<Role>,
        /// From where.
        from: Place,
    },
    /// Adds a role, or replaces the one with its key.
    PutRole(Role),
    /// Gives a role another key, wherever it is named. Nobody's rights change by it.
    RenameRole {
        /// The role.
        role: Key<Role>,
        /// Its key from now on.
        to: Key<Role>,
    },
    /// Removes a role and its assignments.
    RemoveRole(Key<Role>),
    /// Gives a role to a subject.
    Assign(Assignment),
    /// Takes an assignment back: the one that is equal to this.
    Withdraw(Assignment),
    /// Lets somebody stand in for somebody.
    Substitute(Substitution),
    /// Ends a substitution: the one that is equal to this.
    EndSubstitution(Substitution),
    /// Adds a limit, or replaces the one with its key.
    PutLimit(Limit),
    /// Removes a limit.
    RemoveLimit(Key<Limit>),
    /// Chooses how the rights of several roles combine.
    SetCombining(Combining),
    /// Chooses what whoever assigns roles may give.
    SetDelegation(Delegation),
    /// Adds a user, or replaces the one with his key.
    PutUser(User),
    /// Adds a department, or replaces the one with its key.
    PutDepartment(Department),
    /// Adds a user group, or replaces the one with its key.
    PutUserGroup(UserGroup),
    /// Adds a social group, or replaces the one with its key.
    PutSocialGroup(SocialGroup),
    /// Adds a ticket group, or puts it in the place of the one with the same key.
    PutTicketGroup(TicketGroup),
    /// Removes a user, with all that he belongs to, what is assigned to him, and substitutions of him and by him. Who leaves is
    /// dismissed ([`SetDismissed`](Self::SetDismissed)), so that his records stay his; a user who is removed is unknown.
    RemoveUser(Key<User>),
    /// Removes a department in which nobody sits and below which there is none, with what is assigned to it or within it.
    RemoveDepartment(Key<Department>),
    /// Removes a user group that no other includes, with what is assigned to it.
    RemoveUserGroup(Key<UserGroup>),
    /// Removes a social group, with what is assigned to it.
    RemoveSocialGroup(Key<SocialGroup>),
    /// Removes a ticket group.
    RemoveTicketGroup(Key<TicketGroup>),
    /// Seats a user in one more department.
    SitIn {
        /// The user.
        user: Key<User>,
        /// The department.
        department: Key<Department>,
    },
    /// Takes a user out of a department that he sits in.
    Leave {
        /// The user.
        user: Key<User>,
        /// The department.
        department: Key<Department>,
    },
    /// Makes a user a member of a user group, for a while or for good.
    JoinUserGroup {
        /// The group.
        group: Key<UserGroup>,
        /// Who, and when.
        membership: Membership,
    },
    /// Ends a membership of a user group: the one that is equal to this.
    LeaveUserGroup {
        /// The group.
        group: Key<UserGroup>,
        /// Who, and when.
        membership: Membership,
    },
    /// Makes a user a member of a social group at a rank, whatever he was in it. As its owner, he takes the place of the owner
    /// before him, who leaves.
    JoinSocialGroup {
        /// The group.
        group: Key<SocialGroup>,
        /// The user.
        user: Key<User>,
        /// The rank.
        rank: Rank,
    },
    /// Takes a user out of a social group that he does not own; one who is banned is no longer.
    LeaveSocialGroup {
        /// The group.
        group: Key<SocialGroup>,
        /// The user.
        user: Key<User>,
    },
    /// Puts a user out of a social group that he does not own, and bans him from it.
    Ban {
        /// The group.
        group: Key<SocialGroup>,
        /// The user.
        user: Key<User>,
    },
    /// Makes a user a member of a ticket group with these flags, whatever flags he had.
    JoinTicketGroup {
        /// The group.
        group: Key<TicketGroup>,
        /// Who, and what he sees and is told.
        member: TicketMember,
    },
    /// Takes a user out of a ticket group.
    LeaveTicketGroup {
        /// The group.
        group: Key<TicketGroup>,
        /// The user.
        user: Key<User>,
    },
    /// Dismisses a user, or takes him back.
    SetDismissed {
        /// The user.
        user: Key<User>,
        /// Whether he is dismissed from now on.
        dismissed: bool,
    },
    /// Makes a user an administrator, or no longer one.
    SetAdministrator {
        /// The user.
        user: Key<User>,
        /// Whether he is one from now on.
        administrator: bool,
    },
}
