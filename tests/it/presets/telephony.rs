//! Telephony against the tables of section 4, cell by cell.

use super::{access, find, level_of, rows};
use bailiwick::telephony::{
    ANY, BALANCE, CALL, CALL_DETAIL, CALL_RECORD, COLLEAGUE, COLLEAGUES, CRM_NUMBERS, DEPARTMENT, EMPLOYEE,
    IN_CRM, LINE, LISTEN, MODIFY, NONE, OWN, PERFORM, SETTINGS, USER, VIEW,
};
use bailiwick::{
    Action, Assignment, Combining, Department, Directory, Entity, Grain, Key, Level, Name, Place, PlaceName,
    Policy, Record, Role, Snapshot, Subject, User, telephony,
};

const ENTITIES: [(&str, PlaceName); 7] = [
    ("CALL_DETAIL", CALL_DETAIL),
    ("CALL_RECORD", CALL_RECORD),
    ("CALL", CALL),
    ("USER", USER),
    ("SETTINGS", SETTINGS),
    ("LINE", LINE),
    ("BALANCE", BALANCE),
];

const ACTIONS: [(&str, Name<Action>); 4] =
    [("VIEW", VIEW), ("LISTEN", LISTEN), ("MODIFY", MODIFY), ("PERFORM", PERFORM)];

/// `N` is the empty letter; a dash in a table is no row.
const LETTERS: [(&str, Name<Level>); 6] =
    [("N", NONE), ("A", OWN), ("D", DEPARTMENT), ("X", ANY), ("C", CRM_NUMBERS), ("K", COLLEAGUES)];

/// Entity and action, allowed levels, then Administrator, Director, Dept head, Manager.
const TABLE: &str = "
    CALL_DETAIL VIEW    N,A,D,X X X D A
    CALL_RECORD LISTEN  N,A,D,X X X D A
    CALL_RECORD MODIFY  N,A,D,X - - - -
    CALL        PERFORM N,C,K,X X X X X
    USER        MODIFY  N,A,D,X X - - -
    SETTINGS    MODIFY  N,X     X - - -
    LINE        MODIFY  N,X     X - - -
    BALANCE     MODIFY  N,X     - - - -
";

const ROLES: [Name<Role>; 4] =
    [telephony::ADMINISTRATOR, telephony::DIRECTOR, telephony::DEPARTMENT_HEAD, telephony::MANAGER];

#[test]
fn the_roles_are_the_table() {
    let roles = telephony::roles();
    assert!(roles.iter().map(|role| &role.key).eq(&ROLES.map(Key::from)));
    for (number, role) in roles.iter().enumerate() {
        let mut rights = 0;
        for (entity, action, columns) in rows(TABLE) {
            let cell = columns[number + 1];
            let expected = (cell != "-").then(|| Key::from(find(&LETTERS, cell)));
            let said = level_of(role, find(&ENTITIES, entity), find(&ACTIONS, action));
            assert_eq!(said, expected, "{:?} {entity} {action}", role.key);
            rights += usize::from(cell != "-");
        }
        assert_eq!((role.rights.len(), role.transitions.len()), (rights, 0), "{:?}", role.key);
    }
}

fn entity(entities: &[Entity], name: PlaceName) -> &Entity {
    entities.iter().find(|entity| entity.key == Key::from(name)).unwrap()
}

#[test]
fn each_action_of_each_entity_offers_the_levels_of_the_facts() {
    let vocabulary = telephony::vocabulary();
    let rows = rows(TABLE);
    for (entity_code, action, columns) in &rows {
        let action = Key::from(find(&ACTIONS, action));
        let entity = entity(&vocabulary.entities, find(&ENTITIES, entity_code));
        let offer = entity.offers.iter().find(|offer| offer.action == action).unwrap();
        let levels = columns[0].split(',').map(|letter| Key::from(find(&LETTERS, letter)));
        assert!(offer.levels.iter().cloned().eq(levels), "{entity_code} {action}");
        assert_eq!(offer.finest, Grain::Entity);
        assert!(offer.requires.is_empty() && offer.standing.is_empty() && !offer.by_settings);
    }
    let offers: usize = vocabulary.entities.iter().map(|entity| entity.offers.len()).sum();
    assert_eq!((offers, vocabulary.entities.len()), (rows.len(), ENTITIES.len()));
    assert_eq!(vocabulary.levels.len(), LETTERS.len());
}

/// Sales with the viewer, calls below it with nights below that, and the stock beside.
fn company() -> Directory {
    Directory::new()
        .with(Department::new("company").head("chief"))
        .with(Department::new("sales").below("company"))
        .with(Department::new("calls").below("sales"))
        .with(Department::new("nights").below("calls"))
        .with(Department::new("stock").below("company"))
        .with(User::new("viewer").sits_in("sales"))
        .with(User::new("mate").sits_in("sales"))
        .with(User::new("caller").sits_in("calls"))
        .with(User::new("night").sits_in("nights"))
        .with(User::new("stranger").sits_in("stock"))
        .with(User::new("chief"))
        .with(User::new("root").administrator())
}

fn held(roles: &[Role]) -> Snapshot {
    let mut policy = Policy::new(telephony::vocabulary()).roles(roles.to_vec());
    for role in roles {
        policy = policy.assign(Assignment::new(&role.key, Subject::User("viewer".into())));
    }
    Snapshot::compile(&policy, &company()).unwrap()
}

/// Who owns the record, or what the number is; and the letters at which it is reached.
const PEOPLE: [(Option<&str>, &str); 7] = [
    (Some("viewer"), "ADX"),
    (Some("mate"), "DX"),
    (Some("caller"), "DX"),
    (Some("night"), "DX"),
    (Some("stranger"), "X"),
    (Some("chief"), "X"),
    (None, "X"),
];
const NUMBERS: [(bool, bool, &str); 4] =
    [(true, false, "CKX"), (true, true, "CKX"), (false, true, "KX"), (false, false, "X")];

