//! Who is to be told of a ticket.

use super::{DELETE, TICKET};
use crate::directory::{TicketGroupKind, User};
use crate::index::Ix;
use crate::key::Handle;
use crate::moment::Moment;
use crate::resolve::Record;
use crate::snapshot::{MateFlags, Snapshot};

/// What has happened to a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// It is new.
    New,
    /// Something about it has changed.
    Changed,
}

/// Who is to be told; each once, in the order of the directory, and nobody who is dismissed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Told {
    /// On the side of the client: he, and the members of his groups who are told of such news.
    pub clients: Vec<Handle<User>>,
    /// On the side of the staff: who is responsible, and the members of his staff groups who are told; if there is nobody of these,
    /// whoever administers the help desk.
    pub staff: Vec<Handle<User>>,
}

/// Who is to be told of a ticket of this client for which this user is responsible (section 10.5 of the rights model). An unknown
/// user is nobody.
///
/// Takes time in proportion to the groups of the two and their members; where the administrators are to be told, to the users.
///
/// ```
/// use bailiwick::help_desk::{self, News};
/// use bailiwick::{Directory, Moment, Policy, Snapshot, TicketGroup, TicketMember, User};
///
/// let group = TicketGroup::of_clients("ivanov").member(TicketMember::new("ivan"));
/// let directory = Directory::new()
///     .with(User::new("ivan"))
///     .with(User::new("petr"))
///     .with(User::new("root").administrator())
///     .with(group.member(TicketMember::new("petr").told_of_new()));
/// let policy = Policy::new(help_desk::vocabulary()).roles(help_desk::roles());
/// let snapshot = Snapshot::compile(&policy, &directory)?;
///
/// let at = Moment::from_unix_seconds(0);
/// let told = help_desk::told(&snapshot, snapshot.user("ivan"), None, News::New, at);
/// assert_eq!(told.clients, [snapshot.user("ivan").unwrap(), snapshot.user("petr").unwrap()]);
/// assert_eq!(told.staff, [snapshot.user("root").unwrap()]); // nobody is responsible yet
/// assert_eq!(help_desk::told(&snapshot, snapshot.user("ivan"), None, News::Changed, at).clients.len(), 1);
/// # Ok::<(), bailiwick::Problems>(())
/// ```
pub fn told(
    snapshot: &Snapshot,
    client: impl Into<Handle<User>>,
    responsible: impl Into<Handle<User>>,
    news: News,
    at: impl Into<Moment>,
) -> Told {
    let clients = side(snapshot, client.into(), news, |_| true);
    let mut staff = side(snapshot, responsible.into(), news, |kind| kind == TicketGroupKind::Staff);
    if staff.is_empty() {
        let at = at.into();
        let administers =
            |user: &Handle<User>| snapshot.access(*user, at).check(DELETE, &Record::at(TICKET)).is_allowed();
        staff = snapshot.users().filter(administers).collect();
    }
    Told { clients, staff }
}

/// A person, and those who are told of news about him in his groups of some kinds.
fn side(
    snapshot: &Snapshot,
    person: Handle<User>,
    news: News,
    kinds: impl Fn(TicketGroupKind) -> bool,
) -> Vec<Handle<User>> {
    let Some(person) = snapshot.people.position(person) else { return Vec::new() };
    let tells = |flags: MateFlags| match news {
        News::New => flags.told_of_new,
        News::Changed => flags.told_of_changes,
    };
    let groups = snapshot.mates.groups_of(person).filter(|(_, kind)| kinds(*kind));
    let members = groups.flat_map(|(group, _)| snapshot.mates.members(group));
    let told = members.filter(|(_, flags)| tells(*flags)).map(|(user, _)| *user);
    let mut told: Vec<Ix<User>> = told.chain([person]).collect();
    told.sort_unstable();
    told.dedup();
    let handles = told.into_iter().filter_map(|user| snapshot.people.handle(user));
    handles
        .filter(|user| snapshot.people.accept(*user).is_some_and(|row| !row.standing().is_dismissed()))
        .collect()
}
