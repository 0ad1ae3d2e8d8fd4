//! A group as a record, and how somebody joins it.

use crate::access::Access;
use crate::directory::{SocialGroup, User};
use crate::key::{Handle, Key};
use crate::preset::social_groups::{
    ARCHIVED, BY_REQUEST, JOIN, MEMBER, MODERATOR, OPEN, REQUEST, VISIBLE, VISIBLE_OUTSIDE,
};
use crate::resolve::{Opening, Participant, Record};
use crate::snapshot::Snapshot;
use crate::vocabulary::PlaceName;

/// What a group is as a record: owned by its owner, with moderators and members, flagged as visible, and hosted by itself.
///
/// ```
/// use bailiwick::social_groups::{self, Facts};
/// use bailiwick::{Department, Directory, Moment, Policy, Snapshot, SocialGroup, User};
///
/// let group = SocialGroup::new("chess", "olga").member("anna").hidden();
/// let directory = Directory::new()
///     .with(Department::new("company"))
///     .with(User::new("olga").sits_in("company"))
///     .with(User::new("anna").sits_in("company"))
///     .with(User::new("boris").sits_in("company"))
///     .with(group.clone());
/// let mut policy = Policy::new(social_groups::vocabulary()).roles(social_groups::roles());
/// policy.assignments = social_groups::default_assignments();
/// let snapshot = Snapshot::compile(&policy, &directory)?;
///
/// let facts = Facts::of(&snapshot, &group);
/// let access = |user: &str| snapshot.access(snapshot.user(user), Moment::from_unix_seconds(0));
/// assert!(access("anna").check(social_groups::VIEW, &facts.record()).is_allowed());
/// assert!(access("boris").check(social_groups::VIEW, &facts.record()).is_denied());
/// # Ok::<(), bailiwick::Problems>(())
/// ```
#[derive(Clone, Debug)]
pub struct Facts {
    stage: PlaceName,
    owner: Handle<User>,
    participants: Vec<Participant>,
    host: [Opening<'static>; 1],
    visible: bool,
    extranet: bool,
}

impl Facts {
    /// The facts about a group, in the words of a snapshot. Takes time in proportion to its members.
    pub fn of(snapshot: &Snapshot, group: &SocialGroup) -> Self {
        let stage = match group {
            SocialGroup { archived: true, .. } => ARCHIVED,
            SocialGroup { open: true, .. } => OPEN,
            _ => BY_REQUEST,
        };
        let bound = |users: &[Key<User>], party: crate::vocabulary::Party| {
            users.iter().map(|user| party.is(snapshot.user(user))).collect::<Vec<_>>()
        };
        Self {
            stage,
            owner: snapshot.user(&group.owner).into(),
            participants: [bound(&group.moderators, MODERATOR), bound(&group.members, MEMBER)].concat(),
            host: [Opening::Hosted(snapshot.social_group(&group.key).into())],
            visible: group.visible,
            extranet: group.extranet,
        }
    }

    /// The group as a record.
    pub fn record(&self) -> Record<'_> {
        Record::at(self.stage)
            .owner(self.owner)
            .participants(&self.participants)
            .openings(&self.host)
            .flag_if(VISIBLE, self.visible)
            .flag_if(VISIBLE_OUTSIDE, self.visible && self.extranet)
    }
}

/// How somebody joins a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Joining {
    /// At once.
    AtOnce,
    /// By a request, which somebody accepts.
    ByRequest,
    /// He asked already, or was invited.
    Pending,
    /// He is in it.
    Member,
    /// He is banned.
    Banned,
    /// Not at all: the group is hidden from him, or archived.
    No,
}

/// How the viewer joins a group.
pub fn joining(access: &Access<'_>, group: &SocialGroup) -> Joining {
    let snapshot = access.snapshot();
    let facts = Facts::of(snapshot, group);
    let user = snapshot.user_key(access.user());
    let among = |list: &[Key<User>]| user.is_some_and(|user| list.contains(user));
    let may = |action| access.check(action, &facts.record()).is_allowed();
    if among(&group.banned) {
        Joining::Banned
    } else if user == Some(&group.owner) || among(&group.moderators) || among(&group.members) {
        Joining::Member
    } else if among(&group.pending) {
        Joining::Pending
    } else if may(JOIN) {
        Joining::AtOnce
    } else if may(REQUEST) {
        Joining::ByRequest
    } else {
        Joining::No
    }
}
