//! Columns compared with keys and with other columns, so that keys are equal when their bytes are.
//!
//! Its own file because databases differ here and nowhere else. Two forms: the *plain* one, which an index serves, and the
//! *exact* one, which is right. `SQLite` has one form that is both, and PostgreSQL's plain comparison is exact; on MySQL a
//! text is compared in both forms, and the database finds by the first and decides by the second.

use sea_query::{Expr, ExprTrait, Func, SelectStatement};

use crate::filter::sql::dialect::Dialect;
use crate::filter::sql::schema::{Column, KeyType, Table};
use crate::filter::sql::truth::Truth;
use crate::key::Key;

/// The longest list that is written key by key. A longer one is one parameter, because databases limit how many a statement
/// may have.
const LONGEST_LIST: usize = 100;

/// A column of a table that stands in the query.
#[derive(Clone, Copy, Debug)]
pub(super) struct Operand<'a> {
    pub(super) table: &'a Table,
    pub(super) column: &'a Column,
}

/// Keys in the type of a column, all that can occur in it.
enum Listed {
    Integers(Vec<i64>),
    Texts(Vec<String>),
}

impl Listed {
    fn new<'k, T: 'k>(keys: impl IntoIterator<Item = &'k Key<T>>, of: KeyType) -> Self {
        let keys = keys.into_iter();
        match of {
            KeyType::Integer => Self::Integers(keys.filter_map(Key::as_number).collect()),
            KeyType::Text | KeyType::ByteText => {
                Self::Texts(keys.map(|key| key.text().into_owned()).collect())
            }
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Integers(numbers) => numbers.len(),
            Self::Texts(texts) => texts.len(),
        }
    }
}

impl Operand<'_> {
    /// The column, qualified by its table.
    pub(super) fn plain(self) -> Expr {
        let (table, name) = (self.table, self.column.name.clone());
        match &table.schema {
            Some(schema) => Expr::col((schema.clone(), table.name.clone(), name)),
            None => Expr::col((table.name.clone(), name)),
        }
    }

    /// Whether the column holds one of the keys.
    pub(super) fn among<'k, T: 'k>(
        self,
        dialect: Dialect,
        keys: impl IntoIterator<Item = &'k Key<T>>,
    ) -> Truth {
        let listed = Listed::new(keys, self.column.keys);
        if listed.len() == 0 {
            return Truth::Never;
        }
        let exact = Truth::When(in_list(dialect, self, &listed, Form::Exact, false));
        // A longer list has a collation of its own, which may not mix with the column's.
        if dialect.compares_twice(self.column.keys) && listed.len() <= LONGEST_LIST {
            let plain = Truth::When(in_list(dialect, self, &listed, Form::Plain, false));
            return Truth::all([plain, exact]);
        }
        exact
    }

    /// Whether the column holds none of the keys, or nothing.
    pub(super) fn not_among<'k, T: 'k>(
        self,
        dialect: Dialect,
        keys: impl IntoIterator<Item = &'k Key<T>>,
    ) -> Truth {
        let listed = Listed::new(keys, self.column.keys);
        if listed.len() == 0 {
            return Truth::Always;
        }
        let absent = Truth::When(self.plain().is_null());
        Truth::any([absent, Truth::When(in_list(dialect, self, &listed, Form::Exact, true))])
    }

    /// Whether the column holds what the query finds in a column of its own. The query is asked for once or twice, with
    /// the form of that column.
    pub(super) fn found(
        self,
        dialect: Dialect,
        inner: Operand<'_>,
        query: impl Fn(Expr) -> SelectStatement,
    ) -> Truth {
        let keys = if inner.column.keys == KeyType::Text { KeyType::Text } else { self.column.keys };
        let form = |form| {
            let column = shaped(dialect, self.plain(), keys, form);
            Truth::When(column.in_subquery(query(shaped(dialect, inner.plain(), keys, form))))
        };
        if dialect.compares_twice(keys) {
            Truth::all([form(Form::Plain), form(Form::Exact)])
        } else {
            form(Form::Exact)
        }
    }
}

#[derive(Clone, Copy)]
enum Form {
    Plain,
    Exact,
}

impl Dialect {
    fn compares_twice(self, keys: KeyType) -> bool {
        match (self, keys) {
            (Self::Mysql, KeyType::Text) => true,
            (Self::Mysql, KeyType::Integer | KeyType::ByteText) | (Self::Sqlite | Self::Postgres, _) => false,
        }
    }
}

/// One side of a comparison, so that both sides in this form compare as they should.
fn shaped(dialect: Dialect, side: Expr, keys: KeyType, form: Form) -> Expr {
    match (dialect, keys, form) {
        (_, KeyType::Integer | KeyType::ByteText, _) | (Dialect::Postgres, _, _) | (_, _, Form::Plain) => {
            side
        }
        (Dialect::Sqlite, KeyType::Text, Form::Exact) => Expr::cust_with_expr("? COLLATE BINARY", side),
        (Dialect::Mysql, KeyType::Text, Form::Exact) => {
            Expr::cust_with_expr("CAST(CONVERT(? USING utf8mb4) AS BINARY)", side)
        }
    }
}

