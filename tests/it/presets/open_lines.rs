//! Open lines against the table of section 5, cell by cell.

use super::{access, find, level_of, rows};
use bailiwick::open_lines::{
    ANY, CONNECT, CONVERSATION, DEPARTMENT, JOIN, LAST_CHANGED_BY, LINE, MODIFY, NONE, OPERATOR, OWN, QUEUE,
    QUICK_ANSWERS, RATE, READ, SETTINGS, SOFT_PAUSE_LIST, VIEW,
};
use bailiwick::{
    Access, Action, Assignment, Combining, Department, Directory, Grain, Key, Level, Name, Place, PlaceName,
    Policy, ProblemKind, Record, Role, Snapshot, Subject, User, UserGroup, crm, open_lines,
};

/// The vendor's entity and action, and ours.
const RIGHTS: [(&str, &str, PlaceName, Name<Action>); 10] = [
    ("LINES", "VIEW", LINE, VIEW),
    ("LINES", "MODIFY", LINE, MODIFY),
    ("CONNECTORS", "MODIFY", LINE, CONNECT),
    ("SESSION", "VIEW", CONVERSATION, VIEW),
    ("HISTORY", "VIEW", CONVERSATION, READ),
    ("JOIN", "PERFORM", CONVERSATION, JOIN),
    ("VOTE_HEAD", "PERFORM", CONVERSATION, RATE),
    ("SETTINGS", "MODIFY", SETTINGS, MODIFY),
    ("QUICK_ANSWERS", "MODIFY", QUICK_ANSWERS, MODIFY),
    ("SOFT_PAUSE_LIST", "VIEW", SOFT_PAUSE_LIST, VIEW),
];

/// `N` is the empty letter; a dash in a table is no row.
const LETTERS: [(&str, Name<Level>); 4] = [("N", NONE), ("A", OWN), ("D", DEPARTMENT), ("X", ANY)];

/// Entity and action, allowed levels, then Administrator, Director, Manager.
const TABLE: &str = "
    LINES           VIEW    N,A,D,X X X X
    LINES           MODIFY  N,A,D,X X X -
    CONNECTORS      MODIFY  N,A,D,X X X -
    SESSION         VIEW    N,A,D,X X X A
    HISTORY         VIEW    N,A,D,X X X A
    JOIN            PERFORM A,D,X   X X A
    VOTE_HEAD       PERFORM N,D,X   X X -
    SETTINGS        MODIFY  N,X     X - -
    QUICK_ANSWERS   MODIFY  N,X     X X -
    SOFT_PAUSE_LIST VIEW    N,X     X X -
";

/// What needs another right, of the same record.
const NEEDS: [(&str, &str, Name<Action>); 3] =
    [("LINES", "MODIFY", VIEW), ("CONNECTORS", "MODIFY", VIEW), ("VOTE_HEAD", "PERFORM", READ)];

const ROLES: [Name<Role>; 3] = [open_lines::ADMINISTRATOR, open_lines::DIRECTOR, open_lines::MANAGER];

fn right(entity: &str, action: &str) -> (PlaceName, Name<Action>) {
    let found = RIGHTS.iter().find(|(of, to, ..)| (*of, *to) == (entity, action)).unwrap();
    (found.2, found.3)
}

fn needed(entity: &str, action: &str) -> Option<Name<Action>> {
    NEEDS.iter().find(|(of, to, _)| (*of, *to) == (entity, action)).map(|(.., needed)| *needed)
}

#[test]
fn the_roles_are_the_table() {
    let roles = open_lines::roles();
    assert_eq!(roles[0], Role::new(open_lines::EVERYBODY).set(CONVERSATION, READ, OWN));
    assert!(roles[1..].iter().map(|role| &role.key).eq(&ROLES.map(Key::from)));
    for (number, role) in roles[1..].iter().enumerate() {
        let mut rights = 0;
        for (entity, action, columns) in rows(TABLE) {
            let (cell, (of, to)) = (columns[number + 1], right(entity, action));
            let expected = (cell != "-").then(|| Key::from(find(&LETTERS, cell)));
            assert_eq!(level_of(role, of, to), expected, "{:?} {entity} {action}", role.key);
            rights += usize::from(cell != "-");
        }
        assert_eq!((role.rights.len(), role.transitions.len()), (rights, 0), "{:?}", role.key);
    }
}

#[test]
fn each_action_of_each_entity_offers_the_levels_of_the_facts() {
    let vocabulary = open_lines::vocabulary();
    let rows = rows(TABLE);
    for (entity, action, columns) in &rows {
        let (of, to) = right(entity, action);
        let found = vocabulary.entities.iter().find(|known| known.key == Key::from(of)).unwrap();
        let offer = found.offers.iter().find(|offer| offer.action == Key::from(to)).unwrap();
        let levels = columns[0].split(',').map(|letter| Key::from(find(&LETTERS, letter)));
        assert!(offer.levels.iter().cloned().eq(levels), "{entity} {action}");
        assert!(
            offer.requires.iter().cloned().eq(needed(entity, action).map(Key::from)),
            "{entity} {action}"
        );
        assert_eq!(offer.finest, Grain::Entity);
        assert!(offer.standing.is_empty() && !offer.by_settings);
    }
    let offers: usize = vocabulary.entities.iter().map(|entity| entity.offers.len()).sum();
    assert_eq!((offers, vocabulary.levels.len()), (rows.len(), LETTERS.len()));
}

