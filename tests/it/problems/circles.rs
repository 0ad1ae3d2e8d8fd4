//! Circles: of departments and of prerequisites, each named once with its way round; of groups, which are fine. And
//! chains as long as they like, on a small stack.

use bailiwick::{
    Assignment, Department, Directory, Entity, Level, Moment, Offer, PartyRule, Policy, Record, Relations,
    Role, Snapshot, Subject, User, UserGroup, Vocabulary,
};

use crate::problems::{Draft, assert_problems};

/// Departments that hang as the pairs say, each below the other; an empty name is nothing.
fn hanging(pairs: &[(&str, &str)]) -> Draft {
    Draft::with(|draft| {
        draft.policy = Policy::default();
        draft.directory = Directory::new();
        for (key, parent) in pairs {
            let department = Department::new(*key);
            draft.directory.add(if parent.is_empty() { department } else { department.below(*parent) });
        }
    })
}

/// Offers that require what the pairs say.
fn requiring(pairs: &[(&str, &str)]) -> Draft {
    Draft::with(|draft| {
        let mut actions: Vec<&str> = pairs.iter().map(|(action, _)| *action).collect();
        actions.dedup();
        let mut entity = Entity::new("case");
        for action in &actions {
            let required = pairs.iter().filter(|(of, required)| of == action && !required.is_empty());
            entity = entity.offer(required.fold(Offer::new(*action), |offer, (_, it)| offer.requires(*it)));
        }
        draft.policy = Policy::new(Vocabulary::new().actions(actions).entity(entity));
    })
}

#[test]
fn departments_in_a_circle_are_named_once_each() {
    let at = |number: usize| format!("at directory/departments/{number}/parent");
    for (pairs, path, number) in [
        (&[("a", "a")][..], "a a", 0),
        (&[("a", "b"), ("b", "a")], "a b a", 0),
        (&[("a", "b"), ("b", "c"), ("c", "a")], "a b c a", 0),
        (&[("root", ""), ("d", "c"), ("c", "b"), ("b", "a"), ("a", "d")], "d c b a d", 1),
    ] {
        assert_problems(&hanging(pairs), &[&format!("department-cycle {path} {}", at(number))]);
    }
    assert_problems(&hanging(&[("a", "b"), ("b", "c"), ("c", ""), ("d", "b")]), &[]);
}

#[test]
fn two_circles_are_two_problems() {
    let two = hanging(&[("a", "b"), ("x", "y"), ("b", "a"), ("y", "x"), ("z", "z")]);
    assert_problems(
        &two,
        &[
            "department-cycle a b a at directory/departments/0/parent",
            "department-cycle x y x at directory/departments/1/parent",
            "department-cycle z z at directory/departments/4/parent",
        ],
    );
}

/// Departments below a circle are not in it, whether they are declared before it or after.
#[test]
fn a_tail_is_not_part_of_the_circle() {
    let before = hanging(&[("far", "near"), ("near", "a"), ("a", "b"), ("b", "a")]);
    assert_problems(&before, &["department-cycle a b a at directory/departments/2/parent"]);
    let after = hanging(&[("b", "a"), ("a", "b"), ("near", "a"), ("far", "near"), ("other", "b")]);
    assert_problems(&after, &["department-cycle b a b at directory/departments/0/parent"]);
    let beside = hanging(&[("tail", "loop"), ("loop", "loop"), ("root", ""), ("leaf", "root")]);
    assert_problems(&beside, &["department-cycle loop loop at directory/departments/1/parent"]);
}

#[test]
fn prerequisites_in_a_circle_are_named_once_each() {
    for (pairs, path) in [
        (&[("a", "a")][..], "a a"),
        (&[("a", "b"), ("b", "a")], "a b a"),
        (&[("a", "b"), ("b", "c"), ("c", "a")], "a b c a"),
        (&[("tail", "a"), ("a", "b"), ("b", "a")], "a b a"),
        (&[("a", "b"), ("b", "a"), ("tail", "b")], "a b a"),
        (&[("a", "b"), ("b", "c"), ("c", "d"), ("c", "a"), ("d", "")], "a b c a"),
    ] {
        assert_problems(
            &requiring(pairs),
            &[&format!("prerequisite-cycle case {path} at vocabulary/entities/0/offers")],
        );
    }
    let two = requiring(&[("a", "b"), ("b", "a"), ("c", "c")]);
    let problem = |path: &str| format!("prerequisite-cycle case {path} at vocabulary/entities/0/offers");
    assert_problems(&two, &[&problem("a b a"), &problem("c c")]);
    let diamond = requiring(&[("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"), ("d", "")]);
    assert_problems(&diamond, &[]);
}

/// One action requires itself in one entity, and another one in another: circles do not reach across entities.
#[test]
fn circles_of_prerequisites_stay_within_an_entity() {
    let draft = Draft::with(|draft| {
        let entity = |key: &str, first: &str, second: &str| {
            Entity::new(key).offer(Offer::new(first)).offer(Offer::new(second).requires(first))
        };
        let vocabulary = Vocabulary::new().actions(["a", "b"]);
        draft.policy =
            Policy::new(vocabulary.entity(entity("one", "a", "b")).entity(entity("two", "b", "a")));
    });
    assert_problems(&draft, &[]);
}

