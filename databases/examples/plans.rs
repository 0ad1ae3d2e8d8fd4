//! What databases make of row filters: the plan and the time of a list over many deals, with the filter and without.
//!
//! **Run.** `cargo run --release -p bailiwick-databases --example plans [deals]`; a million if nothing is said.
#![allow(clippy::print_stdout, reason = "an example shows its answers")]

use std::time::{Duration, Instant};

use bailiwick::sql::Value;
use bailiwick::{Moment, crm};
use bailiwick_databases::engine::{Engine, Failure};
use bailiwick_databases::postgres::Postgres;
use bailiwick_databases::sqlite::{Sqlite, bound};
use bailiwick_databases::{firm, mysql::Mysql};

fn main() -> Result<(), Failure> {
    let deals = std::env::args().nth(1).map_or(Ok(1_000_000), |count| count.parse())?;
    let only = std::env::args().nth(2);
    let wanted = |name: &str| only.as_deref().is_none_or(|only| only == name);
    if wanted("sqlite") {
        let mut sqlite = Sqlite::open()?;
        measure(&mut sqlite, deals, &mut |sqlite, text, values| {
            let mut plan = sqlite.connection.prepare(&format!("EXPLAIN QUERY PLAN {text}"))?;
            let values = rusqlite::params_from_iter(values.iter().map(bound));
            let rows = plan.query_map(values, |row| row.get::<_, String>(3))?;
            Ok(rows.collect::<Result<Vec<_>, _>>()?)
        })?;
    }
    if wanted("postgres") {
        match Postgres::open() {
            Ok(mut postgres) => measure(&mut postgres, deals, &mut |postgres, text, values| {
                let text = format!("EXPLAIN {}", inlined(text, values));
                let rows = postgres.client.query(&text, &[])?;
                Ok(rows.iter().map(|row| row.get(0)).collect())
            })?,
            Err(why) => println!("NOT RUN: PostgreSQL: {why}"),
        }
    }
    if wanted("mariadb") {
        match Mysql::open() {
            Ok(mut mysql) => measure(&mut mysql, deals, &mut |_, _, _| Ok(Vec::new()))?,
            Err(why) => println!("NOT RUN: MariaDB: {why}"),
        }
    }
    Ok(())
}

type Explain<'a, E> = &'a mut dyn FnMut(&mut E, &str, &[Value]) -> Result<Vec<String>, Failure>;

fn measure<E: Engine>(engine: &mut E, deals: i64, explain: Explain<'_, E>) -> Result<(), Failure> {
    let snapshot = firm::snapshot();
    let begun = Instant::now();
    firm::fill(engine, &snapshot, deals)?;
    println!("\n# {}: {deals} deals in {:.1?}", engine.name()?, begun.elapsed());
    let page = "SELECT id FROM deals WHERE stage = 'new'";
    let (all, _) = timed(engine, "SELECT COUNT(*) FROM deals", &[])?;
    let (first, _) = timed(engine, &format!("{page} ORDER BY id LIMIT 50"), &[])?;
    println!("everything: total {all:.2?}, first page {first:.2?}");
    for numbers in [false, true] {
        let mapping = firm::mapping(&snapshot, engine, numbers);
        for (who, user) in firm::VIEWERS {
            let access = snapshot.access(snapshot.user(user), Moment::from_unix_seconds(0));
            let filter = access.filter(crm::READ, crm::DEAL);
            let sql = mapping.sql(&snapshot, &filter, 0)?;
            let total = format!("SELECT COUNT(*) FROM deals WHERE {}", sql.text);
            let (count, rows) = timed(engine, &total, &sql.values)?;
            let (first, _) =
                timed(engine, &format!("{page} AND {} ORDER BY id LIMIT 50", sql.text), &sql.values)?;
            let how = if numbers { "numbers" } else { "keys" };
            println!("\n## {who} ({how}): {} rows, total {count:.2?}, first page {first:.2?}", rows[0][0]);
            println!("{}\n  {:?}", sql.text, &sql.values[..sql.values.len().min(8)]);
            for advice in mapping.indexes(&filter) {
                println!("  index: {advice}");
            }
            for line in explain(engine, &total, &sql.values)? {
                println!("    {line}");
            }
        }
    }
    Ok(())
}

/// The best of three runs.
fn timed<E: Engine>(
    engine: &mut E,
    text: &str,
    values: &[Value],
) -> Result<(Duration, Vec<Vec<i64>>), Failure> {
    let mut best = Duration::MAX;
    let mut rows = Vec::new();
    for _ in 0..3 {
        let begun = Instant::now();
        rows = engine.select(text, values, 1).map_err(|error| format!("{error}: {text}"))?;
        best = best.min(begun.elapsed());
    }
    Ok((best, rows))
}

/// The statement with its integers and plain texts written in, for a database that explains no placeholders.
fn inlined(text: &str, values: &[Value]) -> String {
    values.iter().enumerate().rev().fold(text.to_owned(), |text, (at, value)| {
        let value = match value {
            Value::Integer(number) => number.to_string(),
            Value::Text(text) => format!("'{}'", text.replace('\'', "''")),
        };
        text.replace(&format!("${}", at + 1), &value)
    })
}