fn in_list(dialect: Dialect, operand: Operand<'_>, listed: &Listed, form: Form, not: bool) -> Expr {
    let keys = operand.column.keys;
    let column = shaped(dialect, operand.plain(), keys, form);
    if listed.len() > LONGEST_LIST {
        return in_long_list(dialect, column, keys, listed, not);
    }
    let mut values: Vec<Expr> = match listed {
        Listed::Integers(numbers) => numbers.iter().map(|number| integer(dialect, *number)).collect(),
        Listed::Texts(texts) => {
            let value = |text: &String| match dialect {
                // SQLite takes the collation from the column's side.
                Dialect::Sqlite => Expr::val(text.clone()),
                Dialect::Postgres | Dialect::Mysql => shaped(dialect, text_value(dialect, text), keys, form),
            };
            texts.iter().map(value).collect()
        }
    };
    match (values.len(), not) {
        (1, false) => column.eq(values.remove(0)),
        (1, true) => column.ne(values.remove(0)),
        (_, false) => column.is_in(values),
        (_, true) => column.is_not_in(values),
    }
}

/// PostgreSQL would otherwise give a parameter the column's type, which a 64-bit key may not fit.
pub(super) fn integer(dialect: Dialect, number: i64) -> Expr {
    match dialect {
        Dialect::Sqlite | Dialect::Mysql => Expr::val(number),
        Dialect::Postgres => Func::cast_as(Expr::val(number), "bigint").into(),
    }
}

fn text_value(dialect: Dialect, text: &str) -> Expr {
    match dialect {
        Dialect::Sqlite | Dialect::Mysql => Expr::val(text),
        Dialect::Postgres => Func::cast_as(Expr::val(text), "text").into(),
    }
}

/// The whole list as one text parameter, which the database takes apart.
fn in_long_list(dialect: Dialect, column: Expr, keys: KeyType, listed: &Listed, not: bool) -> Expr {
    let integers = matches!(listed, Listed::Integers(_));
    let template = match (dialect, integers, not) {
        (Dialect::Sqlite, _, false) => "? IN (SELECT json_each.value FROM json_each(?))",
        (Dialect::Sqlite, _, true) => "? NOT IN (SELECT json_each.value FROM json_each(?))",
        (Dialect::Postgres, true, false) => "$1 = ANY (CAST(CAST($2 AS text) AS bigint[]))",
        (Dialect::Postgres, true, true) => "$1 <> ALL (CAST(CAST($2 AS text) AS bigint[]))",
        (Dialect::Postgres, false, false) => "$1 = ANY (CAST(CAST($2 AS text) AS text[]))",
        (Dialect::Postgres, false, true) => "$1 <> ALL (CAST(CAST($2 AS text) AS text[]))",
        (Dialect::Mysql, true, false) => {
            "? IN (SELECT listed.k FROM JSON_TABLE(?, '$[*]' COLUMNS (k BIGINT PATH '$')) AS listed)"
        }
        (Dialect::Mysql, true, true) => {
            "? NOT IN (SELECT listed.k FROM JSON_TABLE(?, '$[*]' COLUMNS (k BIGINT PATH '$')) AS listed)"
        }
        (Dialect::Mysql, false, false) => {
            "? IN (SELECT CAST(CONVERT(listed.k USING utf8mb4) AS BINARY) FROM JSON_TABLE(?, '$[*]' \
             COLUMNS (k VARCHAR(255) CHARACTER SET utf8mb4 PATH '$')) AS listed)"
        }
        (Dialect::Mysql, false, true) => {
            "? NOT IN (SELECT CAST(CONVERT(listed.k USING utf8mb4) AS BINARY) FROM JSON_TABLE(?, '$[*]' \
             COLUMNS (k VARCHAR(255) CHARACTER SET utf8mb4 PATH '$')) AS listed)"
        }
    };
    let column = match (dialect, keys) {
        (Dialect::Mysql, KeyType::ByteText) => shaped(dialect, column, KeyType::Text, Form::Exact),
        (Dialect::Mysql, KeyType::Integer | KeyType::Text) | (Dialect::Sqlite | Dialect::Postgres, _) => {
            column
        }
    };
    Expr::cust_with_exprs(template, [column, Expr::val(array(dialect, listed))])
}

/// The list as JSON, or as PostgreSQL writes arrays: both quote texts alike, and keys hold no control characters.
fn array(dialect: Dialect, listed: &Listed) -> String {
    let (open, close) = match dialect {
        Dialect::Sqlite | Dialect::Mysql => ('[', ']'),
        Dialect::Postgres => ('{', '}'),
    };
    let items: Vec<String> = match listed {
        Listed::Integers(numbers) => numbers.iter().map(i64::to_string).collect(),
        Listed::Texts(texts) => texts.iter().map(|text| quoted(text)).collect(),
    };
    format!("{open}{}{close}", items.join(","))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