/// A role for the first of these groups, and who of the members of each has it.
fn held_through(groups: &[(&str, &[&str])]) -> Vec<bool> {
    let mut directory = Directory::new();
    for (key, includes) in groups {
        let member = format!("in {key}");
        directory.add(User::new(member.as_str()));
        let group = UserGroup::new(*key).member(member.as_str());
        directory.add(includes.iter().fold(group, |group, included| group.including(*included)));
    }
    let snapshot = compile(Subject::UserGroup(groups[0].0.into()), &directory);
    let record = Record::at(snapshot.entity("case"));
    let read = snapshot.action("read");
    let at = Moment::from_unix_seconds(0);
    snapshot.users().map(|user| snapshot.access(user, at).check(read, &record).is_allowed()).collect()
}

fn compile(to: Subject, directory: &Directory) -> Snapshot {
    let vocabulary = Vocabulary::new()
        .party(PartyRule::new("responsible").counts_for(Relations::BY_DEPARTMENT))
        .level(Level::new("all", Relations::ALWAYS))
        .level(Level::new("below", Relations::SUBDEPARTMENTS))
        .actions(["read", "peek"])
        .entity(
            Entity::new("case")
                .offer(Offer::new("read").levels(["all"]))
                .offer(Offer::new("peek").levels(["below"])),
        );
    let policy = Policy::new(vocabulary)
        .role(Role::new("reader").set("case", "read", "all").set("case", "peek", "below"))
        .assign(Assignment::new("reader", to));
    Snapshot::compile(&policy, directory).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn groups_in_a_circle_have_the_same_members() {
    assert_eq!(held_through(&[("a", &["a"])]), [true]);
    assert_eq!(held_through(&[("a", &["b"]), ("b", &["a"])]), [true, true]);
    assert_eq!(
        held_through(&[("a", &["b"]), ("b", &["c"]), ("c", &["a"]), ("d", &["a"])]),
        [true, true, true, false]
    );
    assert_eq!(held_through(&[("a", &["b"]), ("b", &["c"]), ("c", &["b"])]), [true, true, true]);
    assert_eq!(held_through(&[("a", &["b", "c"]), ("b", &["d"]), ("c", &["d"]), ("d", &[])]), [true; 4]);
}

const LONG: usize = 100_000;

/// Runs on a stack that a call for each of many departments would overflow.
fn on_a_small_stack(test: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(256 * 1024).spawn(test);
    thread.expect("a thread starts").join().expect("the test passes");
}

fn chain(reversed: bool) -> Directory {
    let mut directory = Directory::new();
    directory.add(Department::new("department 0").head("chief"));
    for number in 1..LONG {
        directory
            .add(Department::new(format!("department {number}")).below(format!("department {}", number - 1)));
    }
    if reversed {
        directory.departments.reverse();
    }
    directory.add(User::new("chief"));
    directory.add(User::new("last").sits_in(format!("department {}", LONG - 1)));
    directory
}

#[test]
fn a_chain_of_departments_may_be_as_long_as_it_likes() {
    on_a_small_stack(|| {
        for reversed in [false, true] {
            let snapshot = compile(Subject::DepartmentTree("department 0".into()), &chain(reversed));
            let (chief, last) = (snapshot.user("chief"), snapshot.user("last"));
            let ask = |viewer, action: &str, owner| {
                let record = Record::at(snapshot.entity("case")).owner(owner);
                let access = snapshot.access(viewer, Moment::from_unix_seconds(0));
                access.check(snapshot.action(action), &record).is_allowed()
            };
            assert!(ask(last, "read", chief), "the tree reaches its end");
            assert!(ask(chief, "peek", last));
            assert!(!ask(last, "peek", chief));
        }
    });
}

#[test]
fn a_long_circle_is_one_problem() {
    on_a_small_stack(|| {
        let mut directory = chain(false);
        directory.departments[0].parent = Some(format!("department {}", LONG - 1).into());
        let draft = Draft { policy: Policy::default(), directory };
        let problems = draft.problems();
        assert_eq!(problems.iter().map(|problem| problem.keys().len()).collect::<Vec<_>>(), [LONG + 1]);
    });
}

#[test]
fn a_chain_of_groups_may_be_as_long_as_it_likes() {
    on_a_small_stack(|| {
        let mut directory = Directory::new().with(User::new("last"));
        for number in 0..LONG {
            let group = UserGroup::new(format!("group {number}"));
            directory.add(group.including(format!("group {}", (number + 1) % LONG)));
        }
        directory.user_groups[LONG - 1] = directory.user_groups[LONG - 1].clone().member("last");
        let snapshot = compile(Subject::UserGroup("group 0".into()), &directory);
        let access = snapshot.access(snapshot.user("last"), Moment::from_unix_seconds(0));
        assert!(access.check(snapshot.action("read"), &Record::at(snapshot.entity("case"))).is_allowed());
    });
}
