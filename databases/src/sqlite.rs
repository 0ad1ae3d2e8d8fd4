//! `SQLite`, in this process.

use bailiwick::sql::{Dialect, Value};
use rusqlite::types::{ToSqlOutput, Value as Stored};
use rusqlite::{Connection, params_from_iter};

use crate::engine::{Cell, Engine, Failure};

/// A database in memory.
#[derive(Debug)]
pub struct Sqlite {
    /// The connection, for what only this database can be asked.
    pub connection: Connection,
}

impl Sqlite {
    /// An empty database.
    pub fn open() -> Result<Self, Failure> {
        Ok(Self { connection: Connection::open_in_memory()? })
    }
}

impl rusqlite::ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Owned(match self {
            Self::Null => Stored::Null,
            Self::Integer(number) => Stored::Integer(*number),
            Self::Text(text) => Stored::Text(text.clone()),
            Self::Boolean(set) => Stored::Integer((*set).into()),
        }))
    }
}

/// A bound value, for rusqlite.
pub fn bound(value: &Value) -> Stored {
    match value {
        Value::Integer(number) => Stored::Integer(*number),
        Value::Text(text) => Stored::Text(text.clone()),
    }
}

impl Engine for Sqlite {
    fn name(&mut self) -> Result<String, Failure> {
        Ok(format!("SQLite {}", rusqlite::version()))
    }

    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    fn text_type(&self) -> &'static str {
        "TEXT COLLATE NOCASE"
    }

    fn run(&mut self, statements: &str) -> Result<(), Failure> {
        Ok(self.connection.execute_batch(statements)?)
    }

    fn insert(&mut self, table: &str, columns: &[&str], rows: &[Vec<Cell>]) -> Result<(), Failure> {
        let marks = vec!["?"; columns.len()].join(", ");
        let text = format!("INSERT INTO {table} ({}) VALUES ({marks})", columns.join(", "));
        let transaction = self.connection.transaction()?;
        let mut statement = transaction.prepare(&text)?;
        for row in rows {
            statement.execute(params_from_iter(row))?;
        }
        drop(statement);
        Ok(transaction.commit()?)
    }

    fn select(&mut self, text: &str, values: &[Value], columns: usize) -> Result<Vec<Vec<i64>>, Failure> {
        let mut statement = self.connection.prepare(text)?;
        let row = |row: &rusqlite::Row<'_>| (0..columns).map(|at| row.get(at)).collect();
        let rows = statement.query_map(params_from_iter(values.iter().map(bound)), row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
