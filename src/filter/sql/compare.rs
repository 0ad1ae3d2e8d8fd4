//! Columns compared with keys and with other columns, so that keys are equal when their bytes are.
//!
//! Its own file because databases differ here and nowhere else. Two forms: the *plain* one, which an index serves, and the
//! *exact* one, which is right. PostgreSQL's plain comparison is exact. On MySQL and `SQLite` a text is compared in both forms:
//! the database finds by the first and decides by the second. (An explicit COLLATE would be one form for both on `SQLite`, but
//! where there is one in an arm of an OR, it uses no index for any of them.)

use sea_query::{Expr, ExprTrait, Func, SelectStatement};

use crate::filter::sql::dialect::Dialect;
use crate::filter::sql::schema::{Column, KeyType, Table};
use crate::filter::sql::truth::Truth;
use crate::key::Key;

/// The longest list that is written key by key. A longer one is one parameter, because databases limit how many a statement
/// may have.
const LONGEST_LIST: usize = 100;

/// How many keys a sub-select is known to find. Databases cannot know it beforehand, and guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Finds {
    /// So few that looking each up in an index pays.
    Few,
    /// Nobody knows.
    Some,
    /// So large a part of all that going through the table once pays.
    Most,
}

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
        let exact = Truth::When(in_list(dialect, self, &listed, Form::Exact));
        // On MySQL a longer list has a collation of its own, which may not mix with the column's.
        let mixes = dialect == Dialect::Sqlite || listed.len() <= LONGEST_LIST;
        if mixes && dialect.compares_twice(self.column.keys) {
            let plain = Truth::When(in_list(dialect, self, &listed, Form::Plain));
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
        // NULL is not among them. Said without an OR, beside which `SQLite` would use no index.
        Truth::When(in_list(dialect, self, &listed, Form::Exact)).not()
    }

    /// Whether the column holds what the query finds in a column of its own. The query is asked for once or twice, with
    /// the form of that column.
    pub(super) fn found(
        self,
        dialect: Dialect,
        finds: Finds,
        inner: Operand<'_>,
        query: impl Fn(Expr) -> SelectStatement,
    ) -> Truth {
        let keys = if inner.column.keys == KeyType::Text { KeyType::Text } else { self.column.keys };
        let form = |form| {
            let column = shaped(dialect, self.plain(), keys, form);
            let query = query(shaped(dialect, inner.plain(), keys, form));
            Truth::When(match (dialect, finds) {
                // As an array, it is found first and looked up in the column's index; beside an OR, a sub-select never is.
                (Dialect::Postgres, Finds::Few) => {
                    let query = Expr::SubQuery(None, Box::new(query.into()));
                    Expr::cust_with_exprs("$1 = ANY (ARRAY $2)", [column, query])
                }
                // The plus changes nothing but this: no index of the column is used.
                (Dialect::Sqlite, Finds::Most) => Expr::cust_with_expr("+?", column).in_subquery(query),
                (Dialect::Sqlite, Finds::Few | Finds::Some)
                | (Dialect::Postgres, Finds::Some | Finds::Most)
                | (Dialect::Mysql, _) => column.in_subquery(query),
            })
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
            (Self::Mysql | Self::Sqlite, KeyType::Text) => true,
            (Self::Mysql | Self::Sqlite, KeyType::Integer | KeyType::ByteText) | (Self::Postgres, _) => false,
        }
    }
}

/// One side of a comparison, so that both sides in this form compare as they should.
fn shaped(dialect: Dialect, side: Expr, keys: KeyType, form: Form) -> Expr {
    match (dialect, keys, form) {
        (_, KeyType::Integer | KeyType::ByteText, _) | (Dialect::Postgres, _, _) | (_, _, Form::Plain) => {
            side
        }
        (Dialect::Sqlite, KeyType::Text, Form::Exact) => Expr::cust_with_expr("CAST(? AS BLOB)", side),
        (Dialect::Mysql, KeyType::Text, Form::Exact) => {
            Expr::cust_with_expr("CAST(CONVERT(? USING utf8mb4) AS BINARY)", side)
        }
    }
}

fn in_list(dialect: Dialect, operand: Operand<'_>, listed: &Listed, form: Form) -> Expr {
    let keys = operand.column.keys;
    let column = shaped(dialect, operand.plain(), keys, form);
    if listed.len() > LONGEST_LIST {
        return in_long_list(dialect, column, keys, listed, form);
    }
    let mut values: Vec<Expr> = match listed {
        Listed::Integers(numbers) => numbers.iter().map(|number| integer(dialect, *number)).collect(),
        Listed::Texts(texts) => {
            let value = |text: &String| shaped(dialect, text_value(dialect, text), keys, form);
            texts.iter().map(value).collect()
        }
    };
    if values.len() == 1 { column.eq(values.remove(0)) } else { column.is_in(values) }
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
fn in_long_list(dialect: Dialect, column: Expr, keys: KeyType, listed: &Listed, form: Form) -> Expr {
    let integers = matches!(listed, Listed::Integers(_));
    let twice = dialect.compares_twice(keys) && matches!(form, Form::Exact);
    let template = match (dialect, integers) {
        (Dialect::Sqlite, _) if twice => "? IN (SELECT CAST(json_each.value AS BLOB) FROM json_each(?))",
        (Dialect::Sqlite, _) => "? IN (SELECT json_each.value FROM json_each(?))",
        (Dialect::Postgres, true) => "$1 = ANY (CAST(CAST($2 AS text) AS bigint[]))",
        (Dialect::Postgres, false) => "$1 = ANY (CAST(CAST($2 AS text) AS text[]))",
        (Dialect::Mysql, true) => {
            "? IN (SELECT listed.k FROM JSON_TABLE(?, '$[*]' COLUMNS (k BIGINT PATH '$')) AS listed)"
        }
        (Dialect::Mysql, false) => {
            "? IN (SELECT CAST(CONVERT(listed.k USING utf8mb4) AS BINARY) FROM JSON_TABLE(?, '$[*]' \
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
