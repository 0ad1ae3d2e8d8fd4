//! What a row filter costs: to make, to write, and to run beside the same query without it.
//!
//! ```text
//! cargo bench -p bailiwick-databases                       a million deals in SQLite, some three minutes
//! cargo bench -p bailiwick-databases -- --test             once each, to see that it runs
//! BAILIWICK_DEALS=50000 cargo bench -p bailiwick-databases -- query
//! ```
//!
//! A firm of 10,000 users in 300 departments, whose viewers differ in reach (`firm.rs`); the indexes are those that
//! `Mapping::indexes` advises. *page* is the first fifty by key, *total* the count. Every viewer's total is asserted to be what
//! his filter keeps in memory.
#![allow(clippy::expect_used, clippy::panic, reason = "a benchmark that cannot run panics")]

use std::hint::black_box;

use bailiwick::{Moment, Record, crm};
use bailiwick_databases::engine::Engine;
use bailiwick_databases::firm::{self, VIEWERS};
use bailiwick_databases::sqlite::Sqlite;
use criterion::{Criterion, criterion_group, criterion_main};

const NOW: Moment = Moment::from_unix_seconds(0);

fn make(criterion: &mut Criterion) {
    let snapshot = firm::snapshot();
    for (who, user) in VIEWERS {
        let access = snapshot.access(snapshot.user(user), NOW);
        criterion.bench_function(&format!("make, {who}"), |bench| {
            bench.iter(|| black_box(&access).filter(crm::READ, crm::DEAL));
        });
    }
}

fn write(criterion: &mut Criterion) {
    let snapshot = firm::snapshot();
    let sqlite = Sqlite::open().expect("SQLite is always there");
    for numbers in [false, true] {
        let mapping = firm::mapping(&snapshot, &sqlite, numbers);
        let how = if numbers { "numbers" } else { "keys" };
        for (who, user) in VIEWERS {
            let filter = snapshot.access(snapshot.user(user), NOW).filter(crm::READ, crm::DEAL);
            criterion.bench_function(&format!("condition ({how}), {who}"), |bench| {
                bench.iter(|| mapping.condition(&snapshot, black_box(&filter)));
            });
            criterion.bench_function(&format!("text ({how}), {who}"), |bench| {
                bench.iter(|| mapping.sql(&snapshot, black_box(&filter), 0));
            });
        }
    }
}

fn query(criterion: &mut Criterion) {
    let deals = std::env::var("BAILIWICK_DEALS").map_or(1_000_000, |count| count.parse().expect("a number"));
    let snapshot = firm::snapshot();
    let mut sqlite = Sqlite::open().expect("SQLite is always there");
    firm::fill(&mut sqlite, &snapshot, deals).expect("the firm is stored");
    let rows = stored(&mut sqlite);
    let mut bench = |name: &str, text: &str, values: &[_]| {
        criterion
            .bench_function(name, |bench| bench.iter(|| sqlite.select(text, values, 1).expect("it runs")));
        sqlite.select(text, values, 1).expect("it runs")
    };
    bench("query, total, no filter", "SELECT COUNT(*) FROM deals WHERE title IS NOT NULL", &[]);
    bench("query, page, no filter", "SELECT id FROM deals ORDER BY id LIMIT 50", &[]);
    let mapping = firm::mapping(&snapshot, &Sqlite::open().expect("SQLite is always there"), true);
    for (who, user) in VIEWERS {
        let filter = snapshot.access(snapshot.user(user), NOW).filter(crm::READ, crm::DEAL);
        let sql = mapping.sql(&snapshot, &filter, 0).expect("the mapping is whole");
        let total = format!("SELECT COUNT(*) FROM deals WHERE title IS NOT NULL AND {}", sql.text);
        let found = bench(&format!("query, total, {who}"), &total, &sql.values);
        let kept = rows.iter().filter(|(stage, owner, public, observers)| {
            let observers: Vec<_> =
                observers.iter().map(|user| crm::OBSERVER.is(snapshot.user(*user))).collect();
            let record = Record::at(snapshot.place(crm::DEAL, crm::GENERAL, crm::deal::STAGES[*stage]))
                .owner(snapshot.user(*owner))
                .flag_if(crm::ALWAYS_READABLE, *public)
                .participants(&observers);
            filter.matches(&snapshot, &record)
        });
        assert_eq!(found, [[kept.count() as i64]], "{who}");
        let page = format!("SELECT id FROM deals WHERE {} ORDER BY id LIMIT 50", sql.text);
        bench(&format!("query, page, {who}"), &page, &sql.values);
    }
}

/// Stage, owner, flag, observers of every deal.
fn stored(sqlite: &mut Sqlite) -> Vec<(usize, i64, bool, Vec<i64>)> {
    let stage = crm::deal::STAGES.iter().enumerate().map(|(at, key)| format!("WHEN '{key}' THEN {at}"));
    let stage = stage.collect::<Vec<_>>().join(" ");
    // One observer at most: the join repeats no deal.
    let text = format!(
        "SELECT CASE stage {stage} END, responsible_id, public, COALESCE(o.user_id, -1) \
         FROM deals LEFT JOIN observers o ON o.deal_id = deals.id"
    );
    let rows = sqlite.select(&text, &[], 4).expect("it runs");
    let row = |row: Vec<i64>| {
        let observers = row[3..].iter().copied().filter(|user| *user >= 0).collect();
        (row[0] as usize, row[1], row[2] == 1, observers)
    };
    rows.into_iter().map(row).collect()
}

criterion_group!(benches, make, write, query);
criterion_main!(benches);
