//! MySQL or MariaDB: the server that `BAILIWICK_MYSQL` names, or one of the test's own if `mariadbd` is on the machine.

use bailiwick::sql::{Dialect, Value};
use mysql::prelude::Queryable;
use mysql::{Conn, Opts, OptsBuilder, Params};

use crate::engine::{Cell, Engine, Failure};
use crate::server::{Folder, Process, done, give, is_root, option, patiently, program};

/// A connection, and the server if it is the test's own.
#[derive(Debug)]
pub struct Mysql {
    connection: Conn,
    _server: Option<(Process, Folder)>,
}

/// The user that runs the server, where this is root.
const USER: &str = "nobody";

impl Mysql {
    /// A connection with an empty database of its own; or why there is no server.
    pub fn open() -> Result<Self, Failure> {
        let (mut connection, server) = match std::env::var("BAILIWICK_MYSQL") {
            Ok(server) => (Conn::new(Opts::from_url(&server)?)?, None),
            Err(_) => {
                let (process, folder) = start()?;
                let socket = folder.0.join("socket").display().to_string();
                let options = OptsBuilder::new().socket(Some(socket)).user(Some("root"));
                (patiently(|| Ok(Conn::new(options.clone())?))?, Some((process, folder)))
            }
        };
        connection.query_drop("DROP DATABASE IF EXISTS bailiwick_test")?;
        connection.query_drop("CREATE DATABASE bailiwick_test CHARACTER SET utf8mb4")?;
        connection.query_drop("USE bailiwick_test")?;
        Ok(Self { connection, _server: server })
    }
}

impl Drop for Mysql {
    fn drop(&mut self) {
        let _ = self.connection.query_drop("DROP DATABASE bailiwick_test");
    }
}

fn start() -> Result<(Process, Folder), Failure> {
    let folders = ["/usr/sbin", "/usr/libexec"].map(Into::into);
    let missing = "neither BAILIWICK_MYSQL is set nor is there a mariadbd";
    let install = program(&["mariadb-install-db", "mysql_install_db"], &folders).ok_or(missing)?;
    let server = program(&["mariadbd"], &folders).ok_or(missing)?;
    let folder = Folder::new("mariadb")?;
    give(&folder.0, USER)?;
    let data = option("datadir", folder.0.join("data"));
    // Started by root, the server itself changes to the user; it stays a child of this process, and ends with it.
    let name = if is_root() { USER.to_owned() } else { std::env::var("USER")? };
    let user = option("user", name);
    let mut init = std::process::Command::new(install);
    init.args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"])
        .args([&data, &user]);
    done(init.output()?)?;
    let mut run = std::process::Command::new(server);
    run.arg("--no-defaults")
        .args([&data, &user])
        .args(["--skip-networking", "--innodb-flush-log-at-trx-commit=0"]);
    run.arg(option("socket", folder.0.join("socket"))).arg(option("pid-file", folder.0.join("pid")));
    let process = run
        .stdout(std::process::Stdio::null())
        .stderr(std::fs::File::create(folder.0.join("log"))?)
        .spawn()?;
    Ok((Process(process), folder))
}

impl From<&Cell> for mysql::Value {
    fn from(cell: &Cell) -> Self {
        match cell {
            Cell::Null => Self::NULL,
            Cell::Integer(number) => Self::from(*number),
            Cell::Text(text) => Self::from(text),
            Cell::Boolean(set) => Self::from(*set),
        }
    }
}

impl Engine for Mysql {
    fn name(&mut self) -> Result<String, Failure> {
        Ok(self.connection.query_first::<String, _>("SELECT VERSION()")?.unwrap_or_default())
    }

    fn dialect(&self) -> Dialect {
        Dialect::Mysql
    }

    fn text_type(&self) -> &'static str {
        "VARCHAR(300)"
    }

    fn run(&mut self, statements: &str) -> Result<(), Failure> {
        for statement in statements.split(';').filter(|statement| !statement.trim().is_empty()) {
            self.connection.query_drop(statement)?;
        }
        Ok(())
    }

    fn insert(&mut self, table: &str, columns: &[&str], rows: &[Vec<Cell>]) -> Result<(), Failure> {
        let marks = vec!["?"; columns.len()].join(", ");
        let text = format!("INSERT INTO {table} ({}) VALUES ({marks})", columns.join(", "));
        let rows = rows.iter().map(|row| Params::Positional(row.iter().map(mysql::Value::from).collect()));
        self.connection.query_drop("START TRANSACTION")?;
        self.connection.exec_batch(text, rows)?;
        Ok(self.connection.query_drop("COMMIT")?)
    }

    fn select(&mut self, text: &str, values: &[Value], columns: usize) -> Result<Vec<Vec<i64>>, Failure> {
        let values = values.iter().map(|value| match value {
            Value::Integer(number) => mysql::Value::from(*number),
            Value::Text(text) => mysql::Value::from(text),
        });
        let params = match values.collect::<Vec<_>>() {
            none if none.is_empty() => Params::Empty,
            some => Params::Positional(some),
        };
        let rows: Vec<mysql::Row> = self.connection.exec(text, params)?;
        let row = |row: mysql::Row| {
            (0..columns)
                .map(|at| row.get_opt::<i64, _>(at).ok_or("a column is missing")?.map_err(Failure::from))
                .collect()
        };
        rows.into_iter().map(row).collect()
    }
}
