//! CRM against the tables of section 2, cell by cell.
//!
use super::{access, find, level_of, rows};
use bailiwick::crm::{
    ALL, ALL_OPEN, ALWAYS_READABLE, AUTOMATE, CALL_ASSESSMENT, COMPANY, CONFIGURE, CONTACT,
    CONTRACTOR_SETTINGS, CREATE, DEAL, DELETE, DEPARTMENT, DEPARTMENT_AND_OPEN, EXCLUSION, EXPORT, IMPORT,
    INVOICE, LEAD, NONE, OBSERVER, OPEN, ORDER, OWN, OWN_AND_OPEN, PERSONALIZE, QUOTE, READ, REPEAT_SALES,
    RESPONSIBLE, SALES_TARGET, SETTINGS, SHOW_SUMS, SMART_INVOICE, SOLUTION_LIST, SUBDEPARTMENTS, UPDATE,
    WEB_FORM, WEB_FORM_SETTINGS, WIDGET, WIDGET_SETTINGS,
};
use bailiwick::{
    Action, Assignment, Decision, Denial, Department, Directory, Entity, Grain, Key, Level, Name, Pipeline,
    Place, PlaceName, Policy, Record, Relations, Role, Snapshot, Subject, Targets, User, UserGroup, crm,
    preset,
};

const ENTITIES: [(&str, PlaceName); 19] = [
    ("LEAD", LEAD),
    ("DEAL", DEAL),
    ("CONTACT", CONTACT),
    ("COMPANY", COMPANY),
    ("QUOTE", QUOTE),
    ("INVOICE", INVOICE),
    ("SMART_INVOICE", SMART_INVOICE),
    ("ORDER", ORDER),
    ("SALETARGET", SALES_TARGET),
    ("EXCLUSION", EXCLUSION),
    ("WEBFORM", WEB_FORM),
    ("BUTTON", WIDGET),
    ("CCA", CALL_ASSESSMENT),
    ("RS", REPEAT_SALES),
    ("CONFIG", SETTINGS),
    ("WEBFORM_CONFIG", WEB_FORM_SETTINGS),
    ("BUTTON_CONFIG", WIDGET_SETTINGS),
    ("CONTRACTOR_CONFIG", CONTRACTOR_SETTINGS),
    ("AUTOMATED_SOLUTION", SOLUTION_LIST),
];

const OPERATIONS: [(&str, Name<Action>); 10] = [
    ("READ", READ),
    ("ADD", CREATE),
    ("WRITE", UPDATE),
    ("DELETE", DELETE),
    ("EXPORT", EXPORT),
    ("IMPORT", IMPORT),
    ("AUTOMATION", AUTOMATE),
    ("HIDE_SUM", SHOW_SUMS),
    ("MYCARDVIEW", PERSONALIZE),
    ("CONFIG", CONFIGURE),
];

/// `N` is an explicit "none"; a dash in a table is no row.
const LETTERS: [(&str, Name<Level>); 8] = [
    ("N", NONE),
    ("A", OWN),
    ("D", DEPARTMENT),
    ("F", SUBDEPARTMENTS),
    ("O", ALL_OPEN),
    ("X", ALL),
    ("AO", OWN_AND_OPEN),
    ("DO", DEPARTMENT_AND_OPEN),
];

