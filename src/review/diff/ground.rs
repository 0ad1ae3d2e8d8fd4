//! What rights are measured by: where people sit, how departments hang, who sees whose tickets, what parties count for,
//! and who is in which user group, where groups can be parties or records be shared with them.
//!
//! A right of "own department" stays the same when somebody changes seats, and reaches other records.

use std::collections::{BTreeMap, BTreeSet};

use crate::audience::Operation;
use crate::directory::{Department, SocialGroup, TicketGroup, User, UserGroup};
use crate::index::Ix;
use crate::key::Key;
use crate::moment::Moment;
use crate::snapshot::Snapshot;
use crate::vocabulary::{Flag, Party, Relations};

/// Something that differs in what rights are measured by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Ground {
    /// A user sits in other departments, or heads others.
    Seat(Key<User>),
    /// A department hangs elsewhere, is new, gone, or switched on or off.
    Department(Key<Department>),
    /// A user is in other user groups, where such can be parties of records or records be shared with them.
    UserGroups(Key<User>),
    /// A ticket group has other members, or others see its tickets.
    TicketGroup(Key<TicketGroup>),
    /// A party counts for other relations, is new or gone, or has another number.
    Party(Key<Party>),
    /// A flag is new or gone, or has another number.
    Flag(Key<Flag>),
    /// An operation of social groups, by which they open records, is for viewing or frees administrators where it was not, or no
    /// longer; or it has begun or ceased to open any.
    Operation(Key<Operation>),
    /// A social group has other members or lets others do something, where such host records or records are shared with them.
    SocialGroup(Key<SocialGroup>),
    /// A user deputises in other departments, where records can be shared with deputies.
    Deputy(Key<User>),
    /// A user has become an administrator or ceased to be one, where records can be shared with them or groups let them do something.
    Administrator(Key<User>),
    /// A user stands in for somebody by several substitutions, of which none passes all that the others do, or did so: what passes by
    /// one and what passes by another do not meet where an action needs both, as one that opens through linked records.
    Substitutions(Key<User>),
    /// What whoever assigns roles may hand on is decided by another rule. What that comes to is not compared: it depends on who
    /// assigns which role.
    Delegation,
}

impl Ground {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Seat(_) => "seat",
            Self::Department(_) => "department",
            Self::UserGroups(_) => "user-groups",
            Self::TicketGroup(_) => "ticket-group",
            Self::Party(_) => "party",
            Self::Flag(_) => "flag",
            Self::Operation(_) => "operation",
            Self::SocialGroup(_) => "social-group",
            Self::Deputy(_) => "deputy",
            Self::Administrator(_) => "administrator",
            Self::Substitutions(_) => "substitutions",
            Self::Delegation => "delegation",
        }
    }

    /// The key of what it is about, as text; none, of the rule of delegation, of which there is one.
    pub fn key(&self) -> Option<String> {
        Some(match self {
            Self::Seat(key)
            | Self::UserGroups(key)
            | Self::Deputy(key)
            | Self::Administrator(key)
            | Self::Substitutions(key) => key.to_string(),
            Self::Department(key) => key.to_string(),
            Self::TicketGroup(key) => key.to_string(),
            Self::Party(key) => key.to_string(),
            Self::Flag(key) => key.to_string(),
            Self::Operation(key) => key.to_string(),
            Self::SocialGroup(key) => key.to_string(),
            Self::Delegation => return None,
        })
    }
}

pub(super) fn compare(before: &Snapshot, after: &Snapshot, at: Moment) -> Vec<Ground> {
    let mut all = Vec::new();
    all.extend(differing(seats(before), seats(after)).map(Ground::Seat));
    all.extend(differing(departments(before), departments(after)).map(Ground::Department));
    all.extend(differing(user_groups(before, at), user_groups(after, at)).map(Ground::UserGroups));
    all.extend(differing(ticket_groups(before), ticket_groups(after)).map(Ground::TicketGroup));
    all.extend(differing(parties(before), parties(after)).map(Ground::Party));
    all.extend(differing(flags(before), flags(after)).map(Ground::Flag));
    all.extend((before.delegation != after.delegation).then_some(Ground::Delegation));
    all
}

