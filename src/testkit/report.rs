//! What a run of the kit found.

use std::fmt;

use thiserror::Error;

use crate::directory::User;
use crate::filter::Filter;
use crate::filter::sql::MappingProblem;
use crate::filter::sql::sea_query::Condition;
use crate::key::Key;
use crate::testkit::rows::Row;
use crate::vocabulary::Action;

/// How often check and database were compared, and where they differ.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
#[must_use]
pub struct Report {
    /// Rows asked about.
    pub rows: usize,
    /// Queries run.
    pub questions: usize,
    /// How many rows the check allowed, over all questions.
    pub allowed: usize,
    /// How many it denied. A run that allows or denies nothing has shown nothing.
    pub denied: usize,
    /// Every difference.
    pub disagreements: Vec<Disagreement>,
    /// Keys of rows that the database found and the kit did not store: the tables were not empty.
    pub strangers: Vec<i64>,
}

/// A row on which check, filter in memory and database do not all say the same.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Disagreement {
    /// Who asked; nobody, for a visitor who has not signed in.
    pub user: Option<Key<User>>,
    /// What for.
    pub action: Key<Action>,
    /// Which row.
    pub row: Row,
    /// What the check says.
    pub check: bool,
    /// Whether the filter keeps the record in memory.
    pub memory: bool,
    /// Whether the database found the row.
    pub database: bool,
    /// The filter.
    pub filter: Filter,
}

/// Why a run came to no report.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum KitFailure<E> {
    /// The rows could not be stored.
    #[error("the rows could not be stored: {0}")]
    Store(E),
    /// The database did not run a condition.
    #[error("the database did not run {condition:?}: {error}")]
    Find {
        /// The condition.
        condition: Condition,
        /// What the database said.
        error: E,
    },
    /// The mapping could not answer a filter.
    #[error(transparent)]
    Mapping(#[from] MappingProblem),
}

impl Report {
    /// Whether all agree on every row.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.disagreements.is_empty() && self.strangers.is_empty()
    }
}

/// The figures, and the first disagreements.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rows, questions, allowed, denied, disagreements, strangers } = self;
        write!(f, "{questions} questions over {rows} rows: {allowed} allowed, {denied} denied, ")?;
        write!(f, "{} disagreements, {} rows of others", disagreements.len(), strangers.len())?;
        for disagreement in disagreements.iter().take(5) {
            write!(f, "\n  {disagreement}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { user, action, row, check, memory, database, filter } = self;
        let user = user.as_ref().map_or_else(|| "a visitor".to_owned(), Key::to_string);
        write!(f, "{user}, {action}: check says {check}, filter {memory}, database {database}; ")?;
        write!(f, "{row:?}; filter: {filter}")
    }
}