/// Section 2.10, the present roles, columns ADMIN HEAD DEPUTY MANAGER OBSERVER.
const PRESENT: &str = "
    LEAD,DEAL,CONTACT,COMPANY,QUOTE,INVOICE,SMART_INVOICE READ       X X D A A
    LEAD,DEAL,CONTACT,COMPANY,QUOTE,INVOICE,SMART_INVOICE ADD        X X D A -
    LEAD,DEAL,CONTACT,COMPANY,QUOTE,INVOICE,SMART_INVOICE WRITE      X X D A -
    LEAD,DEAL,CONTACT,COMPANY,QUOTE,INVOICE,SMART_INVOICE DELETE     X X D N -
    LEAD,DEAL,CONTACT,COMPANY,QUOTE,INVOICE,SMART_INVOICE EXPORT     X X D N -
    LEAD,CONTACT,COMPANY                                  IMPORT     X X D A -
    DEAL,QUOTE,INVOICE,SMART_INVOICE                      IMPORT     X X D N -
    LEAD,DEAL,SMART_INVOICE                               AUTOMATION X X X N -
    LEAD,DEAL,QUOTE,SMART_INVOICE                         HIDE_SUM   X X X N -
    LEAD,DEAL,CONTACT,COMPANY,QUOTE,INVOICE,SMART_INVOICE MYCARDVIEW X X X N -
    LEAD,DEAL                                             TRANSITION ANY ANY ANY ANY -
    QUOTE,SMART_INVOICE                                   TRANSITION ANY ANY ANY - -
    CONFIG                                                WRITE      X - - - -
    SALETARGET                                            READ       X X D A -
    SALETARGET                                            WRITE      X X X - -
    EXCLUSION                                             READ       X X X X -
    EXCLUSION                                             WRITE      X X X - -
    CCA,RS                                                READ       X X X X -
    CCA,RS                                                WRITE      X X X X -
";

/// Section 2.10, the classic roles, columns Administrator Director Head Manager. Any stage could be reached (2.7).
const CLASSIC: &str = "
    LEAD,DEAL,CONTACT,QUOTE,INVOICE READ,ADD,WRITE,DELETE,EXPORT,IMPORT X X D A
    COMPANY                         READ,ADD,WRITE,DELETE,EXPORT,IMPORT X X X X
    WEBFORM,BUTTON,EXCLUSION        READ,WRITE                          X X X X
    CONFIG                          WRITE                               X - - -
    LEAD,DEAL,QUOTE                 TRANSITION                          ANY ANY ANY ANY
";

/// Section 2.1: entities, operations, levels, finest place.
const ON_OFFER: &str = "
    LEAD,DEAL,SMART_INVOICE READ,ADD,WRITE,DELETE,EXPORT,IMPORT N,A,D,F,O,X,AO,DO stage
    CONTACT,COMPANY         READ,ADD,WRITE,DELETE,EXPORT,IMPORT N,A,D,F,O,X,AO,DO pipeline
    QUOTE,INVOICE,ORDER     READ,ADD,WRITE,DELETE,EXPORT,IMPORT N,A,D,F,O,X,AO,DO entity
    LEAD,DEAL,SMART_INVOICE,CONTACT,COMPANY MYCARDVIEW          N,X               pipeline
    QUOTE,INVOICE,ORDER     MYCARDVIEW                          N,X               entity
    LEAD,DEAL,SMART_INVOICE AUTOMATION                          N,X               pipeline
    ORDER                   AUTOMATION                          N,X               entity
    LEAD,DEAL,SMART_INVOICE HIDE_SUM                            N,X               stage
    QUOTE,ORDER             HIDE_SUM                            N,X               entity
    SALETARGET              READ                                N,A,D,F,X         entity
    SALETARGET              WRITE                               N,X               entity
    EXCLUSION,WEBFORM,BUTTON,CCA,RS READ,WRITE                  N,X               entity
    CONFIG,WEBFORM_CONFIG,BUTTON_CONFIG,CONTRACTOR_CONFIG WRITE N,X               entity
    AUTOMATED_SOLUTION      WRITE,CONFIG                        N,X               entity
";

/// The roles say what the table says, and nothing else.
fn assert_says(roles: &[Role], table: &str) {
    for (number, role) in roles.iter().enumerate() {
        let (mut rights, mut transitions) = (0, 0);
        for (entity, operation, columns) in rows(table) {
            assert_eq!(columns.len(), roles.len(), "{entity} {operation}");
            let (cell, place) = (columns[number], find(&ENTITIES, entity));
            if operation == "TRANSITION" {
                let from = |it: &&bailiwick::Transition| it.from == Place::from(place);
                let said = role.transitions.iter().find(from).map(|it| it.to.clone());
                assert_eq!(said, (cell == "ANY").then_some(Targets::Any), "{:?} {entity}", role.key);
                transitions += usize::from(cell != "-");
            } else {
                let expected = (cell != "-").then(|| Key::from(find(&LETTERS, cell)));
                let said = level_of(role, place, find(&OPERATIONS, operation));
                assert_eq!(said, expected, "{:?} {entity} {operation}", role.key);
                rights += usize::from(cell != "-");
            }
        }
        assert_eq!((role.rights.len(), role.transitions.len()), (rights, transitions), "{:?}", role.key);
    }
}

