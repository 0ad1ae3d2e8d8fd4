//! PostgreSQL: the server that `BAILIWICK_PG` names, or one of the test's own if `initdb` is on the machine.

use bailiwick::sql::{Dialect, Value};
use postgres::types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use postgres::{Client, NoTls};

use crate::engine::{Cell, Engine, Failure};
use crate::server::{Folder, as_user, below, done, give, option, patiently, program};

/// A connection, and the server if it is the test's own.
pub struct Postgres {
    /// The connection, for what only this database can be asked.
    pub client: Client,
    _cluster: Option<Cluster>,
}

struct Cluster {
    control: std::path::PathBuf,
    folder: Folder,
}

/// The user that runs the server, where this is root.
const USER: &str = "postgres";

impl Postgres {
    /// A connection with an empty schema of its own; or why there is no server.
    pub fn open() -> Result<Self, Failure> {
        let (mut client, cluster) = match std::env::var("BAILIWICK_PG") {
            Ok(server) => (Client::connect(&server, NoTls)?, None),
            Err(_) => {
                let cluster = Cluster::start()?;
                let folder = cluster.folder.0.display();
                let at = format!("host={folder} user={USER} dbname=postgres");
                (patiently(|| Ok(Client::connect(&at, NoTls)?))?, Some(cluster))
            }
        };
        client.batch_execute("CREATE SCHEMA bailiwick_test; SET search_path = bailiwick_test")?;
        Ok(Self { client, _cluster: cluster })
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let _ = self.client.batch_execute("DROP SCHEMA bailiwick_test CASCADE");
    }
}

impl Cluster {
    fn start() -> Result<Self, Failure> {
        let folders = below("/usr/lib/postgresql", "bin");
        let missing = "neither BAILIWICK_PG is set nor is there an initdb";
        let initdb = program(&["initdb"], &folders).ok_or(missing)?;
        let control = program(&["pg_ctl"], &folders).ok_or(missing)?;
        let folder = Folder::new("postgres")?;
        give(&folder.0, USER)?;
        let data = folder.0.join("data");
        let mut init = as_user(USER, &initdb);
        init.arg("-D").arg(&data).args(["-A", "trust", "--no-sync", "-U", USER, "-E", "UTF8", "--locale=C"]);
        done(init.output()?)?;
        let options = format!("-k {} -c listen_addresses='' -F", folder.0.display());
        let mut start = as_user(USER, &control);
        start.arg("-D").arg(&data).args(["-w", "-o", &options, "-l"]).arg(folder.0.join("log")).arg("start");
        start.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
        if !start.status()?.success() {
            return Err(std::fs::read_to_string(folder.0.join("log")).unwrap_or_default().into());
        }
        Ok(Self { control, folder })
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut stop = as_user(USER, &self.control);
        stop.arg(option("pgdata", self.folder.0.join("data"))).args(["-m", "immediate", "-w", "stop"]);
        let _ = stop.output();
    }
}

/// A value in whatever type the statement asks for.
#[derive(Debug)]
struct Bound<'a>(&'a Cell);

impl ToSql for Bound<'_> {
    fn to_sql(&self, of: &Type, out: &mut BytesMut) -> Result<IsNull, Failure> {
        match self.0 {
            Cell::Null => Ok(IsNull::Yes),
            Cell::Integer(number) => number.to_sql(of, out),
            Cell::Text(text) => text.to_sql(of, out),
            Cell::Boolean(set) => set.to_sql(of, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl Engine for Postgres {
    fn name(&mut self) -> Result<String, Failure> {
        let row = self.client.query_one("SHOW server_version", &[])?;
        Ok(format!("PostgreSQL {}", row.get::<_, String>(0)))
    }

    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn text_type(&self) -> &'static str {
        "VARCHAR(300)"
    }

    fn run(&mut self, statements: &str) -> Result<(), Failure> {
        Ok(self.client.batch_execute(statements)?)
    }

    fn insert(&mut self, table: &str, columns: &[&str], rows: &[Vec<Cell>]) -> Result<(), Failure> {
        let marks: Vec<_> = (1..=columns.len()).map(|number| format!("${number}")).collect();
        let text = format!("INSERT INTO {table} ({}) VALUES ({})", columns.join(", "), marks.join(", "));
        let mut transaction = self.client.transaction()?;
        let statement = transaction.prepare(&text)?;
        for row in rows {
            let bound: Vec<_> = row.iter().map(Bound).collect();
            let values: Vec<&(dyn ToSql + Sync)> = bound.iter().map(|value| value as _).collect();
            transaction.execute(&statement, &values)?;
        }
        Ok(transaction.commit()?)
    }

    fn select(&mut self, text: &str, values: &[Value], columns: usize) -> Result<Vec<Vec<i64>>, Failure> {
        let values: Vec<&(dyn ToSql + Sync)> = values
            .iter()
            .map(|value| match value {
                Value::Integer(number) => number as &(dyn ToSql + Sync),
                Value::Text(text) => text,
            })
            .collect();
        let rows = self.client.query(text, &values)?;
        let row = |row: &postgres::Row| (0..columns).map(|at| row.try_get(at)).collect();
        Ok(rows.iter().map(row).collect::<Result<_, _>>()?)
    }
}
