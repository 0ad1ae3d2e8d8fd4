//! What a record must meet: relations turned into facts about its columns.

use crate::directory::{SocialGroup, User, UserGroup};
use crate::filter::Keeps;
use crate::filter::spans::{DepartmentSpan, covers, own, seats_left, spans};
use crate::key::Key;
use crate::policy::Subject;
use crate::resolve::Viewer;
use crate::vocabulary::{Action, Entity, Flag, Party, Relations};

/// Conditions of which one must hold; sorted, never empty.
pub type AnyOf = Vec<Condition>;

/// One fact about a record. Departments are sorted and without overlaps.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Condition {
    /// The record carries this flag.
    Flag(Key<Flag>),
    /// This user is this party of the record.
    PartyIs(Key<Party>, Key<User>),
    /// One of these users is this party of the record: at least two, sorted.
    PartyAmong(Key<Party>, Vec<Key<User>>),
    /// A user who is this party of the record is a member of one of these departments.
    PartyIn(Key<Party>, Vec<DepartmentSpan>),
    /// A user who is this party of the record is seated so, seen from these departments.
    PartySeated(Key<Party>, Seating, Vec<DepartmentSpan>),
    /// A user group that is this party of the record is one of these: all that the viewer is in, sorted.
    PartyGroup(Key<Party>, Vec<Key<UserGroup>>),
    /// A department that is this party of the record is one of these.
    PartyDepartment(Key<Party>, Vec<DepartmentSpan>),
    /// The record is in none of these departments.
    Elsewhere {
        /// No user who is one of these parties is a member of one of the departments.
        users: Vec<Key<Party>>,
        /// No department that is one of these parties is one of the departments.
        departments: Vec<Key<Party>>,
        /// The departments.
        spans: Vec<DepartmentSpan>,
    },
    /// A record of this entity that this one is linked to is kept, by itself. What is kept of it is never nothing, and asks for no
    /// links in turn.
    Linked(Key<Entity>, Keeps),
    /// One of these social groups hosts the record. Never empty; in the order of the keys.
    HostedBy(Vec<Key<SocialGroup>>),
    /// The record is shared for this action with one of these: all that the viewer is in, sorted.
    Shared(Key<Action>, Vec<Subject>),
}

/// How somebody is seated, seen from some departments. Who is a member of none at all is seated in no way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Seating {
    /// He heads one of them.
    OwnHead,
    /// He is a member of one of them and heads none.
    Peer,
    /// He is a member of none of them and heads another.
    OtherHead,
    /// He is a member of none of them but of another, and heads nothing.
    OtherEmployee,
}

/// All demands as conditions: sorted, each once, and none that another one implies. Nothing, if one cannot be met. `opened` are the
/// conditions on what opens (linked records, groups that host the record, shares), for each of the demands, as far as any have some.
pub(super) fn all_of(
    viewer: &Viewer<'_>,
    demands: &[Relations],
    opened: &[Vec<Condition>],
) -> Option<Vec<AnyOf>> {
    let mut all: Vec<AnyOf> = Vec::new();
    let opened = opened.iter().map(Vec::as_slice).chain(std::iter::repeat(&[][..]));
    let demands = demands.iter().zip(opened);
    for (demand, opened) in demands.filter(|(demand, _)| !demand.contains(Relations::ALWAYS)) {
        let mut any = any_of(viewer, *demand)?;
        if demand.intersects(Relations::OPENINGS) {
            any.extend_from_slice(opened);
            any.sort_unstable();
        }
        if any.is_empty() {
            return None;
        }
        all.extend((!holds_anyway(&any)).then_some(any));
    }
    if all.len() < 2 {
        return Some(all);
    }
    all.sort_unstable();
    all.dedup();
    drop_spare(&mut all, |any, other| implies(other, any));
    Some(all)
}

/// Drops whatever another one makes spare. Of two that make each other spare, because they say the same in different words, the first
/// stays: dropping both would lose what they say.
pub(super) fn drop_spare<T>(all: &mut Vec<T>, is_spare_beside: impl Fn(&T, &T) -> bool) {
    let is_spare = |(at, one): (usize, &T)| {
        let makes_it_spare = |(by, other): (usize, &T)| {
            by != at && is_spare_beside(one, other) && (by < at || !is_spare_beside(other, one))
        };
        all.iter().enumerate().any(makes_it_spare)
    };
    let keep: Vec<bool> = all.iter().enumerate().map(|it| !is_spare(it)).collect();
    let mut keep = keep.into_iter();
    all.retain(|_| keep.next().unwrap_or(true));
}

/// Whether every record meets one of the conditions: whoever is not elsewhere is in departments that are there too.
fn holds_anyway(any: &AnyOf) -> bool {
    let sits_in = |party: &Key<Party>, span: &DepartmentSpan| {
        any.iter().any(|condition| {
            matches!(condition, Condition::PartyIn(other, wider) if other == party && covers(wider, span))
        })
    };
    let is_in = |party: &Key<Party>, span: &DepartmentSpan| {
        any.iter().any(|condition| {
            matches!(condition, Condition::PartyDepartment(other, wider) if other == party && covers(wider, span))
        })
    };
    any.iter().any(|condition| {
        let Condition::Elsewhere { users, departments, spans } = condition else { return false };
        let all = |parties: &[Key<Party>], lies: &dyn Fn(&Key<Party>, &DepartmentSpan) -> bool| {
            parties.iter().all(|party| spans.iter().all(|span| lies(party, span)))
        };
        all(users, &sits_in) && all(departments, &is_in)
    })
}

