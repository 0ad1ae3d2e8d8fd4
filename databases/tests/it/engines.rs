//! Which databases are there. One that is not is said to be not run, and never counted as passed.

use bailiwick_databases::engine::{Engine, Failure};
use bailiwick_databases::mysql::Mysql;
use bailiwick_databases::postgres::Postgres;
use bailiwick_databases::sqlite::Sqlite;

/// Runs a test on `SQLite`.
pub(crate) fn on_sqlite(test: impl Fn(&mut dyn Engine)) {
    test(&mut Sqlite::open().expect("SQLite is always there"));
}

/// Runs a test on PostgreSQL, if it is there.
pub(crate) fn on_postgres(test: impl Fn(&mut dyn Engine)) {
    on("postgres", "PostgreSQL", Postgres::open, &test);
}

/// Runs a test on MariaDB or MySQL, if it is there.
pub(crate) fn on_mariadb(test: impl Fn(&mut dyn Engine)) {
    on("mariadb", "MariaDB", Mysql::open, &test);
}

fn on<E: Engine>(code: &str, name: &str, open: fn() -> Result<E, Failure>, test: &impl Fn(&mut dyn Engine)) {
    match open() {
        Ok(mut engine) => test(&mut engine),
        Err(why) => {
            // Past the capture of the test harness, so that it is seen without being asked for.
            let line = format!("NOT RUN: {name}: {why}\n");
            let _ = std::io::Write::write_all(&mut std::io::stderr(), line.as_bytes());
            let required = std::env::var("BAILIWICK_REQUIRE").unwrap_or_default();
            assert!(!required.split(',').any(|one| one.trim() == code), "{name} is required: {why}");
        }
    }
}
