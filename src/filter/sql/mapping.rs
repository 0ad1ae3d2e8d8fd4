//! The mapping from what rights speak of to the application's tables.

use std::collections::BTreeMap;

use sea_query::Condition;

use crate::filter::Filter;
use crate::filter::sql::dialect::Dialect;
use crate::filter::sql::linked::Linked;
use crate::filter::sql::needs::Needs;
use crate::filter::sql::party::Collectives;
use crate::filter::sql::problem::{MappingProblem, MappingProblems};
use crate::filter::sql::render::Renderer;
use crate::filter::sql::schema::{
    Column, DepartmentNumbers, FlagColumn, Memberships, PartySource, Set, Table,
};
use crate::filter::sql::shared::{Shares, SharesSource};
use crate::filter::sql::text::Sql;
use crate::index::Ix;
use crate::key::{Handle, Key};
use crate::snapshot::Snapshot;
use crate::vocabulary::{Entity, Flag, Party, Pipeline, Place};

/// Where an entity's records and all that rights look at stand in the application's database. Made once, used with every
/// snapshot.
///
/// ```
/// use bailiwick::sql::{Column, Dialect, FlagColumn, Mapping, Memberships, Participants, sea_query};
/// use bailiwick::{crm, Assignment, Department, Directory, Moment, Policy, Snapshot, Subject, User};
/// use sea_query::{Query, SqliteQueryBuilder};
///
/// let directory = Directory::new()
///     .with(Department::new("sales"))
///     .with(User::new("anna").sits_in("sales"));
/// let policy = Policy::new(crm::vocabulary())
///     .roles(crm::roles())
///     .assign(Assignment::new(crm::MANAGER, Subject::Department("sales".into())));
/// let snapshot = Snapshot::compile(&policy, &directory)?;
///
/// let observers = Participants::new("observers", Column::integer("deal_id"), Column::text("user_id"));
/// let deals = Mapping::of(&snapshot, crm::DEAL, Dialect::Sqlite, "deals")
///     .record(Column::integer("id"))
///     .only_pipeline("general")
///     .stage(Column::text("stage"))
///     .party("responsible", Column::byte_text("responsible_id"))
///     .party("observer", observers)
///     .flag("open", FlagColumn::boolean("opened"))
///     .flag("always_readable", FlagColumn::boolean("public"))
///     .memberships(Memberships::new("members", Column::text("user_id"), Column::text("department_id")))
///     .build()?;
///
/// let access = snapshot.access(snapshot.user("anna"), Moment::from_unix_seconds(0));
/// let condition = deals.condition(&snapshot, &access.filter(crm::UPDATE, crm::DEAL))?;
/// let query = Query::select().column("title").from("deals").cond_where(condition).to_owned();
/// assert_eq!(
///     query.to_string(SqliteQueryBuilder),
///     r#"SELECT "title" FROM "deals" WHERE "deals"."responsible_id" = 'anna'"#,
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Mapping {
    /// Nothing, if the vocabulary does not have it.
    pub(super) entity: Option<Key<Entity>>,
    pub(super) dialect: Dialect,
    pub(super) table: Table,
    pub(super) record: Option<Column>,
    pub(super) pipeline: Option<PipelineSource>,
    pub(super) stage: Option<Column>,
    pub(super) parties: BTreeMap<Key<Party>, PartySource>,
    pub(super) flags: BTreeMap<Key<Flag>, FlagColumn>,
    pub(super) departments_of: BTreeMap<Key<Party>, Column>,
    pub(super) memberships: Vec<Memberships>,
    pub(super) heads: Vec<Memberships>,
    pub(super) numbers: Option<DepartmentNumbers>,
    pub(super) links: Vec<Linked>,
    pub(super) host: Option<Column>,
    pub(super) shares: Option<SharesSource>,
    pub(super) collectives: Collectives,
}

/// How a record's pipeline is known.
#[derive(Clone, Debug)]
pub(super) enum PipelineSource {
    Column(Column),
    Only(Key<Pipeline>),
}

