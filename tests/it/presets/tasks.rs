//! Tasks against section 3: the table of permissions, and the rules of reading, editing, deleting and giving, written down
//! a second time as the facts say them, over every task that a small company can have.

use std::collections::BTreeSet;

use super::access;
use bailiwick::tasks::{self, Permission};
use bailiwick::{
    Access, Action, Assignment, Combining, Department, Directory, Key, Name, Place, PlaceName, Policy,
    Record, Role, Snapshot, Subject, Unit, User,
};

/// Number, then Full access, Supervisor, Employee.
const TABLE: &str = "
    1 + - -
    2 + + +
    3 + - -
    4 + - -
    5 + + +
    6 + + +
    7 + + +
    8 + - -
    10 + + +
    11 + + +
    12 + + -
    13 + - -
    14 + - -
    15 + - -
    20 + + +
    21 + + +
    22 + - -
    23 + - -
    24 + - -
    25 + - -
    30 + + +
    31 + + +
    40 + + +
    41 + + +
    42 + - -
    43 + - -
    44 + - -
    45 + - -
    46 + - -
    48 + - -
    47 + + +
    49 + + +
    99 - - -
";

/// A set of permissions, by number.
type Ids = BTreeSet<u8>;

const COLUMNS: [Name<Role>; 3] = [tasks::FULL_ACCESS, tasks::SUPERVISOR, tasks::EMPLOYEE];

fn rows() -> Vec<(u8, Vec<&'static str>)> {
    let line = |line: &'static str| {
        let mut words = line.split_whitespace();
        Some((words.next()?.parse().unwrap(), words.collect()))
    };
    TABLE.lines().filter_map(line).collect()
}

fn column(number: usize) -> Ids {
    rows().into_iter().filter(|(_, cells)| cells[number] == "+").map(|(id, _)| id).collect()
}

fn made(key: &str, ids: &Ids) -> Role {
    tasks::role(key, ids.iter().map(|id| Permission::from_id(*id).unwrap()))
}

#[test]
fn the_permissions_are_those_of_the_table() {
    let mut ids: Vec<u8> = rows().into_iter().map(|(id, _)| id).collect();
    ids.sort_unstable();
    assert!(Permission::ALL.iter().map(|permission| permission.id()).eq(ids.iter().copied()));
    for id in 0..=u8::MAX {
        assert_eq!(Permission::from_id(id).map(Permission::id), ids.contains(&id).then_some(id));
    }
}

#[test]
fn the_roles_are_the_table() {
    let roles = tasks::roles();
    let keys = [tasks::EVERYBODY, COLUMNS[0], COLUMNS[1], COLUMNS[2]].map(Key::from);
    assert!(roles.iter().map(|role| &role.key).eq(&keys));
    assert_eq!(roles[0], tasks::everybody());
    let cells = |role: &Role| {
        let cell = |right: &bailiwick::Right| format!("{} {} {}", right.place, right.action, right.level);
        role.rights.iter().map(cell).collect::<BTreeSet<_>>()
    };
    for (number, role) in roles.iter().skip(1).enumerate() {
        assert_eq!(cells(role), cells(&made("made", &column(number))), "{:?}", role.key);
        assert!(role.transitions.is_empty());
    }
}

/// Who there is: where he sits, and what he heads.
const PEOPLE: [(&str, &[&str], &[&str]); 10] = [
    ("chief", &[], &["company"]),
    ("boss", &["sales"], &["sales"]),
    ("me", &["sales"], &[]),
    ("mate", &["sales"], &[]),
    ("caller", &["calls"], &[]),
    ("stas", &["stock"], &["stock"]),
    ("both", &["sales", "stock"], &[]),
    ("stranger", &["stock"], &[]),
    ("guest", &[], &[]),
    ("gone", &["sales"], &[]),
];
const PARENTS: [(&str, Option<&str>); 4] =
    [("company", None), ("sales", Some("company")), ("calls", Some("sales")), ("stock", Some("company"))];

fn company() -> Directory {
    let mut directory = Directory::new().with(User::new("root").administrator());
    for (key, parent) in PARENTS {
        let department = Department::new(key);
        let department = parent.into_iter().fold(department, Department::below);
        let heads = PEOPLE.iter().filter(|(_, _, heads)| heads.contains(&key));
        directory = directory.with(heads.fold(department, |department, (head, ..)| department.head(*head)));
    }
    PEOPLE.iter().fold(directory, |directory, (key, sits, _)| {
        let user = sits.iter().fold(User::new(*key), |user, department| user.sits_in(*department));
        directory.with(if *key == "gone" { user.dismissed() } else { user })
    })
}