/// What is not on offer is a problem when the snapshot is compiled.
#[test]
fn nobody_can_be_given_no_joining_or_rating_of_his_own() {
    for (action, level) in [(JOIN, NONE), (RATE, OWN)] {
        let role = Role::new("tried").set(CONVERSATION, action, level);
        let policy = Policy::new(open_lines::vocabulary()).role(role);
        let problems = Snapshot::compile(&policy, &Directory::new()).unwrap_err();
        assert!(problems.iter().all(|problem| matches!(problem.kind(), ProblemKind::LevelNotOffered { .. })));
        assert_eq!(problems.iter().count(), 1);
    }
}

/// Sales with the viewer, calls below it with nights below that, and the stock beside.
fn company() -> Directory {
    Directory::new()
        .with(Department::new("company").head("chief"))
        .with(Department::new("sales").below("company"))
        .with(Department::new("calls").below("sales"))
        .with(Department::new("nights").below("calls"))
        .with(Department::new("stock").below("company"))
        .with(UserGroup::new("direction").member("stranger"))
        .with(User::new("viewer").sits_in("sales"))
        .with(User::new("mate").sits_in("sales"))
        .with(User::new("night").sits_in("nights"))
        .with(User::new("stranger").sits_in("stock"))
        .with(User::new("chief"))
        .with(User::new("outside"))
        .with(User::new("root").administrator())
}

fn held(roles: &[Role], combining: Combining) -> Snapshot {
    let mut policy = Policy::new(open_lines::vocabulary()).combining(combining).roles(roles.to_vec());
    for role in roles {
        policy = policy.assign(Assignment::new(&role.key, Subject::User("viewer".into())));
    }
    Snapshot::compile(&policy, &company()).unwrap()
}

/// Whose a record is, and the letters at which it is reached.
const PEOPLE: [(Option<&str>, &str); 6] = [
    (Some("viewer"), "ADX"),
    (Some("mate"), "DX"),
    (Some("night"), "DX"),
    (Some("stranger"), "X"),
    (Some("chief"), "X"),
    (None, "X"),
];

/// What the viewer may do, if that right is at this letter, and the one that it needs, if it needs one, at that.
fn assert_reaches(viewer: &Access<'_>, (entity, action): (&str, &str), letter: &str, needed: &str) {
    let (of, to) = right(entity, action);
    let user = |key: Option<&str>| viewer.snapshot().user(key);
    for (person, at) in PEOPLE {
        let expected = at.contains(letter) && at.contains(needed);
        let queue = [QUEUE.is(user(person))];
        let record = match of.entity_key() {
            "open_line" => Record::at(of).participants(&queue),
            _ => Record::at(of).owner(user(person)),
        };
        assert_eq!(viewer.check(to, &record).is_allowed(), expected, "{entity} {action} {letter} {person:?}");
    }
}

#[test]
fn each_level_reaches_what_its_letter_reaches_where_what_it_needs_does() {
    for (entity, action, columns) in rows(TABLE) {
        let (of, to) = right(entity, action);
        for letter in columns[0].split(',') {
            let tried = Role::new("tried").set(of, to, find(&LETTERS, letter));
            let needed = needed(entity, action);
            for (code, level) in LETTERS {
                let role = needed.into_iter().fold(tried.clone(), |role, needed| role.set(of, needed, level));
                let snapshot = held(&[role], Combining::default());
                let needs = if needed.is_some() { code } else { "X" };
                assert_reaches(&access(&snapshot, "viewer"), (entity, action), letter, needs);
            }
        }
    }
}

#[test]
fn the_roles_answer_as_the_table_says() {
    for (number, role) in open_lines::roles().into_iter().skip(1).enumerate() {
        let snapshot = held(&[role], Combining::default());
        for (entity, action, columns) in rows(TABLE) {
            assert_reaches(&access(&snapshot, "viewer"), (entity, action), columns[number + 1], "X");
        }
    }
}

#[test]
fn several_roles_unite_to_the_greatest_level_under_both_rules() {
    let ladder = ["N", "A", "D", "X"];
    for (at, one) in ladder.iter().enumerate() {
        for (to, other) in ladder.iter().enumerate() {
            let role = |key: &str, letter| Role::new(key).set(CONVERSATION, READ, find(&LETTERS, letter));
            for combining in [Combining::MostSpecific, Combining::MostPermissive] {
                let snapshot = held(&[role("one", one), role("other", other)], combining);
                let viewer = access(&snapshot, "viewer");
                assert_reaches(&viewer, ("HISTORY", "VIEW"), ladder[at.max(to)], "X");
            }
        }
    }
}

#[test]
fn administrators_have_the_maximum_of_every_cell() {
    let snapshot = held(&[], Combining::default());
    for (entity, action, _) in rows(TABLE) {
        let (of, to) = right(entity, action);
        assert!(access(&snapshot, "root").check(to, &Record::at(of)).is_allowed(), "{entity} {action}");
        assert!(access(&snapshot, "viewer").check(to, &Record::at(of)).is_denied(), "{entity} {action}");
    }
}

