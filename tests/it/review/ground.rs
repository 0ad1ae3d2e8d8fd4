//! What rights are measured by, and how a diff reads: in which no right differs, in which only visitors' do, and about moves.

use bailiwick::review::{Diff, Ground, diff};
use bailiwick::{
    Assignment, Delegation, Department, Directory, Entity, Level, Moment, Offer, PartyRule, Policy,
    Relations, Role, Snapshot, Subject, Targets, TicketGroup, TicketMember, User, Vocabulary, crm,
};

fn policy() -> Policy {
    let ticket = Entity::new("ticket").offer(Offer::new("read").levels(["own", "department"]));
    let vocabulary = Vocabulary::new()
        .party(PartyRule::new("owner").counts_for(Relations::OWN | Relations::BY_DEPARTMENT))
        .flag("urgent")
        .level(Level::new("own", Relations::OWN))
        .level(Level::new("department", Relations::DEPARTMENT))
        .actions(["read"])
        .entity(ticket);
    let clerk = Role::new("clerk").set("ticket", "read", "department");
    Policy::new(vocabulary).role(clerk).assign(Assignment::new("clerk", Subject::User("anna".into())))
}

fn directory() -> Directory {
    Directory::new()
        .with(Department::new("company"))
        .with(Department::new("sales").below("company"))
        .with(User::new("anna").sits_in("sales"))
        .with(TicketGroup::of_staff("desk").member(TicketMember::new("anna").sees()))
}

/// The diff to what the edit makes.
fn after(edit: impl Fn(&mut Policy, &mut Directory)) -> Diff {
    let (mut policy, mut directory) = (policy(), directory());
    let before = Snapshot::compile(&policy, &directory).unwrap();
    edit(&mut policy, &mut directory);
    let after = Snapshot::compile(&policy, &directory).unwrap();
    diff(&before, &after, Moment::from_unix_seconds(0), [])
}

#[test]
fn what_rights_are_measured_by_is_told_one_by_one() {
    type Edit = fn(&mut Policy, &mut Directory);
    let cases: [(Edit, Ground); 9] = [
        (|_, people| people.users[0].departments.clear(), Ground::Seat("anna".into())),
        (|_, people| people.departments[0].heads.push("anna".into()), Ground::Seat("anna".into())),
        (|_, people| people.departments[1].parent = None, Ground::Department("sales".into())),
        (|_, people| people.departments.push(Department::new("store")), Ground::Department("store".into())),
        (|_, people| people.ticket_groups.clear(), Ground::TicketGroup("desk".into())),
        (|policy, _| policy.vocabulary.parties[0].counts_for = Relations::OWN, Ground::Party("owner".into())),
        (
            |policy, _| policy.vocabulary.parties.push(PartyRule::new("observer")),
            Ground::Party("observer".into()),
        ),
        (|policy, _| policy.vocabulary.flags.push("closed".into()), Ground::Flag("closed".into())),
        (|policy, _| policy.delegation = Delegation::OwnRightsOnly, Ground::Delegation),
    ];
    for (edit, ground) in cases {
        let found = after(edit);
        assert_eq!(found.ground, [ground], "{found}");
        assert!(found.groups.is_empty() && !found.is_empty(), "{found}");
        let first = found.to_string().lines().next().map(str::to_owned);
        assert_eq!(first.as_deref(), Some("no rights change, but what some are measured by"));
    }
    assert_eq!(after(|_, _| {}).to_string(), "nothing changes\n");
}

/// A department that is switched off takes its seats along.
#[test]
fn a_department_that_is_switched_off_is_on_the_ground_with_those_who_sat_there() {
    let found = after(|_, people| people.departments[1].active = false);
    assert_eq!(found.ground, [Ground::Seat("anna".into()), Ground::Department("sales".into())]);
}

#[test]
fn the_first_line_counts_users_and_names_visitors() {
    let first = |subject: Subject| {
        let assignment = Assignment::new("clerk", subject);
        after(|policy, _| policy.assignments = vec![assignment.clone()])
            .to_string()
            .lines()
            .next()
            .map(str::to_owned)
    };
    let boris = |policy: &mut Policy, people: &mut Directory| {
        people.users.push(User::new("boris"));
        policy.assignments.push(Assignment::new("clerk", Subject::Everyone));
    };
    assert_eq!(first(Subject::Everyone).as_deref(), Some("the rights of visitors change"));
    assert_eq!(
        first(Subject::Employees(bailiwick::Unit::Of("company".into()))).as_deref(),
        Some("the rights of 1 user change")
    );
    let found = after(boris);
    assert!(
        found.to_string().starts_with("the rights of 1 user and of visitors change\nboris, and visitors\n"),
        "{found}"
    );
    assert_eq!((found.people(), found.visitors()), (1, true));
}

/// A stage is not among its own destinations, and is told with the others all the same.
#[test]
fn anywhere_is_told_once_and_some_stages_where_they_differ() {
    let policy = |moves: Option<Targets>| {
        let role =
            Role::new("seller").set(crm::DEAL, crm::UPDATE, crm::ALL).set(crm::DEAL, crm::READ, crm::ALL);
        let role = moves.map_or(role.clone(), |to| role.set_transition(crm::DEAL, to));
        let visitor = Assignment::new("seller", Subject::User("anna".into()));
        Policy::new(crm::vocabulary()).role(role).assign(visitor)
    };
    let people = Directory::new().with(User::new("anna"));
    let told = |moves: Targets| {
        let snapshot = |policy: Policy| Snapshot::compile(&policy, &people).unwrap();
        let found =
            diff(&snapshot(policy(None)), &snapshot(policy(Some(moves))), Moment::from_unix_seconds(0), []);
        found.to_string()
    };
    let gain = "the rights of 1 user change\nanna\n  gain\n";
    assert_eq!(
        told(Targets::Any),
        format!("{gain}    moves from deal and 9 places below: none, then every other stage\n")
    );
    assert_eq!(
        told(Targets::stages(["won"])),
        format!("{gain}    moves from deal and 8 places below: none, then deal/general/won\n")
    );
}