/// The keys at which the two differ.
pub(super) fn differing<K: Ord, V: PartialEq>(
    mut before: BTreeMap<K, V>,
    after: BTreeMap<K, V>,
) -> impl Iterator<Item = K> {
    let mut keys = BTreeSet::new();
    for (key, value) in after {
        if before.remove(&key).is_none_or(|other| other != value) {
            keys.insert(key);
        }
    }
    keys.extend(before.into_keys());
    keys.into_iter()
}

pub(super) type Keys<T> = Vec<Key<T>>;

/// The departments that users sit in and head; nobody who is in none and heads none.
fn seats(snapshot: &Snapshot) -> BTreeMap<Key<User>, (Keys<Department>, Keys<Department>)> {
    let people = &snapshot.people;
    let key = |at: &_| snapshot.departments.key(*at).cloned();
    let sorted = |mut keys: Keys<Department>| {
        keys.sort_unstable();
        keys
    };
    let seats = people.rows().filter_map(|(user, row)| {
        let (sits, heads) = (people.departments(row.standing()), people.headed(row.standing()));
        let seat =
            (sorted(sits.iter().filter_map(key).collect()), sorted(heads.iter().filter_map(key).collect()));
        Some((people.key_at(user)?.clone(), seat))
    });
    seats.filter(|(_, (sits, heads))| !sits.is_empty() || !heads.is_empty()).collect()
}

/// The user groups that users are in at a moment, if groups can be parties or records be shared; nobody who is in none.
fn user_groups(snapshot: &Snapshot, at: Moment) -> BTreeMap<Key<User>, Keys<UserGroup>> {
    if !snapshot.lexicon.has_groups_as_parties() && !snapshot.offers.sharing() {
        return BTreeMap::new();
    }
    let names = &snapshot.membership.user_groups;
    let groups = snapshot.users().filter_map(|user| {
        let groups = snapshot.groups_of(user, at).into_iter();
        let mut groups: Keys<UserGroup> = groups.filter_map(|it| names.key(it)).cloned().collect();
        groups.sort_unstable();
        Some((snapshot.user_key(user)?.clone(), groups))
    });
    groups.filter(|(_, groups)| !groups.is_empty()).collect()
}

/// What each active department hangs below.
fn departments(snapshot: &Snapshot) -> BTreeMap<Key<Department>, Option<Key<Department>>> {
    let departments = &snapshot.departments;
    let hanging = departments.numbers().map(|(key, number)| {
        let above = departments.upward(Ix::new(number)).nth(1).and_then(|above| departments.key(above));
        (key.clone(), above.cloned())
    });
    hanging.collect()
}

/// Whether a group is one of staff, and its members with whether they see.
type Tickets = (bool, BTreeSet<(Key<User>, bool)>);

/// The members of each ticket group; a group in which nobody sees plays no part.
fn ticket_groups(snapshot: &Snapshot) -> BTreeMap<Key<TicketGroup>, Tickets> {
    let mates = &snapshot.mates;
    let groups = mates.names.iter().filter_map(|(group, key)| {
        let members = mates.members(group).iter();
        let members =
            members.filter_map(|(user, flags)| Some((snapshot.people.key_at(*user)?.clone(), flags.sees)));
        Some((key.clone(), (mates.is_of_staff(group)?, members.collect::<BTreeSet<_>>())))
    });
    groups.filter(|(_, (_, members))| members.iter().any(|(_, sees)| *sees)).collect()
}

/// The numbers of parties, and what they count for as users, groups and departments.
fn parties(snapshot: &Snapshot) -> BTreeMap<Key<Party>, (u32, [Relations; 3])> {
    let lexicon = &snapshot.lexicon;
    let numbered = lexicon.parties.iter().map(|(ix, key)| (ix.position(), key));
    let counts = numbered.filter_map(|(number, key)| {
        let party = Party::nth(u8::try_from(number).ok()?);
        let counts = [
            lexicon.counts_for(party),
            lexicon.counts_for_group(party),
            lexicon.counts_for_department(party),
        ];
        Some((key.clone(), (number, counts)))
    });
    counts.collect()
}

fn flags(snapshot: &Snapshot) -> BTreeMap<Key<Flag>, u32> {
    snapshot.lexicon.flags.iter().map(|(ix, key)| (key.clone(), ix.position())).collect()
}
