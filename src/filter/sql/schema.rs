//! The application's tables, as far as rights look at them.

use crate::key::Key;

/// What a column of keys holds.
///
/// | type | the column | compared |
/// |---|---|---|
/// | `Integer` | 64-bit integers or smaller | as integers; a key that is no integer occurs in none |
/// | `Text` | text under any collation | byte by byte, whatever the collation says |
/// | `ByteText` | text that the database compares byte by byte by itself | plainly |
///
/// `Text` is right for every column, and costs a second comparison on MySQL, where the usual collations hold `u1`, `U1`,
/// `u1 ` and `ú1` equal, and on `SQLite`. There a column of type `TEXT` without `COLLATE` compares bytes by itself, and on
/// MySQL one of a binary type does: those are `ByteText`. On PostgreSQL both types are the same: its collations tell all texts
/// apart unless made with `deterministic = false`, which is not supported; and its `char(n)` pads what it stores, so
/// an application must trim what it reads before it asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyType {
    /// Integers.
    Integer,
    /// Text.
    Text,
    /// Text in a column that compares bytes.
    ByteText,
}

/// A column that holds keys.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Column {
    pub(super) name: String,
    pub(super) keys: KeyType,
}

impl Column {
    /// A column of integers.
    pub fn integer(name: impl Into<String>) -> Self {
        Self { name: name.into(), keys: KeyType::Integer }
    }

    /// A column of text.
    pub fn text(name: impl Into<String>) -> Self {
        Self { name: name.into(), keys: KeyType::Text }
    }

    /// A column of text that the database itself compares byte by byte; see [`KeyType`].
    pub fn byte_text(name: impl Into<String>) -> Self {
        Self { name: name.into(), keys: KeyType::ByteText }
    }

    /// What it holds.
    pub fn keys(&self) -> KeyType {
        self.keys
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the two columns can be compared with each other.
    pub(super) fn compares_with(&self, other: &Self) -> bool {
        (self.keys == KeyType::Integer) == (other.keys == KeyType::Integer)
    }
}

/// A table: its name, or a schema's name and its own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Table {
    pub(super) schema: Option<String>,
    pub(super) name: String,
}

impl From<&str> for Table {
    fn from(name: &str) -> Self {
        Self { schema: None, name: name.to_owned() }
    }
}

impl From<(&str, &str)> for Table {
    fn from((schema, name): (&str, &str)) -> Self {
        Self { schema: Some(schema.to_owned()), name: name.to_owned() }
    }
}

/// A table that binds users to records: observers, participants.
///
/// ```
/// use bailiwick::sql::{Column, Participants};
///
/// let observers = Participants::new("deal_users", Column::integer("deal_id"), Column::integer("user_id"))
///     .only(Column::text("kind"), "observer");
/// # let _ = observers;
/// ```
#[derive(Clone, Debug)]
pub struct Participants {
    pub(super) table: Table,
    pub(super) record: Column,
    pub(super) user: Column,
    pub(super) only: Option<(Column, Key<()>)>,
}

impl Participants {
    /// The table, with its columns of the record and of the user.
    pub fn new(table: impl Into<Table>, record: Column, user: Column) -> Self {
        Self { table: table.into(), record, user, only: None }
    }

    /// Counts only the rows with this value in this column, for a table that holds several parties.
    #[must_use]
    pub fn only(mut self, column: Column, value: impl Into<Key<()>>) -> Self {
        self.only = Some((column, value.into()));
        self
    }
}

/// Where a party of a record stands: in a column of the record, or in a table of participants.
#[derive(Clone, Debug)]
pub enum PartySource {
    /// A column of the record's own table.
    Column(Column),
    /// A table of its own.
    Participants(Participants),
    /// Nowhere: no record of this table has such a party.
    Nowhere,
}

impl PartySource {
    /// The column that says who the party is.
    pub(super) fn column(&self) -> Option<&Column> {
        match self {
            Self::Column(column) => Some(column),
            Self::Participants(at) => Some(&at.user),
            Self::Nowhere => None,
        }
    }
}

impl From<Column> for PartySource {
    fn from(column: Column) -> Self {
        Self::Column(column)
    }
}

impl From<Participants> for PartySource {
    fn from(participants: Participants) -> Self {
        Self::Participants(participants)
    }
}

/// A table that binds users to departments: memberships, or the heads of departments.
///
/// Together such tables must say what the directory says: every department that a user sits in, and, in the same table or in
/// another, every department that he heads. Rows of dismissed users stay: what they are responsible for stays their
/// departments'. Rows of departments that are switched off do no harm.
#[derive(Clone, Debug)]
pub struct Memberships {
    pub(super) table: Table,
    pub(super) user: Column,
    pub(super) department: Column,
}

impl Memberships {
    /// The table, with its columns of the user and of the department.
    pub fn new(table: impl Into<Table>, user: Column, department: Column) -> Self {
        Self { table: table.into(), user, department }
    }
}

/// A table of departments with a column for the numbers of
/// [`Snapshot::department_numbers`](crate::Snapshot::department_numbers), so that a subtree is one range and not a list of keys.
///
/// Write the numbers in the transaction that changes departments, NULL where none is listed, and ask with the snapshot that
/// they came from: with numbers of another snapshot the answers are wrong.
#[derive(Clone, Debug)]
pub struct DepartmentNumbers {
    pub(super) table: Table,
    pub(super) department: Column,
    pub(super) number: String,
}

impl DepartmentNumbers {
    /// The table, with its column of the department's key and that of the number.
    pub fn new(table: impl Into<Table>, department: Column, number: impl Into<String>) -> Self {
        Self { table: table.into(), department, number: number.into() }
    }
}

/// A column that says whether a flag is set.
#[derive(Clone, Debug)]
pub struct FlagColumn {
    pub(super) name: String,
    pub(super) set: Set,
}

/// What a column holds when a flag is set.
#[derive(Clone, Debug)]
pub(super) enum Set {
    True,
    Key(Column, Key<()>),
}

impl FlagColumn {
    /// A boolean: set when it is true, which `SQLite` and MySQL write as 1. Any other number is not set.
    pub fn boolean(name: impl Into<String>) -> Self {
        Self { name: name.into(), set: Set::True }
    }

    /// A column in which one value means that the flag is set, such as `Y`; any other, that it is not.
    pub fn equal(column: Column, value: impl Into<Key<()>>) -> Self {
        Self { name: column.name.clone(), set: Set::Key(column, value.into()) }
    }
}
