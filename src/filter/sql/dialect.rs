//! The databases that conditions are written for.

/// A database's way of writing SQL, as `sea-query`'s builder of that name writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// `SQLite`, from 3.38: lists of more than a hundred keys need `json_each`.
    Sqlite,
    /// PostgreSQL.
    Postgres,
    /// MySQL from 8.0, MariaDB from 10.6: lists of more than a hundred keys need `JSON_TABLE`.
    Mysql,
}
