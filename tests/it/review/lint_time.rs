//! How long lints take, as organisations grow.

use std::time::{Duration, Instant};

use bailiwick::review::lint;
use bailiwick::{Assignment, Directory, Moment, Policy, Role, Subject, Substitution, User, crm};

/// Everybody has a role of his own accord, and stands in for the next.
fn direct(users: usize) -> (Policy, Directory) {
    let key = |number: usize| format!("user{number}");
    let role = Role::new("reader").set(crm::DEAL, crm::READ, crm::OWN);
    let mut policy = Policy::new(crm::vocabulary()).role(role);
    let mut directory = Directory::new();
    for number in 0..users {
        directory.users.push(User::new(key(number)));
        policy.assignments.push(Assignment::new("reader", Subject::User(key(number).into())));
        policy.substitutions.push(Substitution::new(key(number), key((number + 1) % users)));
    }
    (policy, directory)
}

fn time(users: usize) -> Duration {
    let (policy, directory) = direct(users);
    let start = Instant::now();
    let findings = lint(&policy, &directory, Moment::from_unix_seconds(0), &[]).unwrap();
    assert!(!findings.is_empty());
    start.elapsed()
}

/// Eight times the users and assignments take about eight times as long, and not sixty-four times. Of several measurements
/// each the shortest is the one that other work on the machine has spoiled least.
#[test]
fn lints_take_time_in_proportion_to_users_and_assignments() {
    let shortest = |users: usize| (0..3).map(|_| time(users)).min().unwrap().as_secs_f64();
    let ratio = shortest(8000) / shortest(1000);
    assert!(ratio < 20.0, "eight times as many take {ratio:.1} times as long");
}
