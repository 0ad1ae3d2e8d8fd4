//! Who belongs into which ticket group.

use super::{CLIENT_GROUP, JOIN, STAFF_GROUP};
use crate::answer::Decision;
use crate::directory::{Directory, TicketGroup, TicketGroupKind, User};
use crate::key::Key;
use crate::moment::Moment;
use crate::resolve::Record;
use crate::snapshot::Snapshot;

/// A member of a ticket group who does not belong there.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Misplaced {
    /// The group.
    pub group: Key<TicketGroup>,
    /// The member.
    pub user: Key<User>,
    /// Why he may not be put there now.
    pub decision: Decision,
}

/// The members of ticket groups who could not be put there now: their roles have changed, or nobody asked when they joined
/// (section 10.2 of the rights model). What they see through such a group they see by a role that fits it, or not at all, so this is for
/// tidying up and for a screen that says no.
///
/// Takes time in proportion to the members. `directory` is the one that the snapshot was made from.
///
/// ```
/// use bailiwick::{Directory, Moment, Policy, Snapshot, Subject, TicketGroup, TicketMember, User, help_desk};
///
/// let directory = Directory::new()
///     .with(User::new("ivan"))
///     .with(TicketGroup::of_staff("first line").member(TicketMember::new("ivan")));
/// let mut policy = Policy::new(help_desk::vocabulary()).roles(help_desk::roles());
/// policy.assignments.extend(help_desk::client(&Subject::User("ivan".into())));
/// let snapshot = Snapshot::compile(&policy, &directory)?;
/// let misplaced = help_desk::misplaced(&snapshot, &directory, Moment::from_unix_seconds(0));
/// assert_eq!(misplaced[0].user, "ivan".into());
/// # Ok::<(), bailiwick::Problems>(())
/// ```
pub fn misplaced(snapshot: &Snapshot, directory: &Directory, at: impl Into<Moment>) -> Vec<Misplaced> {
    let at = at.into();
    let groups = directory.ticket_groups.iter();
    let members = groups.flat_map(|group| group.members.iter().map(move |member| (group, &member.user)));
    let asked = members.map(|(group, user)| {
        let place = match group.kind {
            TicketGroupKind::Clients => CLIENT_GROUP,
            TicketGroupKind::Staff => STAFF_GROUP,
        };
        let access = snapshot.access(snapshot.user(user), at);
        let decision = access.check(JOIN, &Record::at(place));
        Misplaced { group: group.key.clone(), user: user.clone(), decision }
    });
    asked.filter(|it| it.decision.is_denied()).collect()
}