impl Mapping {
    /// Begins a mapping. `table` is the name or alias by which the caller's query knows the entity's table.
    pub fn of(
        snapshot: &Snapshot,
        entity: impl Into<Handle<Place>>,
        dialect: Dialect,
        table: impl Into<Table>,
    ) -> MappingBuilder<'_> {
        let entity = snapshot.entity_of(entity.into());
        let mapping = Self {
            entity: entity.and_then(|at| snapshot.places.path(at)).map(|place| place.entity_key().clone()),
            dialect,
            table: table.into(),
            record: None,
            pipeline: None,
            stage: None,
            parties: BTreeMap::new(),
            flags: BTreeMap::new(),
            departments_of: BTreeMap::new(),
            memberships: Vec::new(),
            heads: Vec::new(),
            numbers: None,
            links: Vec::new(),
            host: None,
            shares: None,
            collectives: Collectives::default(),
        };
        MappingBuilder { snapshot, entity, mapping, problems: Vec::new() }
    }

    /// The dialect that it writes.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The filter as a condition on the mapped table. `snapshot` is the one that the filter was made from.
    ///
    /// Nothing comes out as a constant that is false, everything as one that is true.
    ///
    /// # Errors
    ///
    /// [`MappingProblem`], if the filter needs what this mapping does not have: the snapshot's vocabulary has grown since the
    /// mapping was made. No condition is ever left out.
    pub fn condition(&self, snapshot: &Snapshot, filter: &Filter) -> Result<Condition, MappingProblem> {
        let expr = Renderer::new(self, snapshot).filter(filter)?.into_expr();
        Ok(Condition::all().add(expr))
    }

    /// The filter as text with values to bind. `after` is how many placeholders the caller's statement has before it.
    ///
    /// # Errors
    ///
    /// As [`condition`](Self::condition).
    pub fn sql(&self, snapshot: &Snapshot, filter: &Filter, after: usize) -> Result<Sql, MappingProblem> {
        Ok(Sql::new(self.dialect, self.condition(snapshot, filter)?, after))
    }
}

/// A mapping in the making.
#[derive(Debug)]
#[must_use]
pub struct MappingBuilder<'s> {
    snapshot: &'s Snapshot,
    entity: Option<Ix<Place>>,
    pub(super) mapping: Mapping,
    problems: Vec<MappingProblem>,
}