/// The same, without the library.
fn person(key: &str) -> (&'static [&'static str], &'static [&'static str]) {
    let found = PEOPLE.iter().find(|(known, ..)| *known == key).unwrap();
    (found.1, found.2)
}

fn departments(key: &str) -> BTreeSet<&'static str> {
    let (sits, heads) = person(key);
    sits.iter().chain(heads).copied().collect()
}

fn share(one: &str, other: &str) -> bool {
    !departments(one).is_disjoint(&departments(other))
}

fn lies_in(department: &str, root: &str) -> bool {
    let parent = PARENTS.iter().find(|(key, _)| *key == department).unwrap().1;
    department == root || parent.is_some_and(|parent| lies_in(parent, root))
}

/// Whether the one is below the other, who heads something above him.
fn below(one: &str, head: &str) -> bool {
    departments(one).iter().any(|at| person(head).1.iter().any(|root| lies_in(at, root)))
}

/// A task.
#[derive(Clone, Copy, Debug)]
struct Task {
    director: &'static str,
    responsible: &'static str,
    accomplice: Option<&'static str>,
    auditor: Option<&'static str>,
    closed: bool,
}

impl Task {
    fn working(self) -> impl Iterator<Item = &'static str> {
        [self.director, self.responsible].into_iter().chain(self.accomplice)
    }

    fn in_my_department(self, me: &str) -> bool {
        self.working().any(|member| share(member, me))
    }

    fn by_department(self, me: &str, ids: &Ids, department: u8, elsewhere: u8) -> bool {
        ids.contains(if self.in_my_department(me) { &department } else { &elsewhere })
    }

    fn reads(self, me: &str, ids: &Ids) -> bool {
        let mut members = self.working().chain(self.auditor);
        members.any(|member| member == me || below(member, me)) || self.by_department(me, ids, 12, 22)
    }

    fn edits(self, me: &str, ids: &Ids) -> bool {
        let as_director = self.director == me && (!self.closed || ids.contains(&6));
        let as_responsible = self.responsible == me && !self.closed && ids.contains(&1);
        let (department, elsewhere) = if self.closed { (14, 24) } else { (13, 23) };
        as_director
            || as_responsible
            || below(self.director, me)
            || self.by_department(me, ids, department, elsewhere)
    }

    fn deletes(self, me: &str, ids: &Ids) -> bool {
        self.director == me && (self.responsible == me || ids.contains(&7))
            || below(self.director, me)
            || self.by_department(me, ids, 15, 25)
    }

    /// What the permission of this number lets whoever is responsible do, and whoever may edit.
    fn does_a_part(self, me: &str, ids: &Ids, id: u8) -> bool {
        self.edits(me, ids) || self.responsible == me && !self.closed && ids.contains(&id)
    }

    fn allowed(self, me: &str, ids: &Ids) -> Vec<(Name<Action>, bool)> {
        let parts = [
            (tasks::DELEGATE, 2),
            (tasks::ASSIGN_OTHERS, 3),
            (tasks::EDIT_CHECKLISTS, 4),
            (tasks::ADD_CHECKLISTS, 5),
            (tasks::CHANGE_RESPONSIBLE, 8),
        ];
        let parts = parts.map(|(action, id)| (action, self.does_a_part(me, ids, id)));
        let whole = [
            (tasks::READ, self.reads(me, ids)),
            (tasks::EDIT, self.edits(me, ids)),
            (tasks::DELETE, self.deletes(me, ids)),
            (tasks::CREATE, true),
            (tasks::EXPORT, ids.contains(&30) && self.reads(me, ids)),
            (tasks::IMPORT, ids.contains(&31)),
        ];
        whole.into_iter().chain(parts).collect()
    }

    fn check(self, access: &Access<'_>, action: Name<Action>) -> bool {
        let user = |key: &str| access.snapshot().user(key);
        let mut members = vec![
            tasks::RESPONSIBLE.is(user(self.responsible)),
            tasks::self_assigned(user(self.director), user(self.responsible)),
        ];
        members.extend(self.accomplice.map(|key| tasks::ACCOMPLICE.is(user(key))));
        members.extend(self.auditor.map(|key| tasks::AUDITOR.is(user(key))));
        let record = Record::at(if self.closed { tasks::CLOSED } else { tasks::OPEN });
        access.check(action, &record.owner(user(self.director)).participants(&members)).is_allowed()
    }
}

