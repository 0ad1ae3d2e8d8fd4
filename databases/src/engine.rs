//! What the tests need of a database, and nothing more.

use std::error::Error;

use bailiwick::sql::{Dialect, Value};
use sea_query::{
    Condition, Expr, ExprTrait, MysqlQueryBuilder, PostgresQueryBuilder, Query, SelectStatement,
    SqliteQueryBuilder, Values,
};

/// Whatever a database complains of.
pub type Failure = Box<dyn Error + Send + Sync>;

/// A value to store.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// NULL.
    Null,
    /// An integer.
    Integer(i64),
    /// A text.
    Text(String),
    /// A boolean.
    Boolean(bool),
}

/// A database that is there.
pub trait Engine {
    /// Its name and version.
    fn name(&mut self) -> Result<String, Failure>;
    /// The dialect it speaks.
    fn dialect(&self) -> Dialect;
    /// How it calls a column of texts: with the most treacherous collation that it has.
    fn text_type(&self) -> &'static str;
    /// Runs statements without values.
    fn run(&mut self, statements: &str) -> Result<(), Failure>;
    /// Stores rows.
    fn insert(&mut self, table: &str, columns: &[&str], rows: &[Vec<Cell>]) -> Result<(), Failure>;
    /// The first columns of all rows found, which are integers.
    fn select(&mut self, text: &str, values: &[Value], columns: usize) -> Result<Vec<Vec<i64>>, Failure>;
}

/// The statement of a select with its values, as the dialect's builder writes it.
pub fn built(dialect: Dialect, select: &SelectStatement) -> (String, Vec<Value>) {
    let (text, values) = match dialect {
        Dialect::Sqlite => select.build(SqliteQueryBuilder),
        Dialect::Postgres => select.build(PostgresQueryBuilder),
        Dialect::Mysql => select.build(MysqlQueryBuilder),
    };
    (text, neutral(values))
}

fn neutral(values: Values) -> Vec<Value> {
    let neutral = |value| match value {
        sea_query::Value::BigInt(Some(number)) => Value::Integer(number),
        sea_query::Value::String(Some(text)) => Value::Text(text),
        other => panic!("a condition binds {other:?}"),
    };
    values.0.into_iter().map(neutral).collect()
}

/// The ids of the deals that meet a condition, among other conditions of the caller's own.
pub fn find(engine: &mut dyn Engine, condition: &Condition) -> Result<Vec<i64>, Failure> {
    let select = Query::select()
        .column("id")
        .from("deals")
        .and_where(Expr::col("id").is_null().or(Expr::col("id").is_not_null()))
        .and_where(condition.clone().into())
        .to_owned();
    let (text, values) = built(engine.dialect(), &select);
    let rows = engine.select(&text, &values, 1).map_err(|error| format!("{error}: {text}"))?;
    Ok(rows.into_iter().map(|row| row[0]).collect())
}

/// The ids of the deals that meet a condition, each with the value of an expression.
pub fn find_with(
    engine: &mut dyn Engine,
    expr: &Expr,
    condition: &Condition,
) -> Result<Vec<(i64, i64)>, Failure> {
    let select = Query::select()
        .column("id")
        .expr(expr.clone())
        .from("deals")
        .cond_where(condition.clone())
        .to_owned();
    let (text, values) = built(engine.dialect(), &select);
    let rows = engine.select(&text, &values, 2).map_err(|error| format!("{error}: {text}"))?;
    Ok(rows.into_iter().map(|row| (row[0], row[1])).collect())
}