impl MappingBuilder<'_> {
    /// The record's own key, which a table of participants refers to.
    pub fn record(mut self, column: Column) -> Self {
        self.once("column", "record", self.mapping.record.is_some());
        self.mapping.record = Some(column);
        self
    }

    /// The column of the pipeline.
    pub fn pipeline(mut self, column: Column) -> Self {
        self.once("column", "pipeline", self.mapping.pipeline.is_some());
        self.mapping.pipeline = Some(PipelineSource::Column(column));
        self
    }

    /// Says that all records are in this pipeline, for tables without a column for it.
    pub fn only_pipeline(mut self, pipeline: impl Into<Key<Pipeline>>) -> Self {
        self.once("column", "pipeline", self.mapping.pipeline.is_some());
        self.mapping.pipeline = Some(PipelineSource::Only(pipeline.into()));
        self
    }

    /// The column of the stage.
    pub fn stage(mut self, column: Column) -> Self {
        self.once("column", "stage", self.mapping.stage.is_some());
        self.mapping.stage = Some(column);
        self
    }

    /// Where a party of the record stands.
    pub fn party(mut self, party: impl Into<Key<Party>>, source: impl Into<PartySource>) -> Self {
        let party = party.into();
        self.once("party", &party.text(), self.mapping.parties.contains_key(&party));
        self.mapping.parties.insert(party, source.into());
        self
    }

    /// Says that no record of this table has such a party. Parties count in all of a vocabulary, and not every kind of record has all
    /// of them.
    pub fn without_party(self, party: impl Into<Key<Party>>) -> Self {
        self.party(party, PartySource::Nowhere)
    }

    /// The column that says whether a flag is set.
    pub fn flag(mut self, flag: impl Into<Key<Flag>>, column: FlagColumn) -> Self {
        let flag = flag.into();
        self.once("flag", &flag.text(), self.mapping.flags.contains_key(&flag));
        self.mapping.flags.insert(flag, column);
        self
    }

    /// A table of who is in which department. Several are united, such as members and heads.
    pub fn memberships(mut self, memberships: Memberships) -> Self {
        self.mapping.memberships.push(memberships);
        self
    }

    /// A table of who heads which department, for levels that ask who is a head. It does not stand in for
    /// [`memberships`](Self::memberships), of which a head's are needed too. Several are united.
    pub fn heads(mut self, heads: Memberships) -> Self {
        self.mapping.heads.push(heads);
        self
    }

    /// The column of the record's own table that holds the department of one of its parties.
    ///
    /// Exact as long as that party always sits in one department at most, heads no other, and the column follows him when he
    /// moves: a filter then asks the record, and a check asks the directory.
    pub fn department_of(mut self, party: impl Into<Key<Party>>, column: Column) -> Self {
        let party = party.into();
        self.once("department of party", &party.text(), self.mapping.departments_of.contains_key(&party));
        self.mapping.departments_of.insert(party, column);
        self
    }

    /// The table that holds the exported numbers of departments.
    pub fn department_numbers(mut self, numbers: DepartmentNumbers) -> Self {
        self.once("table", "department numbers", self.mapping.numbers.is_some());
        self.mapping.numbers = Some(numbers);
        self
    }

    /// Where a record that this one is linked to stands. Several may be of one entity.
    pub fn linked(mut self, linked: Linked) -> Self {
        self.mapping.links.push(linked);
        self
    }

    /// The column with the key of the social group that hosts the record. An empty one is no group.
    pub fn host(mut self, column: Column) -> Self {
        self.once("column", "host", self.mapping.host.is_some());
        self.mapping.host = Some(column);
        self
    }

    /// The table that says with whom records are shared. It refers to [`record`](Self::record).
    pub fn shares(mut self, shares: Shares) -> Self {
        self.once("table", "shares", self.mapping.shares.is_some());
        self.mapping.shares = Some(SharesSource::Table(shares));
        self
    }

    /// Says that no record of this table is shared with anybody, although the vocabulary lets it be.
    pub fn without_shares(mut self) -> Self {
        self.once("table", "shares", self.mapping.shares.is_some());
        self.mapping.shares = Some(SharesSource::Nowhere);
        self
    }

    /// The mapping, if it can answer every filter that the vocabulary makes possible for the entity.
    ///
    /// # Errors
    ///
    /// [`MappingProblems`]: all that is missing or wrong.
    pub fn build(mut self) -> Result<Mapping, MappingProblems> {
        match self.entity {
            Some(entity) => {
                self.check_known(entity);
                self.check_needs(&Needs::of(self.snapshot, entity));
            }
            None => self.problems.push(MappingProblem::UnknownEntity),
        }
        self.check_types();
        self.check_names();
        if self.problems.is_empty() { Ok(self.mapping) } else { Err(MappingProblems(self.problems)) }
    }

    pub(super) fn once(&mut self, what: &'static str, key: &str, again: bool) {
        if again {
            self.problems.push(MappingProblem::Twice { what, key: key.to_owned() });
        }
    }

    fn check_known(&mut self, entity: Ix<Place>) {
        let (snapshot, mapping) = (self.snapshot, &self.mapping);
        let mut unknown = Vec::new();
        let Collectives { groups, departments } = &mapping.collectives;
        let parties = mapping.parties.keys().chain(mapping.departments_of.keys());
        let parties = parties.chain(groups.keys()).chain(departments.keys());
        unknown.extend(parties.filter(|key| snapshot.party(*key).is_none()).map(|key| ("party", key.text())));
        let flags = mapping.flags.keys().filter(|key| snapshot.flag(*key).is_none());
        unknown.extend(flags.map(|key| ("flag", key.text())));
        if let Some(PipelineSource::Only(key)) = &mapping.pipeline {
            let path = |place| snapshot.places.path(place).and_then(Place::pipeline_key);
            let known = snapshot.places.pipelines(entity).any(|place| path(place) == Some(key));
            unknown.extend((!known).then(|| ("pipeline", key.text())));
        }
        let problem = |(what, key): (_, std::borrow::Cow<'_, str>)| MappingProblem::Unknown {
            what,
            key: key.into_owned(),
        };
        self.problems.extend(unknown.into_iter().map(problem));
    }

    fn check_needs(&mut self, needs: &Needs) {
        let mapping = &self.mapping;
        let mut missing = Vec::new();
        if needs.pipeline && mapping.pipeline.is_none() {
            missing.push(MappingProblem::PipelineMissing);
        }
        if needs.stage && mapping.stage.is_none() {
            missing.push(MappingProblem::StageMissing);
        }
        let flags = needs.flags.iter().filter(|flag| !mapping.flags.contains_key(&Key::new(flag)));
        missing.extend(flags.map(|flag| MappingProblem::FlagMissing { flag: flag.clone() }));
        let parties = needs.parties.iter().filter(|party| !mapping.parties.contains_key(&Key::new(party)));
        missing.extend(parties.map(|party| MappingProblem::PartyMissing { party: party.clone() }));
        for party in &needs.departments {
            let key = Key::new(party);
            let by_members = mapping.parties.contains_key(&key) && !mapping.memberships.is_empty();
            if !by_members && !mapping.departments_of.contains_key(&key) {
                missing.push(MappingProblem::DepartmentsMissing { party: party.clone() });
            }
        }
        for party in &needs.heads {
            let known = mapping.parties.contains_key(&Key::new(party)) && !mapping.memberships.is_empty();
            if known && mapping.heads.is_empty() {
                missing.push(MappingProblem::HeadsMissing { party: party.clone() });
            } else if !known && mapping.departments_of.contains_key(&Key::new(party)) {
                missing.push(MappingProblem::DepartmentsMissing { party: party.clone() });
            }
        }
        let elsewhere = mapping.party_sources().any(|source| matches!(source, PartySource::Participants(_)));
        missing.extend(mapping.problems_of_links(needs));
        missing.extend((needs.host && mapping.host.is_none()).then_some(MappingProblem::HostMissing));
        missing.extend(mapping.problems_of_shares(needs));
        missing.extend(mapping.problems_of_collectives(needs));
        missing.extend(mapping.mixed_parties());
        if elsewhere && mapping.shares().is_none() && mapping.record.is_none() {
            missing.push(MappingProblem::RecordMissing);
        }
        self.problems.append(&mut missing);
    }

    fn check_types(&mut self) {
        let mapping = &self.mapping;
        let mut compared: Vec<(&Column, &Column)> =
            mapping.links.iter().filter_map(Linked::compared).collect();
        let shares = mapping.record.as_ref().zip(mapping.shares());
        compared.extend(shares.map(|(record, shares)| (record, &shares.record)));
        for source in mapping.parties.values() {
            let user = match source {
                PartySource::Column(column) => column,
                PartySource::Participants(participants) => {
                    compared.extend(mapping.record.as_ref().map(|record| (record, &participants.record)));
                    &participants.user
                }
                PartySource::Nowhere => continue,
            };
            let tables = mapping.memberships.iter().chain(&mapping.heads);
            compared.extend(tables.map(|memberships| (user, &memberships.user)));
        }
        let collectives = mapping.collectives.groups.values().chain(mapping.collectives.departments.values());
        let listed = collectives.filter_map(|source| match source {
            PartySource::Participants(at) => Some((mapping.record.as_ref()?, &at.record)),
            PartySource::Column(_) | PartySource::Nowhere => None,
        });
        compared.extend(listed);
        if let Some(numbers) = &mapping.numbers {
            let tables = mapping.memberships.iter().chain(&mapping.heads);
            let departments = tables.map(|memberships| &memberships.department);
            let owning = mapping.collectives.departments.values().filter_map(PartySource::column);
            let departments = departments.chain(mapping.departments_of.values()).chain(owning);
            compared.extend(departments.map(|column| (column, &numbers.department)));
        }
        let different = compared.into_iter().filter(|(one, other)| !one.compares_with(other));
        let problem = |(one, other): (&Column, &Column)| MappingProblem::TypesDiffer {
            one: one.name.clone(),
            other: other.name.clone(),
        };
        self.problems.extend(different.map(problem));
    }

    fn check_names(&mut self) {
        let unusable = |name: &&str| name.is_empty() || name.contains('\0');
        let problem = |name: &str| MappingProblem::UnusableName { name: name.to_owned() };
        let mut problems: Vec<_> = self.mapping.names().into_iter().filter(unusable).map(problem).collect();
        self.problems.append(&mut problems);
    }
}

