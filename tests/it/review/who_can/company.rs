//! Who can in a company where many hold different sets of roles: so many that they are found by their roles, and that many of them come
//! down to the same.

use std::collections::BTreeSet;

use bailiwick::review::Roster;
use bailiwick::{
    Assignment, Combining, Department, Directory, Handle, Key, Limit, Moment, Place, Policy, Record, Role,
    Snapshot, Subject, User, crm,
};

use crate::laws::handle;

const USERS: u32 = 400;
const ROLES: u32 = 24;
const NOW: Moment = Moment::from_unix_seconds(0);

/// Numbers that follow no order, always the same ones.
fn mixed(one: u32, other: u32) -> u32 {
    (one + 1).wrapping_mul(0x9e37_79b1).rotate_left(15 + other % 7).wrapping_mul(other.wrapping_mul(2) + 1)
        >> 9
}

fn places() -> [Place; 4] {
    let general = crm::DEAL.pipeline("general");
    [crm::DEAL.into(), general.into(), general.stage("new").into(), general.stage("won").into()]
}

/// The first role gives everything, and the second the settings; the others this and that, also nothing where others give.
fn role(number: u32) -> Role {
    let role = Role::new(number);
    match number {
        0 => return role.set(crm::DEAL, crm::READ, crm::ALL).set(crm::DEAL, crm::DELETE, crm::ALL),
        1 => return role.set(crm::SETTINGS, crm::UPDATE, crm::ALL),
        _ => {}
    }
    let levels = [crm::NONE, crm::OWN, crm::DEPARTMENT, crm::ALL];
    let cells = places().into_iter().zip(0..).flat_map(|(place, at)| {
        [crm::READ, crm::UPDATE]
            .into_iter()
            .zip(0..)
            .map(move |(action, of)| (place.clone(), action, 2 * at + of))
    });
    cells.fold(role, |role, (place, action, cell)| match mixed(number, cell) % 10 {
        level @ 0..4 => role.set(place, action, levels[level as usize]),
        _ => role,
    })
}

/// One to six roles each, of which the second is rare; every twentieth user is limited.
fn company(combining: Combining) -> (Policy, Directory) {
    let (mut policy, mut directory) = (Policy::new(crm::vocabulary()), Directory::new());
    policy = policy.combining(combining);
    policy.roles = (0..ROLES).map(role).collect();
    directory = (0..8_u32).map(Department::new).fold(directory, Directory::with);
    for user in 0..USERS {
        directory = directory.with(User::new(user).sits_in(user % 8));
        let held: BTreeSet<u32> = (0..1 + user % 6).map(|at| 2 + mixed(user, at) % (ROLES - 2)).collect();
        let rare =
            [(0, 50), (1, 90)].into_iter().filter(|(_, every)| user % every == 7).map(|(role, _)| role);
        for role in held.into_iter().chain(rare) {
            policy = policy.assign(Assignment::new(role, Subject::User(user.into())));
        }
        if user % 20 == 3 {
            policy = policy.limit(Limit::new(user, Subject::User(user.into())));
        }
    }
    (policy, directory)
}

#[test]
fn who_can_is_check_turned_round_where_many_hold_different_roles() {
    let mut numbers = BTreeSet::new();
    for combining in [Combining::MostSpecific, Combining::MostPermissive] {
        let (policy, directory) = company(combining);
        let snapshot = Snapshot::compile(&policy, &directory).expect("a sound policy");
        let roster = Roster::of(&snapshot);
        for action in [crm::READ, crm::UPDATE, crm::DELETE, crm::AUTOMATE] {
            for place in places() {
                let place = handle(&snapshot, &place);
                for record in [
                    Record::at(place),
                    Record::at(place).owner(snapshot.user(5)),
                    Record::at(place).flag(crm::ALWAYS_READABLE),
                ] {
                    let may =
                        |user: &Handle<User>| snapshot.access(*user, NOW).check(action, &record).is_allowed();
                    let expected: Vec<Key<User>> = snapshot
                        .users()
                        .filter(may)
                        .filter_map(|user| snapshot.user_key(user).cloned())
                        .collect();
                    let who = roster.who_can(action, &record, NOW);
                    let found: Vec<_> =
                        who.users().filter_map(|user| snapshot.user_key(user).cloned()).collect();
                    assert_eq!(found, expected, "{combining:?} {action:?} {place:?}");
                    numbers.insert(found.len());
                }
            }
        }
    }
    // Some may hardly anybody, some a good part.
    assert!(numbers.first().is_some_and(|few| (1..20).contains(few)), "{numbers:?}");
    assert!(numbers.last().is_some_and(|many| (100..380).contains(many)), "{numbers:?}");
}
