//! What changes would change, and which of them is to blame for what would be wrong.

use bailiwick::review::{WhatIfProblem, diff, what_if};
use bailiwick::{
    Assignment, Change, Department, Directory, Moment, Policy, Right, Role, Snapshot, Subject, User, crm,
};

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
    let compile = |policy, directory| Snapshot::compile(policy, directory).unwrap();
    assert_eq!(found, diff(&compile(&policy, &directory), &compile(&after, &people), AT, []));
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
