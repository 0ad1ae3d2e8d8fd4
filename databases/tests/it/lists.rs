//! Lists that are too long to be written key by key: hundreds of departments, hundreds of stages.

use bailiwick::sql::Value;
use bailiwick::testkit::Kit;
use bailiwick::{
    Assignment, Department, Directory, Moment, Pipeline, Place, Policy, Role, Snapshot, Subject, User,
};
use bailiwick_databases::engine::{Engine, find};
use bailiwick_databases::schema::{Departments, Style};
use bailiwick_databases::world::{ACTIONS, DEAL, Dice, Naming, World, vocabulary};

use crate::engines::{on_mariadb, on_postgres, on_sqlite};

#[test]
fn sqlite_takes_long_lists() {
    on_sqlite(long_lists);
}

#[test]
fn postgres_takes_long_lists() {
    on_postgres(long_lists);
}

#[test]
fn mariadb_takes_long_lists() {
    on_mariadb(long_lists);
}

fn long_lists(engine: &mut dyn Engine) {
    for naming in [Naming::Integers, Naming::Texts] {
        for departments in [Departments::Memberships, Departments::Numbers] {
            let style = Style {
                departments,
                naming,
                only_pipeline: true,
                boolean_flags: true,
                shared_participants: true,
            };
            let world = wide_world(naming);
            let mapping = style.mapping(&world.snapshot, engine).unwrap();
            style.create(engine).unwrap();
            style.fill_directory(engine, &world).unwrap();
            let kit = Kit::new(&world.snapshot, DEAL, &mapping).hostile_rows(3, 1_500);
            style.fill_rows(engine, kit.rows()).unwrap();
            let report = kit
                .run(|_| Ok(()), |condition| find(engine, condition))
                .unwrap_or_else(|error| panic!("{error}"));
            assert!(report.agrees() && report.allowed > 500, "{style:?}: {report}");
            text_finds_the_same(engine, &world, style);
        }
    }
}

/// What stands in a statement of the caller's own, behind placeholders of his own, finds what the condition finds.
fn text_finds_the_same(engine: &mut dyn Engine, world: &World, style: Style) {
    let mapping = style.mapping(&world.snapshot, engine).unwrap();
    let access = world.snapshot.access(world.snapshot.users().next().unwrap(), Moment::from_unix_seconds(0));
    let filter = access.filter(world.snapshot.action("read"), DEAL);
    let sql = mapping.sql(&world.snapshot, &filter, 1).unwrap();
    assert!(sql.values.len() < 200, "{} values", sql.values.len());
    let first = if engine.dialect() == bailiwick::sql::Dialect::Postgres { "$1" } else { "?" };
    let text = format!("SELECT id FROM deals WHERE id < {first} AND {}", sql.text);
    let mut values = vec![Value::Integer(1_000)];
    values.extend(sql.values);
    let rows = engine.select(&text, &values, 1).unwrap();
    let mut found: Vec<i64> = rows.into_iter().map(|row| row[0]).collect();
    found.sort_unstable();
    let mut expected = find(engine, &mapping.condition(&world.snapshot, &filter).unwrap()).unwrap();
    expected.retain(|id| *id < 1_000);
    expected.sort_unstable();
    assert!(!found.is_empty() && found == expected);
}

/// One user above hundreds of departments, who may read on half of hundreds of stages; and people in those departments.
fn wide_world(naming: Naming) -> World {
    let mut directory = Directory::new().with(Department::new(naming.key::<Department>(0)));
    for number in 1..300 {
        let department = Department::new(naming.key::<Department>(number)).below(naming.key::<Department>(0));
        directory.add(if number % 7 == 0 { department.switched_off() } else { department });
    }
    for number in 0..60 {
        let at = if number == 0 { 0 } else { number * 5 % 300 };
        directory.add(User::new(naming.key::<User>(number)).sits_in(naming.key::<Department>(at)));
    }
    let mut words = vocabulary(&mut Dice(1), naming, true);
    words.entities[0].pipelines =
        vec![Pipeline::new(naming.key::<Pipeline>(0), (0..300).map(|at| naming.key(at)))];
    let mut role = Role::new("reader");
    for action in ACTIONS {
        role = role.set(DEAL, action, "level3");
    }
    for number in (0..300).filter(|number| number % 2 == 0) {
        let stage = Place::from(DEAL)
            .pipeline(naming.key::<Pipeline>(0))
            .stage(naming.key::<bailiwick::Stage>(number));
        role = role.set(stage, "read", "level1");
    }
    let policy = Policy::new(words).role(role).assign(Assignment::new("reader", Subject::SignedIn));
    let snapshot = Snapshot::compile(&policy, &directory).unwrap();
    World { seed: 0, naming, directory, policy, snapshot }
}