/// Whether whatever meets the one also meets the other.
pub(super) fn implies(one: &AnyOf, other: &AnyOf) -> bool {
    one.iter().all(|condition| {
        other.iter().any(|wider| match (condition, wider) {
            (Condition::PartyIn(party, spans), Condition::PartyIn(wider_party, wider))
            | (Condition::PartyDepartment(party, spans), Condition::PartyDepartment(wider_party, wider)) => {
                party == wider_party && spans.iter().all(|span| covers(wider, span))
            }
            (Condition::PartyIs(party, user), Condition::PartyAmong(wider_party, users)) => {
                party == wider_party && users.contains(user)
            }
            (Condition::PartyAmong(party, users), Condition::PartyAmong(wider_party, wider)) => {
                party == wider_party && users.iter().all(|user| wider.contains(user))
            }
            _ => condition == wider,
        })
    })
}

/// The conditions under which the viewer stands to a record in one of the relations. Relations that he cannot have (nothing is
/// below his departments, he heads nothing) leave no trace.
fn any_of(viewer: &Viewer<'_>, relations: Relations) -> Option<AnyOf> {
    let lexicon = &viewer.snapshot.lexicon;
    let mut any = Vec::new();
    for (ix, key) in lexicon.flags.iter() {
        let flag = Flag::nth(u8::try_from(ix.position()).ok()?);
        if relations.contains(flag.relation()) {
            any.push(Condition::Flag(key.clone()));
        }
    }
    for (ix, key) in lexicon.parties.iter() {
        let party = Party::nth(u8::try_from(ix.position()).ok()?);
        any.extend(as_group(viewer, party, key, relations));
        let owned = spans(viewer, relations & lexicon.counts_for_department(party));
        any.extend((!owned.is_empty()).then(|| Condition::PartyDepartment(key.clone(), owned)));
        let through = relations & lexicon.counts_for(party);
        any.extend(among(key, people(viewer, through)));
        let spans = spans(viewer, through & Relations::BY_STRUCTURE);
        if !spans.is_empty() {
            any.push(Condition::PartyIn(key.clone(), spans));
        }
        for seating in seats_left(viewer, through).iter().filter_map(Seating::of) {
            any.push(Condition::PartySeated(key.clone(), seating, own(viewer)));
        }
    }
    if relations.contains(Relations::ELSEWHERE) {
        let lexicon = &viewer.snapshot.lexicon;
        any.push(Condition::Elsewhere {
            users: counted_for_departments(viewer, |party| lexicon.counts_for(party)),
            departments: counted_for_departments(viewer, |party| lexicon.counts_for_department(party)),
            spans: own(viewer),
        });
    }
    any.sort_unstable();
    Some(any)
}

/// The users of whom the relations hold whatever departments they are in: the viewer, and those whose tickets he sees.
fn people(viewer: &Viewer<'_>, relations: Relations) -> Vec<Key<User>> {
    if relations.difference(Relations::BY_STRUCTURE).is_empty() {
        return Vec::new();
    }
    let snapshot = viewer.snapshot;
    let mates = viewer.all_mates(relations);
    let mates = mates.filter_map(|user| snapshot.people.key_at(user));
    let mut people: Vec<_> = snapshot.people.key(viewer.handle()).into_iter().chain(mates).cloned().collect();
    people.sort_unstable();
    people.dedup();
    people
}

fn among(party: &Key<Party>, users: Vec<Key<User>>) -> Option<Condition> {
    match users.as_slice() {
        [] => None,
        [user] => Some(Condition::PartyIs(party.clone(), user.clone())),
        _ => Some(Condition::PartyAmong(party.clone(), users)),
    }
}

/// The groups that the viewer is in, if as this party they count for one of the relations.
fn as_group(viewer: &Viewer<'_>, party: Party, key: &Key<Party>, relations: Relations) -> Option<Condition> {
    let snapshot = viewer.snapshot;
    if !snapshot.lexicon.counts_for_group(party).intersects(relations) {
        return None;
    }
    let groups = viewer.user_groups().into_iter();
    let groups = groups.filter_map(|group| snapshot.membership.user_groups.key(group));
    let mut groups: Vec<_> = groups.cloned().collect();
    groups.sort_unstable();
    (!groups.is_empty()).then(|| Condition::PartyGroup(key.clone(), groups))
}

/// The parties that count for the department, sorted.
fn counted_for_departments(viewer: &Viewer<'_>, counts_for: impl Fn(Party) -> Relations) -> Vec<Key<Party>> {
    let parties = (0..).map(Party::nth).zip(viewer.snapshot.lexicon.parties.iter());
    let counts = parties.filter(|(party, _)| counts_for(*party).contains(Relations::DEPARTMENT));
    let mut keys: Vec<_> = counts.map(|(_, (_, key))| key.clone()).collect();
    keys.sort_unstable();
    keys
}

impl Seating {
    fn of(relation: Relations) -> Option<Self> {
        let seatings = [
            (Relations::OWN_HEADS, Self::OwnHead),
            (Relations::PEERS, Self::Peer),
            (Relations::OTHER_HEADS, Self::OtherHead),
            (Relations::OTHER_EMPLOYEES, Self::OtherEmployee),
        ];
        seatings.into_iter().find(|(known, _)| *known == relation).map(|(_, seating)| seating)
    }
}