/// Every director with every responsible, and some who help and watch.
fn all_tasks() -> Vec<Task> {
    let others = [(None, None), (Some("both"), None), (Some("stranger"), Some("me")), (None, Some("caller"))];
    let mut tasks = Vec::new();
    for (director, ..) in PEOPLE {
        for (responsible, ..) in PEOPLE {
            for (accomplice, auditor) in others {
                let open = Task { director, responsible, accomplice, auditor, closed: false };
                tasks.extend([open, Task { closed: true, ..open }]);
            }
        }
    }
    tasks
}

/// Nothing, each permission alone, the default roles, and mixtures.
fn sets() -> Vec<Ids> {
    let ids: Vec<u8> = rows().into_iter().map(|(id, _)| id).collect();
    let mut sets = vec![Ids::new(), column(0), column(1), column(2)];
    sets.extend(ids.iter().map(|id| Ids::from([*id])));
    let mut state = 1_u64;
    for _ in 0..24 {
        let mixture = ids.iter().copied().filter(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state >> 63 == 1
        });
        sets.push(mixture.collect());
    }
    sets
}

const VIEWERS: [&str; 7] = ["me", "boss", "chief", "both", "stranger", "guest", "caller"];

/// The permissions are in two roles, of which everybody holds both.
fn held(ids: &Ids, combining: Combining) -> Snapshot {
    let (even, odd): (Ids, Ids) = ids.iter().partition(|id| *id % 2 == 0);
    let mut policy = Policy::new(tasks::vocabulary()).combining(combining).role(tasks::everybody());
    policy = policy.roles([made("even", &even), made("odd", &odd), made("whole", ids)]);
    for key in [Key::from("even"), Key::from("odd"), Key::from(tasks::EVERYBODY)] {
        policy = policy.assign(Assignment::new(key, Subject::SignedIn));
    }
    Snapshot::compile(&policy, &company()).unwrap()
}

#[test]
fn tasks_answer_as_the_facts_say_under_both_rules() {
    let tasks = all_tasks();
    for (number, ids) in sets().iter().enumerate() {
        let rule = if number % 2 == 0 { Combining::MostSpecific } else { Combining::MostPermissive };
        let snapshot = held(ids, rule);
        for viewer in VIEWERS {
            let access = access(&snapshot, viewer);
            // The first sets are asked about everything, the many others in turn about every third task.
            let step = if number < 4 { 1 } else { 3 };
            for task in tasks.iter().skip(number % step).step_by(step) {
                for (action, expected) in task.allowed(viewer, ids) {
                    assert_eq!(
                        task.check(&access, action),
                        expected,
                        "{viewer} {action:?} {task:?} with {ids:?} under {rule:?}"
                    );
                }
            }
        }
    }
}

/// Whether somebody may be given a task: flags first, then how near he is, then by the permission that asks for his seat.
fn gives(me: &str, to: &str, flagged: bool, ids: &Ids) -> bool {
    let (my, theirs) = (departments(me), departments(to));
    let heads = person(to).1;
    let id = if theirs.is_empty() {
        None
    } else if heads.iter().any(|at| my.contains(at)) {
        Some(11)
    } else if share(me, to) {
        Some(10)
    } else if heads.is_empty() {
        Some(21)
    } else {
        Some(20)
    };
    flagged || me == to || below(to, me) || id.is_some_and(|id| ids.contains(&id))
}

#[test]
fn tasks_are_given_as_the_facts_say() {
    let mut sets = sets();
    for mask in 0..16_u8 {
        let asked = [(1, 10), (2, 11), (4, 20), (8, 21)];
        sets.push(asked.into_iter().filter(|(bit, _)| mask & bit != 0).map(|(_, id)| id).collect());
    }
    for ids in sets {
        let snapshot = held(&ids, Combining::MostPermissive);
        for viewer in VIEWERS {
            for (to, ..) in PEOPLE {
                let person = [tasks::PERSON.is(snapshot.user(to))];
                let record = Record::at(tasks::ASSIGNEE).participants(&person);
                let may =
                    |record: &Record<'_>| access(&snapshot, viewer).check(tasks::GIVE, record).is_allowed();
                assert_eq!(may(&record), gives(viewer, to, false, &ids), "{viewer} to {to} with {ids:?}");
                for flag in [tasks::GUEST, tasks::MEMBER, tasks::GROUP_MATE] {
                    assert_eq!(may(&record.flag(flag)), gives(viewer, to, true, &ids));
                }
            }
        }
    }
}

