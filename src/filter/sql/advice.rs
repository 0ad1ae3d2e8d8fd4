//! Which columns a filter reads, and which indexes serve it.

use std::collections::BTreeSet;
use std::fmt;

use crate::filter::sql::mapping::{Mapping, PipelineSource};
use crate::filter::sql::schema::{Column, Participants, PartySource, Table};
use crate::filter::{Clause, Condition, Filter, Keys};
use crate::key::Key;
use crate::vocabulary::Party;

/// A column that a filter reads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct ColumnRead {
    /// The table; the record's own as the mapping names it.
    pub table: String,
    /// The column.
    pub column: String,
}

/// An index that serves a filter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Index {
    /// The table; the record's own as the mapping names it.
    pub table: String,
    /// The columns, in order.
    pub columns: Vec<String>,
    /// Whether it should hold only the rows in which the column, a flag, is set. Few are, as a rule, and only from an index of
    /// those does a database see how few.
    pub only_set: bool,
}

/// ```text
/// deals (responsible_id, stage)
/// ```
impl fmt::Display for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.table, self.columns.join(", "))?;
        f.write_str(if self.only_set { " where it is set" } else { "" })
    }
}

impl Mapping {
    /// The columns that the filter reads, sorted; none for nothing and everything.
    pub fn columns(&self, filter: &Filter) -> Vec<ColumnRead> {
        let indexes = self.indexes(filter);
        let read = indexes.into_iter().flat_map(|Index { table, columns, .. }| {
            columns.into_iter().map(move |column| ColumnRead { table: table.clone(), column })
        });
        read.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The indexes that serve the filter, sorted. Each begins with the column that narrows most: whose the record is, before
    /// where it is.
    pub fn indexes(&self, filter: &Filter) -> Vec<Index> {
        let clauses = filter.clauses().iter();
        clauses.flat_map(|clause| self.clause_indexes(clause)).collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn clause_indexes(&self, clause: &Clause) -> Vec<Index> {
        let places = self.place_columns(clause);
        let mut indexes = Vec::new();
        for condition in clause.all.iter().flatten() {
            match condition {
                Condition::Flag(flag) => {
                    let column = self.flags.get(flag).map(|flag| flag.name.clone());
                    indexes.push(Index { only_set: true, ..index(&self.table, column) });
                }
                Condition::PartyIs(party, _) => indexes.extend(self.party_indexes(party, &places)),
                Condition::PartyIn(party, spans) => {
                    if let Some(column) = self.departments_of.get(party) {
                        indexes.push(index(
                            &self.table,
                            std::iter::once(column.name.clone()).chain(places.clone()),
                        ));
                    } else {
                        indexes.extend(self.party_indexes(party, &places));
                        indexes.extend(
                            self.memberships.iter().map(|at| names(&at.table, &[&at.department, &at.user])),
                        );
                    }
                    let trees = spans.iter().any(|span| span.with_subdepartments);
                    let numbers = self.numbers.iter().filter(|_| trees);
                    indexes.extend(
                        numbers.map(|at| index(&at.table, [at.number.clone(), at.department.name.clone()])),
                    );
                }
            }
        }
        if clause.all.is_empty() && !places.is_empty() {
            indexes.push(index(&self.table, places));
        }
        indexes
    }

    fn place_columns(&self, clause: &Clause) -> Vec<String> {
        let mut columns = Vec::new();
        let pipelines = clause.within.iter().any(|within| within.pipelines != Keys::Any);
        if let Some(PipelineSource::Column(column)) = self.pipeline.as_ref().filter(|_| pipelines) {
            columns.push(column.name.clone());
        }
        let stages = clause.within.iter().any(|within| within.stages != Keys::Any);
        columns.extend(self.stage.iter().filter(|_| stages).map(|column| column.name.clone()));
        columns
    }

    fn party_indexes(&self, party: &Key<Party>, places: &[String]) -> Vec<Index> {
        match self.parties.get(party) {
            Some(PartySource::Column(column)) => {
                vec![index(&self.table, std::iter::once(column.name.clone()).chain(places.iter().cloned()))]
            }
            Some(PartySource::Participants(at)) => {
                let record = self.record.iter().map(|record| names(&self.table, &[record]));
                let mut indexes: Vec<_> = record.collect();
                indexes.push(participants(at));
                indexes
            }
            None => Vec::new(),
        }
    }
}

fn participants(at: &Participants) -> Index {
    let mut columns = vec![&at.user];
    columns.extend(at.only.as_ref().map(|(column, _)| column));
    columns.push(&at.record);
    names(&at.table, &columns)
}

fn names(table: &Table, columns: &[&Column]) -> Index {
    index(table, columns.iter().map(|column| column.name.clone()))
}

fn index(table: &Table, columns: impl IntoIterator<Item = String>) -> Index {
    let name = |schema: &String| format!("{schema}.{}", table.name);
    let table = table.schema.as_ref().map_or_else(|| table.name.clone(), name);
    Index { table, columns: columns.into_iter().collect(), only_set: false }
}
