//! The portal against section 9, row by row.

use super::{access, find, rows};
use bailiwick::portal::{
    ACCOUNT, ADD, ADMIN_MODE, ADMINISTER, CALENDAR, CHAT, CRM, DOCUMENT, DRIVE, FEED, GROUP, Module, OPEN,
    PARTICIPANT, PORTAL, READ, REPORT, Reader, SECTION, SYSTEM, UPDATE, WORK,
};
use bailiwick::{
    Action, Department, Directory, Key, Moment, Name, PlaceName, Policy, Record, Snapshot, Subject, User,
    UserGroup, Vocabulary, portal,
};

const ENTITIES: [(&str, PlaceName); 12] = [
    ("document", DOCUMENT),
    ("section", SECTION),
    ("crm", CRM),
    ("portal", PORTAL),
    ("system", SYSTEM),
    ("report", REPORT),
    ("feed", FEED),
    ("group", GROUP),
    ("calendar", CALENDAR),
    ("drive", DRIVE),
    ("chat", CHAT),
    ("account", ACCOUNT),
];

const ACTIONS: [(&str, Name<Action>); 5] =
    [("read", READ), ("update", UPDATE), ("add", ADD), ("work", WORK), ("administer", ADMINISTER)];

/// Which records of a stranger's somebody in a group of the chain reaches: `-` none, `o` open ones, `*` all. The columns are the
/// groups, the lowest first.
const CHAIN: &str = "
    document read       o o * * * *
    document update     o o o o o o
    section  add        - * * * * *
    crm      work       - - - * * *
    portal   administer - - - - * *
    system   administer - - - - - *
";

/// What a kind of user reaches: `s` his own, `p` what he takes part in, `o` open ones, `b` that of people below him, `*` all. The
/// columns are extranet user, employee, head, administrator, administrator in admin mode.
const KINDS: &str = "
    report       read   s   s   sb  *   *
    feed         read   sp  spo spo spo *
    group        read   sp  spo spo spo *
    calendar     read   sp  spo spo spo *
    drive        read   sp  spo spo spo *
    chat         read   sp  sp  sp  sp  sp
    account      read   s   s   s   s   s
    feed,group,calendar,drive update s s s s *
    chat         update sp  sp  sp  sp  sp
    account      update s   s   s   s   s
    document     read   -   -   -   *   *
    document     update -   -   -   *   *
    section      add    -   -   -   *   *
    crm          work   -   -   -   *   *
    portal,system administer - - - * *
";

fn snapshot() -> Snapshot {
    let mut directory = Directory::new()
        .with(Department::new("company").head("head"))
        .with(Department::new("sales").below("company"))
        .with(User::new("head"))
        .with(User::new("below").sits_in("sales"))
        .with(User::new("employee").sits_in("sales"))
        .with(User::new("stranger"))
        .with(User::new("extranet"))
        .with(User::new("root").sits_in("sales").administrator());
    for group in portal::groups() {
        let member = format!("in {}", group.key);
        directory = directory.with(User::new(member.as_str())).with(group.member(member.as_str()));
    }
    let mut policy = Policy::new(portal::vocabulary()).roles(portal::roles());
    policy.assignments = portal::default_assignments();
    Snapshot::compile(&policy, &directory).unwrap()
}

#[test]
fn every_group_of_the_chain_has_what_the_lower_ones_have_and_its_own() {
    let snapshot = snapshot();
    for (entity, action, columns) in rows(CHAIN) {
        assert_eq!(columns.len(), portal::CHAIN.len());
        for (group, cell) in portal::CHAIN.iter().zip(&columns) {
            let member = access(&snapshot, &format!("in {}", group.text()));
            for open in [true, false] {
                let record = Record::at(find(&ENTITIES, entity)).owner(snapshot.user("stranger"));
                let answer = member.check(find(&ACTIONS, action), &record.flag_if(OPEN, open));
                let expected = *cell == "*" || open && *cell == "o";
                assert_eq!(answer.is_allowed(), expected, "{group:?} {action} {entity} open: {open}");
            }
        }
    }
}

#[test]
fn every_kind_of_user_reaches_what_the_table_says() {
    let snapshot = snapshot();
    let kinds = ["extranet", "employee", "head", "root", "root"];
    for (entity, action, columns) in rows(KINDS) {
        for (number, cell) in columns.iter().enumerate() {
            let viewer = kinds[number];
            let mode = (number == 4).then_some(ADMIN_MODE);
            let access = access(&snapshot, viewer).in_circumstances(mode);
            let parties = [PARTICIPANT.is(snapshot.user(viewer))];
            let standings = [
                ('s', viewer, false),
                ('p', "stranger", false),
                ('o', "stranger", true),
                ('b', "below", false),
            ];
            for (letter, owner, open) in standings {
                let record = Record::at(find(&ENTITIES, entity)).owner(snapshot.user(owner));
                let taking_part = if letter == 'p' { parties.as_slice() } else { &[] };
                let record = record.flag_if(OPEN, open).participants(taking_part);
                let answer = access.check(find(&ACTIONS, action), &record);
                let expected = cell.contains(letter) || *cell == "*";
                assert_eq!(answer.is_allowed(), expected, "{viewer} {mode:?} {action} {entity} {letter}");
            }
        }
    }
}