#[test]
fn templates_answer_to_their_permissions() {
    for ids in sets() {
        let snapshot = held(&ids, Combining::MostPermissive);
        let has = |id: u8| ids.contains(&id) || ids.contains(&42);
        for (viewer, by) in [("me", "me"), ("me", "mate"), ("me", "stranger"), ("boss", "caller")] {
            let record = Record::at(tasks::TEMPLATE).owner(snapshot.user(by));
            let (own, near) = (viewer == by, share(viewer, by));
            let reads = has(41) && (own || has(if near { 43 } else { 44 }));
            let edits = reads && (own || has(if near { 45 } else { 46 }));
            let deletes = edits && (own || has(48));
            let expected = [
                (tasks::VIEW, has(41)),
                (tasks::READ, reads),
                (tasks::EDIT, edits),
                (tasks::DELETE, deletes),
                (tasks::CREATE, ids.contains(&40)),
            ];
            for (action, expected) in expected {
                let answer = access(&snapshot, viewer).check(action, &record).is_allowed();
                assert_eq!(answer, expected, "{viewer} {action:?} of {by} with {ids:?}");
            }
            assert_eq!(access(&snapshot, viewer).enters(tasks::TEMPLATE).is_allowed(), has(41));
        }
    }
}

#[test]
fn areas_answer_to_their_permission() {
    let areas: [(u8, PlaceName, Name<Action>); 3] = [
        (47, tasks::ROBOTS, tasks::EDIT),
        (49, tasks::FLOW, tasks::CREATE),
        (99, tasks::SETTINGS, tasks::EDIT),
    ];
    for ids in sets() {
        let snapshot = held(&ids, Combining::MostPermissive);
        for (id, of, action) in areas {
            assert_eq!(
                access(&snapshot, "me").check(action, &Record::at(of)).is_allowed(),
                ids.contains(&id)
            );
            assert!(access(&snapshot, "root").check(action, &Record::at(of)).is_allowed(), "{id}");
        }
    }
}

#[test]
fn a_task_that_is_neither_open_nor_closed_is_edited_by_nobody() {
    let snapshot = held(&column(0), Combining::MostPermissive);
    let task = Record::at(tasks::TASK).owner(snapshot.user("me"));
    let me = access(&snapshot, "me");
    assert!(me.check(tasks::READ, &task).is_allowed() && me.check(tasks::DELETE, &task).is_allowed());
    assert!(me.check(tasks::EDIT, &task).is_denied() && me.check(tasks::DELEGATE, &task).is_denied());
    assert!(access(&snapshot, "root").check(tasks::EDIT, &task).is_allowed());
}

#[test]
fn the_roles_are_given_as_the_product_gives_them() {
    let given = tasks::default_assignments();
    let expected = [
        (tasks::EVERYBODY, Subject::SignedIn),
        (tasks::SUPERVISOR, Subject::Heads(Unit::Anywhere)),
        (tasks::EMPLOYEE, Subject::Employees(Unit::Anywhere)),
    ];
    assert!(given.into_iter().eq(expected.map(|(role, to)| Assignment::new(role, to))));
}

#[test]
fn every_constant_is_in_the_compiled_vocabulary() {
    let snapshot = held(&column(0), Combining::MostPermissive);
    let places = [
        tasks::TASK,
        tasks::OPEN,
        tasks::CLOSED,
        tasks::ASSIGNEE,
        tasks::TEMPLATE,
        tasks::ROBOTS,
        tasks::FLOW,
        tasks::SETTINGS,
    ];
    for place in places {
        assert_eq!(snapshot.place_of(place), Some(&Place::from(place)));
    }
    let parties = [
        ("director", tasks::DIRECTOR),
        ("responsible", tasks::RESPONSIBLE),
        ("accomplice", tasks::ACCOMPLICE),
        ("auditor", tasks::AUDITOR),
        ("self_assigned", tasks::SELF_ASSIGNED),
        ("person", tasks::PERSON),
    ];
    for (key, party) in parties {
        assert_eq!(snapshot.party(key), Some(party));
    }
    let flags = [("guest", tasks::GUEST), ("member", tasks::MEMBER), ("group_mate", tasks::GROUP_MATE)];
    for (key, flag) in flags {
        assert_eq!(snapshot.flag(key), Some(flag));
    }
}
