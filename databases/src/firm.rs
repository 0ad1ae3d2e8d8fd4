//! A firm with a million deals, for measuring: 10,000 users in 300 departments, on the CRM preset.

use bailiwick::sql::{Column, DepartmentNumbers, Dialect, FlagColumn, Mapping, Memberships, Participants};
use bailiwick::{Assignment, Department, Directory, Policy, Role, Snapshot, Subject, User, crm};

use crate::engine::{Cell, Engine, Failure};
use crate::world::Dice;

/// How many users there are.
pub const USERS: i64 = 10_000;
/// How many departments: one at the top, twenty below, the rest below those.
pub const DEPARTMENTS: i64 = 300;

/// Who is asked about, and what he may read.
pub const VIEWERS: [(&str, i64); 5] = [
    ("a seller: his own", 9_001),
    ("a team: the department", 9_002),
    ("a branch: with everything below", 9_003),
    ("a seller who may not see contracts: stages", 9_004),
    ("the top: everything below the top", 9_005),
];

/// The department that a user sits in.
fn department_of(user: i64) -> i64 {
    match user {
        9_002 => 21,
        9_003 => 1,
        9_005 => 0,
        _ => 20 + user % (DEPARTMENTS - 20),
    }
}

/// The firm, frozen.
pub fn snapshot() -> Snapshot {
    let mut directory = Directory::new();
    for number in 0..DEPARTMENTS {
        let department = Department::new(number);
        directory.add(match number {
            0 => department,
            1..21 => department.below(0),
            _ => department.below(1 + number % 20),
        });
    }
    for number in 0..USERS {
        directory.add(User::new(number).sits_in(department_of(number)));
    }
    let won = bailiwick::Place::from(crm::DEAL).pipeline(crm::GENERAL).stage("won");
    let mut policy = Policy::new(crm::vocabulary())
        .role(Role::new("own").set(crm::DEAL, crm::READ, crm::OWN))
        .role(Role::new("team").set(crm::DEAL, crm::READ, crm::DEPARTMENT))
        .role(Role::new("branch").set(crm::DEAL, crm::READ, crm::SUBDEPARTMENTS))
        .role(Role::new("no contracts").set(crm::DEAL, crm::READ, crm::DEPARTMENT).set(
            won,
            crm::READ,
            crm::OWN,
        ));
    let roles = ["own", "team", "branch", "no contracts", "branch"];
    for ((_, user), role) in VIEWERS.into_iter().zip(roles) {
        policy = policy.assign(Assignment::new(role, Subject::User(user.into())));
    }
    Snapshot::compile(&policy, &directory).expect("the firm compiles")
}

/// The mapping of the firm's schema, with the exported numbers or without.
pub fn mapping(snapshot: &Snapshot, engine: &dyn Engine, numbers: bool) -> Mapping {
    let observers = Participants::new("observers", Column::integer("deal_id"), Column::integer("user_id"));
    let members = Memberships::new("members", Column::integer("user_id"), Column::integer("department_id"));
    let mapping = Mapping::of(snapshot, crm::DEAL, engine.dialect(), "deals")
        .record(Column::integer("id"))
        .only_pipeline(crm::GENERAL)
        .stage(Column::text("stage"))
        .party("responsible", Column::integer("responsible_id"))
        .party("observer", observers)
        .flag("open", FlagColumn::boolean("opened"))
        .flag("always_readable", FlagColumn::boolean("public"))
        .memberships(members);
    let mapping = if numbers {
        mapping.department_numbers(DepartmentNumbers::new("departments", Column::integer("id"), "number"))
    } else {
        mapping
    };
    mapping.build().expect("the mapping is whole")
}

/// Creates the tables, fills them with so many deals, and adds the indexes that are advised.
pub fn fill(engine: &mut dyn Engine, snapshot: &Snapshot, deals: i64) -> Result<(), Failure> {
    engine.run(
        "CREATE TABLE deals (id BIGINT NOT NULL PRIMARY KEY, stage VARCHAR(30), responsible_id BIGINT, \
         opened BOOLEAN, public BOOLEAN, title VARCHAR(40));
         CREATE TABLE observers (user_id BIGINT NOT NULL, deal_id BIGINT NOT NULL);
         CREATE TABLE members (department_id BIGINT NOT NULL, user_id BIGINT NOT NULL);
         CREATE TABLE departments (id BIGINT NOT NULL PRIMARY KEY, number BIGINT)",
    )?;
    let integers = |row: &[i64]| row.iter().copied().map(Cell::Integer).collect::<Vec<_>>();
    let members: Vec<_> = (0..USERS).map(|user| integers(&[department_of(user), user])).collect();
    engine.insert("members", &["department_id", "user_id"], &members)?;
    let numbers = snapshot.department_numbers();
    let numbers: Vec<_> =
        numbers.map(|(key, number)| integers(&[key.as_number().unwrap_or(-1), number.into()])).collect();
    engine.insert("departments", &["id", "number"], &numbers)?;
    let mut dice = Dice(1);
    for first in (0..deals).step_by(50_000) {
        let ids = first..deals.min(first + 50_000);
        let deal = |id: i64, dice: &mut Dice| {
            vec![
                Cell::Integer(id),
                Cell::Text((*dice.pick(crm::deal::STAGES)).to_owned()),
                Cell::Integer(dice.below(USERS as usize) as i64),
                Cell::Boolean(dice.percent(2)),
                Cell::Boolean(dice.below(10_000) == 0),
                Cell::Text(format!("deal {id}")),
            ]
        };
        let rows: Vec<_> = ids.clone().map(|id| deal(id, &mut dice)).collect();
        engine.insert("deals", &["id", "stage", "responsible_id", "opened", "public", "title"], &rows)?;
        let observers: Vec<_> =
            ids.step_by(5).map(|id| integers(&[dice.below(USERS as usize) as i64, id])).collect();
        engine.insert("observers", &["user_id", "deal_id"], &observers)?;
    }
    let set = if engine.dialect() == Dialect::Mysql { "" } else { "WHERE public = TRUE" };
    engine.run(&format!(
        "CREATE INDEX deals_of ON deals (responsible_id, stage);
         CREATE INDEX deals_public ON deals (public) {set};
         CREATE INDEX observers_of ON observers (user_id, deal_id);
         CREATE INDEX members_of ON members (department_id, user_id);
         CREATE INDEX departments_by_number ON departments (number, id);
         {}",
        if engine.dialect() == Dialect::Mysql {
            "ANALYZE TABLE deals, observers, members, departments"
        } else {
            "ANALYZE"
        }
    ))
}