#[test]
fn a_line_is_his_who_is_in_its_queue_or_changed_it_last() {
    let tried = |level| Role::new("tried").set(LINE, VIEW, level);
    for (level, by_queue, by_changer) in
        [(OWN, ["viewer"].as_slice(), "viewer"), (DEPARTMENT, &["viewer", "mate", "night"], "viewer")]
    {
        let snapshot = held(&[tried(level)], Combining::default());
        let viewer = access(&snapshot, "viewer");
        for person in ["viewer", "mate", "night", "stranger"] {
            let line = |people| Record::at(LINE).participants(people);
            let (queue, changer) =
                ([QUEUE.is(snapshot.user(person))], [LAST_CHANGED_BY.is(snapshot.user(person))]);
            assert_eq!(viewer.check(VIEW, &line(&queue)).is_allowed(), by_queue.contains(&person));
            assert_eq!(viewer.check(VIEW, &line(&changer)).is_allowed(), by_changer == person);
        }
    }
}

#[test]
fn the_operator_reads_without_any_right_and_does_nothing_else() {
    let mut policy = Policy::new(open_lines::vocabulary()).role(open_lines::everybody());
    policy = policy.assign(Assignment::new(open_lines::EVERYBODY, Subject::SignedIn));
    let snapshot = Snapshot::compile(&policy, &company()).unwrap();
    let own = Record::at(CONVERSATION).owner(snapshot.user("outside"));
    assert!(access(&snapshot, "outside").check(READ, &own).is_allowed());
    assert!(access(&snapshot, "viewer").check(READ, &own).is_denied());
    for action in [VIEW, JOIN, RATE] {
        assert!(access(&snapshot, "outside").check(action, &own).is_denied());
    }
}

#[test]
fn the_roles_are_given_as_the_product_gives_them() {
    let mut policy = Policy::new(open_lines::vocabulary()).roles(open_lines::roles());
    policy.assignments = open_lines::default_assignments("sales", "direction");
    let snapshot = Snapshot::compile(&policy, &company()).unwrap();
    let may = |user: &str, of: PlaceName, action| {
        let own = Record::at(of).owner(snapshot.user(user));
        access(&snapshot, user).check(action, &own).is_allowed()
    };
    assert!(may("night", CONVERSATION, JOIN) && !may("night", QUICK_ANSWERS, MODIFY));
    assert!(may("stranger", QUICK_ANSWERS, MODIFY) && !may("stranger", SETTINGS, MODIFY));
    assert!(may("root", SETTINGS, MODIFY));
    assert!(
        may("chief", CONVERSATION, READ) && !may("chief", CONVERSATION, JOIN),
        "he is not below the root"
    );
}

/// CRM with open lines beside it: nothing of either is lost, and what they share is the same.
#[test]
fn beside_crm_conversations_are_linked_to_it() {
    let (both, own, crm) =
        (open_lines::beside(crm::vocabulary()), open_lines::vocabulary(), crm::vocabulary());
    assert_eq!(both.entities.len(), own.entities.len() + crm.entities.len());
    assert!(own.parties.iter().enumerate().all(|(at, party)| both.parties[at] == *party));
    assert!(crm.parties.iter().enumerate().all(|(at, party)| both.parties[at] == *party));
    for level in own.levels.iter().chain(&crm.levels) {
        assert_eq!(both.levels.iter().filter(|other| other.key == level.key).collect::<Vec<_>>(), [level]);
    }
    assert!(own.actions.iter().chain(&crm.actions).all(|action| both.actions.contains(action)));
    for entity in &both.entities {
        for offer in &entity.offers {
            let opens =
                entity.key == Key::from(CONVERSATION) && [READ, JOIN].map(Key::from).contains(&offer.action);
            let through: Vec<String> =
                offer.through.iter().map(|right| format!("{} {}", right.entity, right.action)).collect();
            let expected: &[&str] =
                if opens { &["lead read", "deal read", "contact read", "company read"] } else { &[] };
            assert_eq!(through, expected, "{} {}", entity.key, offer.action);
        }
    }
    let mut deals_only = crm::vocabulary();
    deals_only.entities.retain(|entity| entity.key == Key::from(crm::DEAL));
    deals_only.entities[0].settings = None;
    let policy = Policy::new(open_lines::beside(deals_only)).roles(open_lines::roles());
    assert!(Snapshot::compile(&policy, &Directory::new()).is_ok());
}

#[test]
fn every_constant_is_in_the_compiled_vocabulary() {
    let snapshot = held(&[], Combining::default());
    for (_, _, of, action) in RIGHTS {
        assert_eq!(snapshot.place_of(of), Some(&Place::from(of)));
        assert!(snapshot.action(action).is_some());
    }
    for (key, party) in [("responsible", OPERATOR), ("queue", QUEUE), ("last_changed_by", LAST_CHANGED_BY)] {
        assert_eq!(snapshot.party(key), Some(party));
    }
}