#[test]
fn the_present_roles_are_the_table() {
    let keys = [crm::ADMINISTRATOR, crm::DIRECTOR, crm::DEPARTMENT_HEAD, crm::MANAGER, crm::READER];
    assert!(crm::roles().iter().map(|role| &role.key).eq(&keys.map(Key::from)));
    assert_says(&crm::roles(), PRESENT);
}

#[test]
fn the_classic_roles_are_the_table() {
    let keys = [crm::ADMINISTRATOR, crm::DIRECTOR, crm::DEPARTMENT_HEAD, crm::MANAGER];
    assert!(crm::classic_roles().iter().map(|role| &role.key).eq(&keys.map(Key::from)));
    assert_says(&crm::classic_roles(), CLASSIC);
}

#[test]
fn the_special_roles_are_what_they_are_called() {
    let special = [
        (crm::form_administrator(), "WEBFORM READ,WRITE X\nWEBFORM_CONFIG WRITE X"),
        (crm::widget_administrator(), "BUTTON READ,WRITE X\nBUTTON_CONFIG WRITE X"),
        (crm::solution_list_administrator(), "AUTOMATED_SOLUTION WRITE,CONFIG X"),
    ];
    for (role, table) in special {
        assert_says(&[role], table);
    }
}

/// Sales, with the calls department below, and the stock beside. In sales sits one user for each role, named after it.
fn company(roles: &[Role]) -> Directory {
    let directory = Directory::new()
        .with(Department::new("company"))
        .with(Department::new("sales").below("company"))
        .with(Department::new("calls").below("sales"))
        .with(Department::new("stock").below("company"))
        .with(User::new("colleague").sits_in("sales"))
        .with(User::new("below").sits_in("calls"))
        .with(User::new("stranger").sits_in("stock"))
        .with(User::new("without_role").sits_in("sales"));
    roles.iter().fold(directory, |directory, role| {
        directory.with(User::new(role.key.text().as_ref()).sits_in("sales"))
    })
}

fn given_each(roles: &[Role]) -> Snapshot {
    let mut policy = Policy::new(crm::vocabulary()).roles(roles.to_vec());
    for role in roles {
        let user = Subject::User(role.key.text().as_ref().into());
        policy = policy.assign(Assignment::new(&role.key, user));
    }
    Snapshot::compile(&policy, &company(roles)).unwrap()
}

/// Records by how a viewer in sales stands to them, with the letters at which each is reached.
const STANDINGS: [(&str, &str); 5] = [
    ("own", "ADFOX"),
    ("colleague's", "DFOX"),
    ("below's", "FOX"),
    ("open stranger's", "OX"),
    ("stranger's", "X"),
];

fn record<'a>(snapshot: &Snapshot, of: PlaceName, standing: &str, viewer: &str) -> Record<'a> {
    let owner = match standing {
        "own" => viewer,
        "colleague's" => "colleague",
        "below's" => "below",
        _ => "stranger",
    };
    assert!(snapshot.user(owner).is_some());
    Record::at(of).owner(snapshot.user(owner)).flag_if(OPEN, standing.starts_with("open"))
}

/// Whether the settings of CRM include the operation (2.8).
fn by_settings(entity: &str, operation: &str) -> bool {
    let included = ["AUTOMATION", "HIDE_SUM", "MYCARDVIEW"].contains(&operation);
    included && rows(ON_OFFER).iter().any(|row| (row.0, row.1) == (entity, operation))
}

