//! Sizes that the frozen form lays out differently: more roles than a word has bits, more roles of one user than fit his row, more
//! places than a page keeps, more prerequisites than one.

use bailiwick::{
    Access, Assignment, Directory, Entity, Level, Moment, Offer, Pipeline, Place, Policy, Record, Relations,
    Role, Snapshot, Subject, User, Vocabulary, Window,
};

const ROLES: usize = 150;
const STAGES: usize = 40;
const NOW: Moment = Moment::from_unix_seconds(0);

/// Reading is set at stages; updating requires it, and exporting requires both.
fn vocabulary() -> Vocabulary {
    let levels = ["none", "all"];
    let entity = Entity::new("case")
        .pipeline(Pipeline::new("only", (0..STAGES).map(|stage| stage as u32)))
        .offer(Offer::new("read").levels(levels))
        .offer(Offer::new("update").levels(levels).requires("read"))
        .offer(Offer::new("export").levels(levels).requires("read").requires("update"));
    Vocabulary::new()
        .level(Level::new("none", Relations::empty()))
        .level(Level::new("all", Relations::ALWAYS))
        .actions(["read", "update", "export"])
        .entity(entity)
}

/// Each role speaks of reading at one stage, every other one of them to say "none", and gives the rest everywhere.
fn role(number: usize) -> Role {
    let stage = Place::entity("case").pipeline("only").stage((number % STAGES) as u32);
    let level = if gives(number) { "all" } else { "none" };
    let role = Role::new(number as u32).set(stage, "read", level);
    role.set("case", "update", "all").set("case", "export", "all")
}

fn gives(role: usize) -> bool {
    (role / STAGES).is_multiple_of(2)
}

/// The roles of a user: as many as his number, from all over.
fn held(user: usize) -> impl Iterator<Item = usize> + Clone {
    (0..user).map(move |role| (user * 31 + role * 47) % ROLES)
}

/// A user for every number of roles up to twelve; the last role of every other user has a date.
fn snapshot() -> Snapshot {
    let users = (0..=12).map(|user| User::new(user as u32));
    let directory = users.fold(Directory::new(), |directory, user| directory.with(user));
    let mut policy = Policy::new(vocabulary()).roles((0..ROLES).map(role));
    for user in 0..=12 {
        for (at, role) in held(user).enumerate() {
            let assignment = Assignment::new(role as u32, Subject::User((user as u32).into()));
            let dated = user % 2 == 1 && at + 1 == user;
            policy = policy.assign(if dated { assignment.during(Window::from(NOW)) } else { assignment });
        }
    }
    Snapshot::compile(&policy, &directory).unwrap_or_else(|problems| panic!("{problems}"))
}

fn access(snapshot: &Snapshot, user: usize) -> Access<'_> {
    snapshot.access(snapshot.user(user as u32), NOW)
}

fn reads(user: usize, stage: usize) -> bool {
    held(user).any(|role| role % STAGES == stage && gives(role))
}

fn records(snapshot: &Snapshot) -> Vec<(usize, Record<'static>)> {
    let stages = (0..3 * STAGES).map(|number| number * 7 % STAGES);
    let entity = snapshot.entity("case");
    stages.map(|stage| (stage, Record::at(snapshot.place(entity, "only", stage as u32)))).collect()
}

#[test]
fn any_number_of_roles_gives_what_they_give() {
    let snapshot = snapshot();
    for user in 0..=12 {
        for (stage, record) in records(&snapshot) {
            let all = access(&snapshot, user).actions(&record);
            for action in ["read", "update", "export"] {
                let action = snapshot.action(action);
                let allowed = access(&snapshot, user).check(action, &record).is_allowed();
                assert_eq!(allowed, reads(user, stage), "user {user}, stage {stage}");
                assert_eq!(all.contains(action), allowed, "user {user}, stage {stage}");
            }
        }
    }
}

#[test]
fn a_page_of_more_places_than_it_keeps_is_answered_like_its_records() {
    let snapshot = snapshot();
    for user in 0..=12 {
        let (stages, records): (Vec<_>, Vec<_>) = records(&snapshot).into_iter().unzip();
        for action in ["read", "update", "export"] {
            let access = access(&snapshot, user);
            let page = access.check_each(snapshot.action(action), &records);
            let expected = stages.iter().map(|stage| reads(user, *stage));
            assert!(page.map(|answer| answer.is_allowed()).eq(expected), "user {user}, {action}");
        }
    }
}
