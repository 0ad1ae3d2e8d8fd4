//! What changes would change, and which of them is to blame for what would be wrong.

use bailiwick::review::{Diff, Direction, WhatIfProblem, diff, what_if};
use bailiwick::{
    Assignment, Change, Department, Directory, Key, KeyRef, Limit, Moment, Policy, Right, Role, Snapshot,
    Subject, User, crm,
};
use proptest::{prop_assert, prop_assert_eq};

use super::diff::edited;
use crate::generate::World;
use crate::laws::changes::way;
use crate::laws::{compile, in_every_world};
use crate::oracle::On;

fn asked(world: &World, changes: &[Change], on: On) -> Diff {
    let circumstances = on.asserted.iter().map(KeyRef::from);
    what_if(&world.policy, &world.directory, changes, on.at, circumstances).unwrap()
}

/// Changes that amount to an edit change what the edit does, whoever writes the documents.
#[test]
fn changes_change_what_the_same_edit_does() {
    in_every_world(|world, snapshot| {
        let mut other = edited(world);
        other.policy.vocabulary = world.policy.vocabulary.clone(); // no change is about it
        let parts = |world: &World| (world.policy.clone(), world.directory.clone());
        let changes = way(&parts(world), &parts(&other));
        for on in world.occasions() {
            let found = asked(world, &changes, on);
            let expected = diff(snapshot, &compile(&other), on.at, on.asserted.iter().map(KeyRef::from));
            prop_assert_eq!(found.to_string(), expected.to_string());
            let (mut policy, mut directory) = parts(world);
            let made = changes.iter().try_for_each(|change| change.apply(&mut policy, &mut directory));
            prop_assert_eq!(made, Ok(()));
            let made = Snapshot::compile(&policy, &directory).unwrap();
            let left = diff(&compile(&other), &made, on.at, on.asserted.iter().map(KeyRef::from));
            prop_assert!(left.is_empty(), "{}", left);
        }
        Ok(())
    });
}

#[test]
fn a_limit_takes_and_gives_back_and_a_name_is_only_a_name() {
    in_every_world(|world, _| {
        let dice = &mut world.recipe.dice("a limit", 0);
        let user = dice.pick(&world.directory.users).key.clone();
        let limit = Limit::new("one more", Subject::User(user.clone()))
            .actions(dice.some(&world.policy.vocabulary.actions, 3));
        let put = [Change::PutLimit(limit)];
        let stand_in = world.policy.substitutions.iter().filter(|it| it.absent == user);
        let stand_in: Vec<&Key<User>> = stand_in.map(|it| &it.substitute).collect();
        let mut limited = world.clone();
        put[0].apply(&mut limited.policy, &mut limited.directory).unwrap();
        for on in world.occasions() {
            let (taken, given) =
                (asked(world, &put, on), asked(&limited, &[Change::RemoveLimit("one more".into())], on));
            for (found, never) in [(&taken, Direction::Gain), (&given, Direction::Loss)] {
                // Whoever stands in for somebody has no more than he has.
                let concerned = |it: &Key<User>| *it == user || stand_in.contains(&it);
                let mut people = found.groups.iter().flat_map(|it| &it.users);
                prop_assert!(people.all(concerned) && found.groups.iter().all(|it| !it.visitors));
                let mut all = found.groups.iter().flat_map(|it| &it.differences);
                prop_assert!(all.all(|it| it.direction() != never), "{}", found);
            }
            prop_assert_eq!(taken.people(), given.people());
            let another = |key: &Key<Role>| Key::<Role>::new(&format!("renamed {key}"));
            let rename = |it: &Role| Change::RenameRole { role: it.key.clone(), to: another(&it.key) };
            let renamed: Vec<Change> = world.policy.roles.iter().map(rename).collect();
            prop_assert!(asked(world, &renamed, on).is_empty());
        }
        Ok(())
    });
}

const AT: Moment = Moment::from_unix_seconds(0);

fn company() -> (Policy, Directory) {
    let policy = Policy::new(crm::vocabulary())
        .role(Role::new("seller").set(crm::DEAL, crm::READ, crm::OWN))
        .assign(Assignment::new("seller", Subject::SignedIn));
    (policy, Directory::new().with(User::new("anna")))
}

fn read(level: &str) -> Change {
    Change::SetRight { role: "seller".into(), right: Right::new(crm::DEAL, crm::READ, level) }
}

fn seat() -> Change {
    Change::PutUser(User::new("boris").sits_in("store"))
}

/// Which changes are to blame, with the code of what they bring.
fn blamed(changes: &[Change]) -> Vec<(usize, &'static str)> {
    let (policy, directory) = company();
    match what_if(&policy, &directory, changes, AT, []) {
        Err(WhatIfProblem::After(all)) => all.iter().map(|it| (it.number, it.problem.code())).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_change_may_need_what_a_later_one_brings() {
    let (policy, directory) = company();
    let changes = [seat(), read("huge"), Change::PutDepartment(Department::new("store")), read("all")];
    let found = what_if(&policy, &directory, &changes, AT, []).unwrap();
    let (mut after, mut people) = (policy.clone(), directory.clone());
    after.roles[0].rights[0].level = "all".into();
    people.add(User::new("boris").sits_in("store"));
    people.add(Department::new("store"));
    let frozen = |policy, directory| Snapshot::compile(policy, directory).unwrap();
    assert_eq!(found, diff(&frozen(&policy, &directory), &frozen(&after, &people), AT, []));
}

#[test]
fn what_would_be_wrong_is_told_with_the_change_since_which_it_is() {
    assert_eq!(blamed(&[read("all"), read("huge"), Change::PutRole(Role::new("buyer"))]), [(1, "unknown")]);
    assert_eq!(blamed(&[read("huge"), read("all"), read("huge")]), [(2, "unknown")]);
    assert_eq!(blamed(&[seat(), read("huge")]), [(0, "dangling"), (1, "unknown")]);
    let both =
        Change::PutRole(Role::new("seller").set(crm::DEAL, "sing", "all").set(crm::DEAL, crm::READ, "huge"));
    assert_eq!(blamed(&[both]), [(0, "unknown"), (0, "unknown")]);
}

#[test]
fn what_cannot_be_made_is_told_with_its_number() {
    let (policy, directory) = company();
    let changes = [read("all"), Change::RemoveRole("buyer".into()), Change::RemoveRole("nobody".into())];
    let problem = what_if(&policy, &directory, &changes, AT, []).unwrap_err();
    assert_eq!(problem.to_string(), "changes/1: there is no role `buyer`");
}

#[test]
fn what_is_wrong_already_is_no_changes_fault() {
    let (policy, directory) = company();
    let directory = directory.with(User::new("boris").sits_in("store"));
    let mended = [Change::PutDepartment(Department::new("store"))];
    let problem = what_if(&policy, &directory, &mended, AT, []).unwrap_err();
    assert!(matches!(problem, WhatIfProblem::Before(_)), "{problem}");
}
