//! Support access against section 11, rule by rule: what scenarios, which are one state each, cannot say.

use super::{access, find, level_of, rows};
use bailiwick::support::{
    ALL, CLOSE, CREATE, Grant, OWN, READ, REQUEST, SECURITY_SETTINGS, SWITCH, SWITCHED_OFF, Support,
};
use bailiwick::{
    Action, Assignment, Creation, Denial, Department, Directory, Key, Level, Limit, Moment, Name, PlaceName,
    Policy, Record, Role, Snapshot, Subject, User, crm, support,
};

const ENTITIES: [(&str, PlaceName); 2] = [("settings", SECURITY_SETTINGS), ("request", REQUEST)];
const ACTIONS: [(&str, Name<Action>); 4] =
    [("read", READ), ("create", CREATE), ("close", CLOSE), ("switch", SWITCH)];
const LEVELS: [(&str, Option<Name<Level>>); 3] = [("*", Some(ALL)), ("s", Some(OWN)), ("-", None)];

/// The columns are chief administrator and client.
const TABLE: &str = "
    settings read,switch       * -
    request  create,read,close * s
";

/// What the company has without support: an administrator, one who was dismissed, an employee.
fn company() -> (Policy, Directory) {
    let mut policy = Policy::new(support::beside(crm::vocabulary())).roles(crm::roles());
    policy = policy.roles(support::roles());
    policy.assignments = support::default_assignments();
    let directory = Directory::new()
        .with(Department::new("company"))
        .with(User::new("root").administrator())
        .with(User::new("former").administrator().dismissed())
        .with(User::new("emma").sits_in("company"));
    (policy, directory)
}

fn with(support: &Support) -> Snapshot {
    let (mut policy, mut directory) = company();
    support.apply(&mut policy, &mut directory);
    Snapshot::compile(&policy, &directory).unwrap()
}

fn on() -> Support {
    Support::new().switched_on()
}

fn granted() -> Grant {
    Grant::new("request 1", "specialist", crm::ADMINISTRATOR)
}

/// Whether the specialist reads a deal of Emma's, and under which mark.
fn reads(support: &Support) -> Option<Key<bailiwick::AuditMark>> {
    let snapshot = with(support);
    let specialist = snapshot.access(snapshot.user("specialist"), Moment::from_unix_seconds(0));
    let deal = Record::at(crm::DEAL).owner(snapshot.user("emma"));
    let audit = specialist.audit(crm::READ, &deal);
    assert_eq!(specialist.check(crm::READ, &deal).is_allowed(), audit.is_some(), "all of it is marked");
    assert_eq!(specialist.audits().count(), support.live().count());
    audit.and_then(|audit| audit.mark.cloned())
}

#[test]
fn the_roles_are_those_of_the_table() {
    let roles = support::roles();
    let mut cells = 0;
    for (entity, action, columns) in rows(TABLE) {
        for (role, cell) in roles.iter().zip(&columns) {
            let said = level_of(role, find(&ENTITIES, entity), find(&ACTIONS, action));
            assert_eq!(said, find(&LEVELS, cell).map(Key::from), "{:?} {entity} {action}", role.key);
            cells += usize::from(said.is_some());
        }
    }
    assert_eq!(roles.iter().map(|role| role.rights.len()).sum::<usize>(), cells);
}

/// Rules 1, 5 and 6.
#[test]
fn a_grant_is_live_while_the_switch_is_on_and_the_request_is_open() {
    for (switched_on, open) in [(true, true), (true, false), (false, true), (false, false)] {
        let mut support = Support::new().grant(if open { granted() } else { granted().closed() });
        support.switched_on = switched_on;
        let live = switched_on && open;
        assert_eq!(reads(&support), live.then(|| "request 1".into()), "{switched_on} {open}");
        assert_eq!(support.entering(&company().1, "specialist").is_some(), live);
        assert_eq!(support.live().count(), usize::from(live));
    }
    assert!(!Support::new().switched_on, "off by default");
}

/// Rules 2 and 6: either ends it, and the switch opens it again.
#[test]
fn flipping_and_closing_take_effect_with_the_next_snapshot() {
    let mut support = on().grant(granted()).grant(Grant::new("request 2", "specialist", crm::DIRECTOR));
    assert_eq!(reads(&support), Some("request 1".into()));
    support.switched_on = false;
    assert_eq!(reads(&support), None);
    support.switched_on = true;
    assert!(support.close("request 1"));
    assert_eq!(reads(&support), Some("request 2".into()), "each request by itself");
    assert!(!support.close("request 1") && !support.close("request 3"));
    assert!(support.close("request 2"));
    assert_eq!(reads(&support), None);
}