/// Every cell of the table, asked of the compiled snapshot with every kind of record; and no other cell gives anything.
fn assert_answers(roles: &[Role], table: &str) {
    let snapshot = given_each(roles);
    let rows = rows(table);
    let letter = |entity: &str, operation: &str, number: usize| {
        let row = rows.iter().find(|row| (row.0, row.1) == (entity, operation));
        row.map_or("-", |row| row.2[number]).to_owned()
    };
    let mut asked = 0;
    for (number, role) in roles.iter().enumerate() {
        let viewer = role.key.text();
        let access = access(&snapshot, &viewer);
        for (entity, of) in ENTITIES {
            let read = letter(entity, "READ", number);
            for (operation, action) in OPERATIONS {
                let includes = letter("CONFIG", "WRITE", number) == "X" && by_settings(entity, operation);
                let given = if includes { "X".to_owned() } else { letter(entity, operation, number) };
                for (standing, at) in STANDINGS {
                    let needs_read = ["WRITE", "DELETE"].contains(&operation) && !entity.contains("CONFIG");
                    let expected = at.contains(&given) && (!needs_read || at.contains(&read));
                    let answer = access.check(action, &record(&snapshot, of, standing, &viewer));
                    assert_eq!(answer.is_allowed(), expected, "{viewer}: {operation} {standing} {entity}");
                    asked += 1;
                }
            }
        }
    }
    assert_eq!(asked, roles.len() * 19 * 10 * 5);
}

#[test]
fn the_present_roles_answer_as_the_table_says() {
    assert_answers(&crm::roles(), PRESENT);
}

#[test]
fn the_classic_roles_answer_as_the_table_says() {
    assert_answers(&crm::classic_roles(), CLASSIC);
}

#[test]
fn transitions_are_given_as_the_tables_say() {
    for (roles, table) in [(crm::roles(), PRESENT), (crm::classic_roles(), CLASSIC)] {
        let snapshot = given_each(&roles);
        let way = [
            ("LEAD", crm::lead::NEW, crm::lead::JUNK),
            ("DEAL", crm::deal::WON, crm::deal::NEW),
            ("QUOTE", crm::quote::DRAFT, crm::quote::APOLOGY),
            ("SMART_INVOICE", crm::smart_invoice::SENT, crm::smart_invoice::PAID),
        ];
        for (number, role) in roles.iter().enumerate() {
            let viewer = role.key.text();
            for (entity, from, to) in way {
                let says = |operation: &str| {
                    let rows = rows(table).into_iter();
                    rows.filter(|row| (row.0, row.1) == (entity, operation)).any(|row| row.2[number] != "-")
                };
                let expected = match (says("WRITE"), says("TRANSITION")) {
                    (true, true) => Decision::Allowed,
                    (true, false) => Decision::Denied(Denial::NoTransition),
                    (false, _) => Decision::Denied(Denial::NothingGiven),
                };
                let own = record(&snapshot, from, "own", &viewer);
                let answer = access(&snapshot, &viewer).relocate(&own, to);
                assert_eq!(answer, expected, "{viewer}: {entity}");
            }
            let invoice = record(&snapshot, crm::invoice::DRAFT, "own", &viewer);
            let may_update = access(&snapshot, &viewer).check(UPDATE, &invoice).is_allowed();
            let moved = access(&snapshot, &viewer).relocate(&invoice, crm::invoice::PAID);
            assert_eq!(moved.is_allowed(), may_update, "{viewer}: old invoices move freely");
        }
    }
}

#[test]
fn each_action_of_each_entity_offers_the_levels_of_the_facts() {
    let vocabulary = crm::vocabulary();
    let rows = rows(ON_OFFER);
    for (code, name) in ENTITIES {
        let entity = entity(&vocabulary.entities, name);
        let expected: Vec<_> = rows.iter().filter(|row| row.0 == code).collect();
        assert_eq!(entity.offers.len(), expected.len(), "{code}");
        for (_, operation, columns) in expected {
            let action = Key::from(find(&OPERATIONS, operation));
            let offer = entity.offers.iter().find(|offer| offer.action == action).unwrap();
            let mut levels: Vec<Key<Level>> =
                columns[0].split(',').map(|letter| find(&LETTERS, letter).into()).collect();
            let mut offered = offer.levels.clone();
            levels.sort();
            offered.sort();
            assert_eq!(offered, levels, "{code} {operation}");
            let finest = match columns[1] {
                "entity" => Grain::Entity,
                "pipeline" => Grain::Pipeline,
                _ => Grain::Stage,
            };
            assert_eq!(offer.finest, finest, "{code} {operation}");
        }
    }
    assert_eq!(vocabulary.entities.len(), ENTITIES.len(), "an entity without a row");
}