impl Mapping {
    /// Every name of a table or column that may be written into a statement.
    fn names(&self) -> Vec<&str> {
        let mut tables = vec![&self.table];
        let mut columns: Vec<&Column> = self.record.iter().chain(&self.stage).collect();
        columns.extend(self.departments_of.values());
        columns.extend(self.links.iter().flat_map(Linked::columns));
        columns.extend(&self.host);
        tables.extend(self.shares().map(|shares| &shares.table));
        columns.extend(self.shares().into_iter().flat_map(Shares::columns));
        if let Some(PipelineSource::Column(column)) = &self.pipeline {
            columns.push(column);
        }
        for source in self.party_sources() {
            match source {
                PartySource::Column(column) => columns.push(column),
                PartySource::Participants(participants) => {
                    tables.push(&participants.table);
                    columns.extend([&participants.record, &participants.user]);
                    columns.extend(participants.only.as_ref().map(|(column, _)| column));
                }
                PartySource::Nowhere => {}
            }
        }
        for memberships in self.memberships.iter().chain(&self.heads) {
            tables.push(&memberships.table);
            columns.extend([&memberships.user, &memberships.department]);
        }
        let mut names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        if let Some(numbers) = &self.numbers {
            tables.push(&numbers.table);
            names.extend([numbers.department.name.as_str(), numbers.number.as_str()]);
        }
        for flag in self.flags.values() {
            names.push(&flag.name);
            if let Set::Key(column, _) = &flag.set {
                names.push(&column.name);
            }
        }
        for table in tables {
            names.push(&table.name);
            names.extend(table.schema.as_deref());
        }
        names
    }
}
