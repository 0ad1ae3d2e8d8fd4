//! Generated organisations, policies and hostile rows, with groups that host them, clients and shares: what a database finds is what the check allows.

use std::time::Instant;

use bailiwick::testkit::Kit;
use bailiwick_databases::engine::{Engine, find, find_with};
use bailiwick_databases::schema::Style;
use bailiwick_databases::world::{CLIENT, DEAL};

use crate::engines::{on_mariadb, on_postgres, on_sqlite};

const ROWS: usize = 1_100;
const CLIENTS: usize = 60;

#[test]
fn sqlite_finds_exactly_what_the_check_allows() {
    on_sqlite(|engine| compare_worlds(engine, 4));
}

#[test]
fn postgres_finds_exactly_what_the_check_allows() {
    on_postgres(|engine| compare_worlds(engine, 2));
}

#[test]
fn mariadb_finds_exactly_what_the_check_allows() {
    on_mariadb(|engine| compare_worlds(engine, 2));
}

fn compare_worlds(engine: &mut dyn Engine, worlds: u64) {
    let begun = Instant::now();
    let (mut questions, mut allowed, mut denied) = (0, 0, 0);
    for style in Style::all() {
        for seed in 0..worlds {
            let (one, yes, no) = compare(engine, style, seed);
            questions += one;
            allowed += yes;
            denied += no;
        }
    }
    let name = engine.name().unwrap();
    assert!(allowed > 10_000 && denied > 10_000, "{allowed} allowed, {denied} denied");
    println!(
        "{name}: {questions} queries over {ROWS} rows each, {} answers ({allowed} allowed, {denied} denied) in {:.1?}",
        allowed + denied,
        begun.elapsed()
    );
}

fn compare(engine: &mut dyn Engine, style: Style, seed: u64) -> (usize, usize, usize) {
    let world = style.world(seed);
    let mapping = style.mapping(&world.snapshot, engine).unwrap();
    style.create(engine).unwrap();
    style.fill_directory(engine, &world).unwrap();
    let clients = style.clients(&world.snapshot, engine).unwrap();
    let clients = Kit::new(&world.snapshot, CLIENT, &clients).hostile_rows(seed, CLIENTS);
    style.fill_clients(engine, clients.rows()).unwrap();
    let kit = Kit::new(&world.snapshot, DEAL, &mapping).linked(clients).hostile_rows(seed, ROWS);
    style.fill_rows(engine, kit.rows()).unwrap();
    let report =
        kit.run(|_| Ok(()), |condition| find(engine, condition)).unwrap_or_else(|error| panic!("{error}"));
    assert!(report.agrees(), "{} {style:?} seed {seed}: {report}", engine.name().unwrap());
    let buttons =
        kit.run_permitted(|expr, any| find_with(engine, expr, any)).unwrap_or_else(|error| panic!("{error}"));
    assert!(buttons.agrees(), "{} {style:?} seed {seed}: {buttons}", engine.name().unwrap());
    (report.questions, report.allowed, report.denied)
}