fn entity(entities: &[Entity], name: PlaceName) -> &Entity {
    entities.iter().find(|entity| entity.key == Key::from(name)).unwrap()
}

#[test]
fn each_level_reaches_what_its_letter_reaches() {
    for (letter, level) in LETTERS {
        let role = Role::new("tried").set(DEAL, READ, level);
        let snapshot = given_each(&[role]);
        let access = access(&snapshot, "tried");
        for (standing, at) in STANDINGS {
            let expected = match letter {
                "AO" => ["own", "open stranger's"].contains(&standing),
                "DO" => ["own", "colleague's", "open stranger's"].contains(&standing),
                letter => at.contains(letter),
            };
            let answer = access.check(READ, &record(&snapshot, DEAL, standing, "tried"));
            assert_eq!(answer.is_allowed(), expected, "{letter}: {standing}");
        }
    }
    assert_eq!(crm::vocabulary().levels.len(), LETTERS.len());
}

#[test]
fn every_constant_is_in_the_compiled_vocabulary() {
    let snapshot = given_each(&crm::roles());
    for (code, entity) in ENTITIES {
        let place = snapshot.place_of(entity).unwrap_or_else(|| panic!("{code}"));
        assert_eq!(*place, Place::from(entity));
        assert_eq!(
            snapshot.entity(entity.entity_key()),
            Some(snapshot.place(entity, None::<&str>, None::<&str>))
        );
    }
    let director = access(&snapshot, "director");
    for (code, action) in OPERATIONS {
        assert!(snapshot.action(action).is_some(), "{code}");
        let answer = director.check(action, &Record::at(DEAL));
        assert_ne!(answer, Decision::Denied(Denial::UnknownAction), "{code}");
    }
    assert_eq!(crm::vocabulary().actions.len(), OPERATIONS.len());
    assert_eq!(snapshot.party("responsible"), Some(RESPONSIBLE));
    assert_eq!(snapshot.party("observer"), Some(OBSERVER));
    assert_eq!(snapshot.flag("open"), Some(OPEN));
    assert_eq!(snapshot.flag("always_readable"), Some(ALWAYS_READABLE));
    let general = snapshot.place(DEAL, crm::GENERAL, "won");
    assert_eq!(snapshot.place_of(general), Some(&Place::from(crm::deal::WON)));
}

#[test]
fn every_stage_is_in_the_compiled_vocabulary() {
    use crm::{deal, invoice, lead, quote, smart_invoice};
    let snapshot = given_each(&[]);
    let stages: [&[PlaceName]; 5] = [
        &[lead::NEW, lead::IN_PROCESS, lead::PROCESSED, lead::CONVERTED, lead::JUNK],
        &[
            deal::NEW,
            deal::PREPARATION,
            deal::PREPAYMENT_INVOICE,
            deal::EXECUTING,
            deal::FINAL_INVOICE,
            deal::WON,
            deal::LOST,
            deal::APOLOGY,
        ],
        &[quote::DRAFT, quote::SENT, quote::APPROVED, quote::DECLINED, quote::APOLOGY],
        &[invoice::DRAFT, invoice::SENT, invoice::PAID, invoice::DECLINED],
        &[smart_invoice::DRAFT, smart_invoice::SENT, smart_invoice::PAID, smart_invoice::DECLINED],
    ];
    let lists = [lead::STAGES, deal::STAGES, quote::STAGES, invoice::STAGES, smart_invoice::STAGES];
    for (stages, keys) in stages.into_iter().zip(lists) {
        assert_eq!(stages.len(), keys.len());
        for (stage, key) in stages.iter().zip(keys) {
            assert_eq!(snapshot.place_of(*stage), Some(&Place::from(*stage)));
            assert_eq!(Place::from(*stage).stage_key(), Some(&Key::new(key)));
        }
    }
}