#[test]
fn nothing_of_the_vocabulary_is_without_a_row() {
    let asked = |entity: &Key<_>, action: &Key<Action>| {
        [CHAIN, KINDS].iter().any(|table| {
            rows(table)
                .iter()
                .any(|row| (Key::from(row.0), Key::from(row.1)) == (entity.clone(), action.clone()))
        })
    };
    for entity in portal::vocabulary().entities {
        for offer in &entity.offers {
            assert!(asked(&entity.key, &offer.action), "{:?} {:?}", entity.key, offer.action);
        }
    }
}

/// Groups of a user with their letters, a dash for none; the module's default; what he then has with the *right* reader and with
/// the *roles* reader.
const LETTERS: [(&[&str], &str, &str, &str); 12] = [
    (&[], "D", "D", "D"),
    (&[], "R", "R", "DR"),
    (&["-"], "R", "R", "DR"),
    (&["R"], "D", "R", "DR"),
    (&["R", "W"], "D", "W", "DRW"),
    (&["K", "R"], "D", "K", "DRK"),
    (&["D"], "W", "D", "DW"),
    (&["D", "R"], "W", "R", "DRW"),
    (&["K"], "R", "K", "RK"),
    (&["-", "K"], "R", "K", "RK"),
    (&["W"], "R", "W", "RW"),
    (&["D", "-"], "K", "D", "DK"),
];

/// The highest letter includes all lower ones.
const ORDER: &str = "DRKW";

/// What `anna`, who is in a group for each of these letters, may do of the actions that are called as the letters.
fn has(reader: Reader, letters: &[&str], default: &str, everyone: Option<&str>) -> String {
    let module = ["R", "K", "W"]
        .iter()
        .fold(Module::new("module", reader), |module, letter| module.letter(letter, [*letter]));
    let mut directory = Directory::new().with(User::new("anna")).with(User::new("root").administrator());
    let mut groups = Vec::new();
    for (at, letter) in letters.iter().enumerate() {
        directory = directory.with(UserGroup::new(at as u32).member("anna"));
        groups.push((Subject::UserGroup((at as u32).into()), Some(*letter).filter(|it| *it != "-")));
    }
    groups.extend(everyone.map(|letter| (Subject::Everyone, Some(letter))));
    let mut policy = Policy::new(module.join(Vocabulary::new())).roles(module.roles());
    policy.assignments = module.assignments(default, groups);
    let snapshot = Snapshot::compile(&policy, &directory).unwrap();
    let record = Record::at(module.place(&snapshot));
    assert_eq!(access(&snapshot, "root").actions(&record).len(), 3, "administrators have W");
    let anna = snapshot.access(snapshot.user("anna"), Moment::from_unix_seconds(0));
    let may = |letter: &char| anna.check(snapshot.action(letter.to_string().as_str()), &record).is_allowed();
    ORDER.chars().filter(may).collect()
}

#[test]
fn the_right_reader_takes_the_highest_letter_and_the_default_where_there_is_none() {
    for (letters, default, right, _) in LETTERS {
        let reached = ORDER.find(right).unwrap();
        assert_eq!(has(Reader::Right, letters, default, None), ORDER[1..=reached], "{letters:?} {default}");
    }
    assert_eq!(has(Reader::Right, &[], "W", Some("R")), "R", "everyone is a group as well");
}

#[test]
fn the_roles_reader_takes_all_letters_and_the_default_of_every_group_without_one() {
    for (letters, default, _, roles) in LETTERS {
        let given: String = roles.chars().filter(|letter| *letter != 'D').collect();
        assert_eq!(has(Reader::Roles, letters, default, None), given, "{letters:?} {default}");
    }
    assert_eq!(has(Reader::Roles, &["K"], "R", Some("D")), "K", "no group of hers is without a letter");
    assert_eq!(has(Reader::Roles, &["-", "K"], "R", Some("D")), "RK", "one is");
}

#[test]
fn a_letter_that_the_module_lacks_is_a_problem() {
    let module = Module::new("forum", Reader::Right).letter("R", ["read"]);
    let mut policy = Policy::new(module.join(Vocabulary::new())).roles(module.roles());
    policy.assignments = module.assignments("R", [(Subject::SignedIn, Some("Q"))]);
    let problems = Snapshot::compile(&policy, &Directory::new()).unwrap_err();
    assert_eq!(problems.iter().map(|it| it.code()).collect::<Vec<_>>(), ["unknown"]);
}