#[test]
fn closing_closes_every_grant_of_the_request() {
    let mut support = on().grant(granted()).grant(Grant::new("request 1", "another", crm::READER));
    support = support.grant(Grant::new("request 2", "another", crm::READER));
    assert!(support.close("request 1"));
    let left: Vec<String> = support.live().map(|grant| grant.request.to_string()).collect();
    assert_eq!(left, ["request 2"]);
}

/// Rule 3.
#[test]
fn requests_are_created_only_while_the_switch_is_on() {
    let (off, on) = (with(&Support::new()), with(&on()));
    for user in ["root", "emma"] {
        assert_eq!(access(&off, user).create(REQUEST), Creation::Denied(Denial::Limited), "{user}");
        assert!(access(&on, user).create(REQUEST).is_allowed(), "{user}");
        assert_ne!(access(&off, user).create(crm::DEAL), Creation::Denied(Denial::Limited), "{user}");
    }
    let limits: Vec<Key<Limit>> = Support::new().limit().into_iter().map(|limit| limit.key).collect();
    assert_eq!(limits, [Key::from(SWITCHED_OFF)]);
    assert!(on.access(on.user("emma"), Moment::from_unix_seconds(0)).enters(REQUEST).is_allowed());
}

/// Rule 7: what somebody has because he signs in is what a specialist does too.
#[test]
fn what_everybody_may_do_is_recorded_when_a_specialist_does_it() {
    let (mut policy, mut directory) = company();
    policy.assignments.push(Assignment::new(crm::READER, Subject::SignedIn));
    on().grant(granted()).apply(&mut policy, &mut directory);
    let snapshot = Snapshot::compile(&policy, &directory).unwrap();
    let marks = ["specialist", "emma"].map(|user| {
        let deal = Record::at(crm::DEAL).owner(snapshot.user(user));
        let access = access(&snapshot, user);
        assert!(access.check(crm::READ, &deal).is_allowed(), "{user}");
        access.audit(crm::READ, &deal).and_then(|audit| audit.mark.cloned())
    });
    assert_eq!(marks, [Some("request 1".into()), None]);
}

/// Rule 8.
#[test]
fn the_active_administrators_are_told_who_enters() {
    let (_, directory) = company();
    let support = on()
        .grant(granted())
        .grant(Grant::new("request 2", "specialist", crm::READER))
        .grant(Grant::new("request 2", "specialist", crm::MANAGER))
        .grant(Grant::new("request 3", "specialist", crm::READER).closed())
        .grant(Grant::new("request 4", "another", crm::READER));
    let entering = support.entering(&directory, "specialist").unwrap();
    assert_eq!(entering.specialist, "specialist".into());
    assert_eq!(entering.requests, ["request 1".into(), "request 2".into()]);
    assert_eq!(entering.tell, ["root".into()], "not the one who was dismissed, nor anybody else");
    assert!(support.entering(&directory, "emma").is_none());
    let dismissed = directory.with(User::new("specialist").not_a_seat().dismissed());
    assert!(support.entering(&dismissed, "specialist").is_none());
}

/// Rule 9.
#[test]
fn a_specialist_takes_no_seat() {
    let (mut policy, mut directory) = company();
    assert_eq!(directory.seats(), 2);
    let support = on().grant(granted()).grant(Grant::new("request 2", "specialist", crm::READER));
    support.apply(&mut policy, &mut directory);
    assert_eq!((directory.seats(), directory.users.len()), (2, 4));
    assert_eq!(directory.users[3], User::new("specialist").not_a_seat());
}

#[test]
fn a_specialist_who_is_there_is_not_added_and_a_colleague_is_never_one() {
    let (mut policy, mut directory) = company();
    directory.add(User::new("specialist").not_a_seat());
    on().grant(granted()).apply(&mut policy, &mut directory);
    assert_eq!(directory.users.len(), 4);
    assert!(Snapshot::compile(&policy, &directory).is_ok());

    let codes = |grant: Grant| {
        let (mut policy, mut directory) = company();
        on().grant(grant).apply(&mut policy, &mut directory);
        let problems = Snapshot::compile(&policy, &directory).unwrap_err();
        problems.iter().map(|problem| problem.code()).collect::<Vec<_>>()
    };
    assert_eq!(codes(Grant::new("request 1", "emma", crm::ADMINISTRATOR)), ["duplicate"]);
    assert_eq!(codes(Grant::new("request 1", "specialist", "no such role")), ["unknown"]);
}

#[test]
fn a_vocabulary_without_requests_is_not_limited() {
    let mut policy = Policy::new(crm::vocabulary()).role(Role::new("nothing"));
    let before = policy.clone();
    Support::new().grant(granted()).apply(&mut policy, &mut Directory::new());
    assert_eq!(policy, before);
}