#[test]
fn reading_stands_for_observers_and_always_readable_records() {
    let vocabulary = crm::vocabulary();
    let stands = Relations::OBSERVED | ALWAYS_READABLE.relation();
    for entity in &vocabulary.entities {
        let is_record = entity.creates_by.is_some();
        for offer in &entity.offers {
            let expected = is_record && offer.action == Key::from(READ);
            assert_eq!(offer.standing == stands, expected, "{:?} {:?}", entity.key, offer.action);
            assert!(expected || offer.standing.is_empty());
        }
    }
    let records = vocabulary.entities.iter().filter(|entity| entity.creates_by.is_some());
    assert_eq!(records.count(), 8);
}

/// A role that holds the settings, and may update its own deals, quotes and orders.
fn settings_holder() -> Role {
    let role = Role::new("holder").set(SETTINGS, UPDATE, ALL);
    [DEAL, QUOTE, ORDER].into_iter().fold(role, |role, of| role.set(of, READ, OWN).set(of, UPDATE, OWN))
}

#[test]
fn the_settings_right_includes_everything_but_records() {
    let snapshot = given_each(&[settings_holder()]);
    let access = access(&snapshot, "holder");
    for of in [LEAD, DEAL, CONTACT, COMPANY, QUOTE, INVOICE, SMART_INVOICE, ORDER] {
        let record = record(&snapshot, of, "open stranger's", "holder");
        for (code, action) in &OPERATIONS[..6] {
            assert!(access.check(*action, &record).is_denied(), "{code} {of:?}");
        }
        let vocabulary = crm::vocabulary();
        let offers = &entity(&vocabulary.entities, of).offers;
        for (code, action) in &OPERATIONS[6..9] {
            let offered = offers.iter().any(|offer| offer.action == Key::from(*action));
            assert_eq!(access.check(*action, &record).is_allowed(), offered, "{code} {of:?}");
        }
    }
    let own = record(&snapshot, crm::deal::WON, "own", "holder");
    assert!(access.relocate(&own, crm::deal::NEW).is_allowed(), "he skips transitions");
    let others = record(&snapshot, crm::deal::WON, "stranger's", "holder");
    assert!(access.relocate(&others, crm::deal::NEW).is_denied(), "he does not skip updating");
}

#[test]
fn a_solution_has_administrators_of_its_own() {
    let (inside, beside) = (crm::smart_process_of_solution("rent", 7), crm::smart_process("delivery"));
    let vocabulary = crm::vocabulary().entity(inside).entity(beside).entity(crm::solution_settings(7));
    let policy = Policy::new(vocabulary)
        .role(Role::new("of_crm").set(SETTINGS, UPDATE, ALL))
        .role(Role::new("of_solution").set("solution_settings_7", UPDATE, ALL))
        .assign(Assignment::new("of_crm", Subject::User("colleague".into())))
        .assign(Assignment::new("of_solution", Subject::User("stranger".into())));
    let snapshot = Snapshot::compile(&policy, &company(&[])).unwrap();
    for (user, administers) in [("colleague", "delivery"), ("stranger", "rent")] {
        for of in ["delivery", "rent"] {
            let record = Record::at(snapshot.entity(of));
            let answer = access(&snapshot, user).check(AUTOMATE, &record);
            assert_eq!(answer.is_allowed(), of == administers, "{user} {of}");
        }
    }
}

#[test]
fn a_new_smart_process_gets_each_default_roles_set() {
    let process = crm::smart_process("delivery");
    let roles = crm::roles_for([&process]);
    let expected = [ALL, ALL, DEPARTMENT, OWN, OWN];
    for (role, level) in roles.iter().zip(expected) {
        let read =
            role.rights.iter().find(|it| it.place == Place::entity("delivery") && it.action == READ.into());
        assert_eq!(read.map(|right| &right.level), Some(&level.into()), "{:?}", role.key);
        let moves = role.transitions.iter().any(|it| it.from == Place::entity("delivery"));
        assert_eq!(moves, role.key != crm::READER.into());
    }
    assert!(
        crm::roles().iter().all(|role| role.rights.iter().all(|it| it.place != Place::entity("delivery")))
    );
}