/// What the right at this letter answers for every kind of record.
fn assert_reaches(snapshot: &Snapshot, of: PlaceName, action: Name<Action>, letter: &str) {
    let viewer = access(snapshot, "viewer");
    for (owner, at) in PEOPLE {
        let record = Record::at(of).owner(snapshot.user(owner));
        let expected = at.contains(letter) && !letter.contains(['C', 'K']);
        assert_eq!(viewer.check(action, &record).is_allowed(), expected, "{of:?} {letter} {owner:?}");
    }
    for (in_crm, colleague, at) in NUMBERS {
        let record = Record::at(of).flag_if(IN_CRM, in_crm).flag_if(COLLEAGUE, colleague);
        let expected = at.contains(letter) && !letter.contains(['A', 'D']);
        assert_eq!(
            viewer.check(action, &record).is_allowed(),
            expected,
            "{of:?} {letter} {in_crm} {colleague}"
        );
    }
}

#[test]
fn each_level_reaches_what_its_letter_reaches() {
    for (entity, action, columns) in rows(TABLE) {
        let (of, action) = (find(&ENTITIES, entity), find(&ACTIONS, action));
        for letter in columns[0].split(',') {
            let role = Role::new("tried").set(of, action, find(&LETTERS, letter));
            assert_reaches(&held(&[role]), of, action, letter);
        }
    }
}

#[test]
fn the_roles_answer_as_the_table_says() {
    for (number, role) in telephony::roles().into_iter().enumerate() {
        let snapshot = held(&[role]);
        for (entity, action, columns) in rows(TABLE) {
            assert_reaches(&snapshot, find(&ENTITIES, entity), find(&ACTIONS, action), columns[number + 1]);
        }
    }
}

/// The maximum letter of two roles is their union: a cell holds A and D, or C and K, and never one of each.
#[test]
fn several_roles_unite_to_the_greatest_level_under_both_rules() {
    let ladders: [(PlaceName, Name<Action>, &[&str]); 2] =
        [(CALL_RECORD, LISTEN, &["N", "A", "D", "X"]), (CALL, PERFORM, &["N", "C", "K", "X"])];
    for (of, action, ladder) in ladders {
        for (at, one) in ladder.iter().enumerate() {
            for (to, other) in ladder.iter().enumerate() {
                let role = |key: &str, letter| Role::new(key).set(of, action, find(&LETTERS, letter));
                let mut policy = Policy::new(telephony::vocabulary())
                    .roles([role("one", one), role("other", other)])
                    .assign(Assignment::new("one", Subject::User("viewer".into())))
                    .assign(Assignment::new("other", Subject::SignedIn));
                for combining in [Combining::MostSpecific, Combining::MostPermissive] {
                    policy = policy.combining(combining);
                    let snapshot = Snapshot::compile(&policy, &company()).unwrap();
                    assert_reaches(&snapshot, of, action, ladder[at.max(to)]);
                }
            }
        }
    }
}

#[test]
fn administrators_have_the_maximum_of_every_cell() {
    let snapshot = held(&[]);
    for (entity, action, _) in rows(TABLE) {
        let record = Record::at(find(&ENTITIES, entity));
        assert!(access(&snapshot, "root").check(find(&ACTIONS, action), &record).is_allowed(), "{entity}");
        assert!(access(&snapshot, "mate").check(find(&ACTIONS, action), &record).is_denied(), "{entity}");
    }
}

#[test]
fn the_verifier_listens_and_does_nothing_else() {
    let snapshot = held(&[telephony::verifier()]);
    for (entity, action, _) in rows(TABLE) {
        let record = Record::at(find(&ENTITIES, entity)).owner(snapshot.user("stranger")).flag(IN_CRM);
        let expected = ["VIEW", "LISTEN"].contains(&action);
        let answer = access(&snapshot, "viewer").check(find(&ACTIONS, action), &record);
        assert_eq!(answer.is_allowed(), expected, "{entity} {action}");
    }
}

#[test]
fn the_roles_are_given_as_the_product_gives_them() {
    let mut policy = Policy::new(telephony::vocabulary()).roles(telephony::roles());
    policy.assignments = telephony::default_assignments("sales");
    let snapshot = Snapshot::compile(&policy, &company()).unwrap();
    let may = |user: &str, of: PlaceName, action| {
        let own = Record::at(of).owner(snapshot.user(user));
        access(&snapshot, user).check(action, &own).is_allowed()
    };
    assert!(may("night", CALL_RECORD, LISTEN) && !may("night", SETTINGS, MODIFY));
    assert!(!may("stranger", CALL_RECORD, LISTEN), "he is not below the root");
    assert!(may("root", SETTINGS, MODIFY));
    let roles: Vec<_> = policy.assignments.iter().map(|assignment| &assignment.role).collect();
    assert_eq!(roles, [&telephony::ADMINISTRATOR.into(), &telephony::MANAGER.into()]);
}

#[test]
fn every_constant_is_in_the_compiled_vocabulary() {
    let snapshot = held(&[]);
    for (code, entity) in ENTITIES {
        assert_eq!(snapshot.place_of(entity), Some(&Place::from(entity)), "{code}");
    }
    for (code, action) in ACTIONS {
        assert!(snapshot.action(action).is_some(), "{code}");
    }
    assert_eq!(telephony::vocabulary().actions.len(), ACTIONS.len());
    assert_eq!(snapshot.party("employee"), Some(EMPLOYEE));
    assert_eq!((snapshot.flag("in_crm"), snapshot.flag("colleague")), (Some(IN_CRM), Some(COLLEAGUE)));
}
