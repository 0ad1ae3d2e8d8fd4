//! Conditions as text with bound values, for callers who write their own SQL.

use std::fmt;

use sea_query::{
    Condition, Expr, MysqlQueryBuilder, PostgresQueryBuilder, QueryBuilder, SqlWriter, SqliteQueryBuilder,
};

use crate::filter::sql::dialect::Dialect;

/// A condition as text, with the values for its placeholders in order. In parentheses, ready to stand behind `AND`.
///
/// ```text
/// ("deals"."stage" IN (?, ?) AND "deals"."responsible_id" = ?)
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Sql {
    /// The text.
    pub text: String,
    /// The values.
    pub values: Vec<Value>,
}

/// A value to bind.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// An integer.
    Integer(i64),
    /// Text.
    Text(String),
}

impl Sql {
    /// `after` is how many placeholders stand before this text in the caller's statement: PostgreSQL counts them.
    pub(super) fn new(dialect: Dialect, condition: Condition, after: usize) -> Self {
        Self::of(dialect, &condition.into(), after)
    }

    pub(super) fn of(dialect: Dialect, expr: &Expr, after: usize) -> Self {
        let mut writer = Writer { dialect, after, text: String::from("("), values: Vec::new() };
        match dialect {
            Dialect::Sqlite => SqliteQueryBuilder.prepare_expr(expr, &mut writer),
            Dialect::Postgres => PostgresQueryBuilder.prepare_expr(expr, &mut writer),
            Dialect::Mysql => MysqlQueryBuilder.prepare_expr(expr, &mut writer),
        }
        writer.text.push(')');
        Self { text: writer.text, values: writer.values }
    }
}

/// Collects text and values, and counts on from the caller's placeholders.
struct Writer {
    dialect: Dialect,
    after: usize,
    text: String,
    values: Vec<Value>,
}

impl fmt::Write for Writer {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.text.push_str(text);
        Ok(())
    }
}

impl fmt::Display for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl SqlWriter for Writer {
    fn push_param<T: QueryBuilder>(&mut self, value: sea_query::Value, _: &T) {
        let value = if let sea_query::Value::BigInt(Some(number)) = value {
            Value::Integer(number)
        } else if let sea_query::Value::String(Some(text)) = value {
            Value::Text(text)
        } else {
            // Conditions are made of nothing else. If one were, it would be compared with nothing, and keep no record.
            self.text.push_str("NULL");
            return;
        };
        self.values.push(value);
        match self.dialect {
            Dialect::Sqlite | Dialect::Mysql => self.text.push('?'),
            Dialect::Postgres => self.text.push_str(&format!("${}", self.after + self.values.len())),
        }
    }

    fn as_writer(&mut self) -> &mut dyn fmt::Write {
        self
    }
}
