//! Which columns a filter reads, and which indexes serve it.

use std::collections::BTreeSet;
use std::fmt;

use crate::filter::sql::linked::Linked;
use crate::filter::sql::mapping::{Mapping, PipelineSource};
use crate::filter::sql::schema::{Column, Memberships, Participants, PartySource, Table};
use crate::filter::{Clause, Condition, DepartmentSpan, Filter, Keys, Seating};
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
        self.read_by(filter.clauses()).into_iter().collect()
    }

    /// The columns that clauses read, here and in the tables of linked records.
    fn read_by(&self, clauses: &[Clause]) -> BTreeSet<ColumnRead> {
        let indexes = clauses.iter().flat_map(|clause| self.clause_indexes(clause));
        let read = indexes.flat_map(|Index { table, columns, .. }| {
            columns.into_iter().map(move |column| ColumnRead { table: table.clone(), column })
        });
        let plain = clauses.iter().flat_map(|clause| self.plain_columns(clause));
        let linked = clauses.iter().flat_map(|clause| &clause.all).flatten();
        let linked = linked.flat_map(|condition| match condition {
            Condition::Linked(entity, keeps) => {
                let links = self.links_to(entity);
                links.flat_map(|link| link.mapping().read_by(keeps.clauses())).collect::<Vec<_>>()
            }
            Condition::Flag(_)
            | Condition::PartyIs(..)
            | Condition::PartyAmong(..)
            | Condition::PartyIn(..)
            | Condition::PartySeated(..)
            | Condition::PartyGroup(..)
            | Condition::PartyDepartment(..)
            | Condition::Elsewhere { .. }
            | Condition::HostedBy(_)
            | Condition::Shared(..) => Vec::new(),
        });
        read.chain(plain).chain(linked).collect()
    }

    /// The indexes that serve the filter, sorted. Each begins with the column that narrows most: whose the record is, before
    /// where it is.
    pub fn indexes(&self, filter: &Filter) -> Vec<Index> {
        let clauses = filter.clauses().iter();
        clauses.flat_map(|clause| self.clause_indexes(clause)).collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn clause_indexes(&self, clause: &Clause) -> Vec<Index> {
        let places = self.place_columns(clause);
        let conditions = clause.all.iter().flatten();
        let mut indexes: Vec<_> = conditions.flat_map(|it| self.condition_indexes(it, &places)).collect();
        if clause.all.is_empty() && !places.is_empty() {
            indexes.push(index(&self.table, places));
        }
        indexes
    }

    fn condition_indexes(&self, condition: &Condition, places: &[String]) -> Vec<Index> {
        let mut indexes = Vec::new();
        match condition {
            Condition::Flag(flag) => {
                let column = self.flags.get(flag).map(|flag| flag.name.clone());
                indexes.push(Index { only_set: true, ..index(&self.table, column) });
            }
            Condition::PartyIs(party, _) | Condition::PartyAmong(party, _) => {
                indexes.extend(self.party_indexes(party, places))
            }
            Condition::PartyGroup(party, _) => {
                indexes.extend(self.source_indexes(self.collectives.groups.get(party), places));
            }
            Condition::PartyDepartment(party, spans) => {
                indexes.extend(self.source_indexes(self.collectives.departments.get(party), places));
                indexes.extend(self.number_indexes(trees(spans)));
            }
            Condition::PartyIn(party, spans) => {
                if let Some(column) = self.departments_of.get(party) {
                    indexes.push(index(
                        &self.table,
                        std::iter::once(column.name.clone()).chain(places.iter().cloned()),
                    ));
                } else {
                    indexes.extend(self.party_indexes(party, places));
                    indexes.extend(members(&self.memberships));
                }
                indexes.extend(self.number_indexes(trees(spans)));
            }
            Condition::PartySeated(party, seating, spans) => {
                indexes.extend(self.party_indexes(party, places));
                indexes.extend(members(&self.memberships).chain(members(&self.heads)));
                let all = matches!(seating, Seating::OtherHead | Seating::OtherEmployee);
                indexes.extend(self.number_indexes(all || trees(spans)));
            }
            Condition::Elsewhere { users, departments, spans } => {
                indexes.extend(users.iter().flat_map(|party| self.elsewhere_indexes(party)));
                let owning = departments.iter().filter_map(|it| self.collectives.departments.get(it));
                indexes.extend(owning.filter_map(listed));
                indexes.extend(self.number_indexes(trees(spans)));
            }
            Condition::HostedBy(_) => {
                let host = self.host.iter().map(|column| column.name.clone());
                indexes.extend(
                    self.host.as_ref().map(|_| index(&self.table, host.chain(places.iter().cloned()))),
                );
            }
            Condition::Shared(..) => indexes.extend(self.share_indexes()),
            Condition::Linked(entity, keeps) => {
                indexes.extend(
                    self.links_to(entity).flat_map(|link| self.link_indexes(link, keeps.clauses(), places)),
                );
            }
        }
        indexes
    }

    /// What serves shares: the record is found by its own key.
    fn share_indexes(&self) -> Vec<Index> {
        let Some(shares) = self.shares() else { return Vec::new() };
        let record = self.record.iter().map(|record| names(&self.table, &[record]));
        record.chain([names(&shares.table, &shares.columns())]).collect()
    }

    /// What serves a link, and what serves the clauses on the records that are linked.
    fn link_indexes(&self, link: &Linked, clauses: &[Clause], places: &[String]) -> Vec<Index> {
        let linked = link.mapping();
        let column = link.columns().map(|column| column.name.clone());
        let own = index(&self.table, column.chain(places.iter().cloned()));
        let record = linked.record.iter().map(|record| names(&linked.table, &[record]));
        let kept = clauses.iter().flat_map(|clause| linked.clause_indexes(clause));
        std::iter::once(own).chain(record).chain(kept).collect()
    }

    /// What is found by not being there has no index of its own; what it is not, has.
    fn elsewhere_indexes(&self, party: &Key<Party>) -> Vec<Index> {
        if self.departments_of.contains_key(party) {
            return Vec::new();
        }
        let listed = self.parties.get(party).and_then(listed);
        listed.into_iter().chain(members(&self.memberships)).collect()
    }

    fn number_indexes(&self, trees: bool) -> Option<Index> {
        let at = self.numbers.as_ref().filter(|_| trees)?;
        Some(index(&at.table, [at.number.clone(), at.department.name.clone()]))
    }

    /// The columns of the record's own table that are read without an index that serves.
    fn plain_columns(&self, clause: &Clause) -> Vec<ColumnRead> {
        let elsewhere = clause.all.iter().flatten().filter_map(|condition| {
            let Condition::Elsewhere { users, departments, .. } = condition else { return None };
            let of_user =
                |party| self.departments_of.get(party).or_else(|| self.read_at(self.parties.get(party)));
            let of_department = |party| self.read_at(self.collectives.departments.get(party));
            Some(users.iter().filter_map(of_user).chain(departments.iter().filter_map(of_department)))
        });
        let columns = elsewhere.flatten().map(|column| column.name.clone());
        let mut columns: Vec<String> = columns.collect();
        if !columns.is_empty() {
            columns.extend(self.place_columns(clause));
        }
        let table = name_of(&self.table);
        columns.into_iter().map(|column| ColumnRead { table: table.clone(), column }).collect()
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

    /// The column of the record's own table that is read to find who stands there.
    fn read_at<'a>(&'a self, source: Option<&'a PartySource>) -> Option<&'a Column> {
        match source? {
            PartySource::Column(column) => Some(column),
            PartySource::Participants(_) => self.record.as_ref(),
            PartySource::Nowhere => None,
        }
    }

    fn party_indexes(&self, party: &Key<Party>, places: &[String]) -> Vec<Index> {
        self.source_indexes(self.parties.get(party), places)
    }

    fn source_indexes(&self, source: Option<&PartySource>, places: &[String]) -> Vec<Index> {
        match source {
            Some(PartySource::Column(column)) => {
                vec![index(&self.table, std::iter::once(column.name.clone()).chain(places.iter().cloned()))]
            }
            Some(PartySource::Participants(at)) => {
                let record = self.record.iter().map(|record| names(&self.table, &[record]));
                let mut indexes: Vec<_> = record.collect();
                indexes.push(participants(at));
                indexes
            }
            Some(PartySource::Nowhere) | None => Vec::new(),
        }
    }
}

fn listed(source: &PartySource) -> Option<Index> {
    match source {
        PartySource::Participants(at) => Some(participants(at)),
        PartySource::Column(_) | PartySource::Nowhere => None,
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

fn trees(spans: &[DepartmentSpan]) -> bool {
    spans.iter().any(|span| span.with_subdepartments)
}

fn members(tables: &[Memberships]) -> impl Iterator<Item = Index> {
    tables.iter().map(|at| names(&at.table, &[&at.department, &at.user]))
}

fn name_of(table: &Table) -> String {
    let name = |schema: &String| format!("{schema}.{}", table.name);
    table.schema.as_ref().map_or_else(|| table.name.clone(), name)
}

fn index(table: &Table, columns: impl IntoIterator<Item = String>) -> Index {
    let table = name_of(table);
    Index { table, columns: columns.into_iter().collect(), only_set: false }
}