#[test]
fn reading_lets_in_where_the_facts_say_so() {
    let admitting = ["LEAD", "DEAL", "CONTACT", "COMPANY", "QUOTE", "INVOICE", "SMART_INVOICE"];
    for (code, of) in ENTITIES {
        if entity(&crm::vocabulary().entities, of).reads_by.is_none() {
            assert!(!admitting.contains(&code));
            continue;
        }
        let snapshot = given_each(&[Role::new("tried").set(of, READ, ALL)]);
        let access = access(&snapshot, "tried");
        assert!(access.enters(of).is_allowed(), "{code}");
        assert_eq!(access.enters_application().is_allowed(), admitting.contains(&code), "{code}");
    }
    let snapshot = given_each(&[Role::new("tried").set(DEAL, CREATE, ALL)]);
    assert!(access(&snapshot, "tried").enters_application().is_denied(), "creating alone does not open it");
    assert!(crm::smart_process("a").admits_to_application);
    assert!(!crm::smart_process_of_solution("a", 7).admits_to_application);
}

#[test]
fn a_fresh_portal_makes_every_employee_an_administrator() {
    let mut policy = Policy::new(crm::vocabulary()).roles(crm::roles());
    let special =
        [crm::form_administrator(), crm::widget_administrator(), crm::solution_list_administrator()];
    policy = policy.roles(special);
    policy.assignments.extend(crm::default_assignments());
    policy.assignments.extend(crm::special_assignments());
    let directory = company(&[]).with(User::new("extranet"));
    let snapshot = Snapshot::compile(&policy, &directory).unwrap();
    for of in [SETTINGS, WEB_FORM_SETTINGS, WIDGET_SETTINGS, SOLUTION_LIST] {
        assert!(access(&snapshot, "stranger").check(UPDATE, &Record::at(of)).is_allowed(), "{of:?}");
        assert!(access(&snapshot, "extranet").check(UPDATE, &Record::at(of)).is_denied(), "{of:?}");
    }
    let mut closed = Policy::new(crm::vocabulary()).roles(crm::roles());
    closed.assignments = crm::default_assignments();
    let employees = Subject::Employees(bailiwick::Unit::Anywhere);
    closed.assignments.retain(|assignment| assignment.to != employees);
    let snapshot = Snapshot::compile(&closed, &directory).unwrap();
    assert!(access(&snapshot, "stranger").enters_application().is_denied());
}

#[test]
fn the_classic_roles_went_to_two_groups() {
    let mut policy = preset::by_name("crm-classic").unwrap();
    policy.assignments = crm::classic_assignments("direction", "marketing");
    let directory = company(&[])
        .with(UserGroup::new("direction").member("colleague"))
        .with(UserGroup::new("marketing").member("below"));
    let snapshot = Snapshot::compile(&policy, &directory).unwrap();
    let deal = Record::at(DEAL).owner(snapshot.user("stranger"));
    let company = Record::at(COMPANY).owner(snapshot.user("stranger"));
    assert!(access(&snapshot, "colleague").check(DELETE, &deal).is_allowed());
    assert!(access(&snapshot, "below").check(READ, &deal).is_denied());
    assert!(access(&snapshot, "below").check(READ, &company).is_allowed());
    assert!(access(&snapshot, "stranger").enters_application().is_denied());
}

#[test]
fn a_further_pipeline_is_a_place_of_its_own() {
    let partners = Pipeline::new("partners", crm::deal::STAGES.iter().copied());
    let vocabulary = crm::with_pipeline(crm::vocabulary(), DEAL, partners);
    let place = DEAL.pipeline("partners");
    let role = Role::new("partner_manager").set(place, READ, ALL);
    let policy = Policy::new(vocabulary)
        .role(role)
        .assign(Assignment::new("partner_manager", Subject::User("stranger".into())));
    let snapshot = Snapshot::compile(&policy, &company(&[])).unwrap();
    let stranger = access(&snapshot, "stranger");
    assert!(stranger.check(READ, &Record::at(place.stage("won"))).is_allowed());
    assert!(stranger.check(READ, &Record::at(crm::deal::WON)).is_denied());
    let unknown = crm::with_pipeline(crm::vocabulary(), "deals", Pipeline::new("x", ["new"]));
    assert_eq!(unknown, crm::vocabulary());
}
