//! Where records stand in a database, as it is put on a command line.
//!
//! One argument for each call of the library's builder. What is said of records that these are linked to has their entity and
//! an `@` before it.

use std::collections::{BTreeMap, BTreeSet};

use bailiwick::sql::{
    Column, DepartmentNumbers, Dialect, FlagColumn, Linked, Mapping, MappingBuilder, MappingProblem,
    Memberships, PartySource, Shares, Sql, Table, Value,
};
use bailiwick::{Filter, Snapshot, SubjectKind};
use clap::{Args, ValueEnum};

use crate::columns::{self, Link, Of, of};
use crate::complaint::Complaint;
use crate::filter::Condition;

/// Where records stand in a database.
#[derive(Args)]
#[command(
    next_help_heading = "As SQL. COLUMN is NAME or NAME:TYPE, TYPE is text (the default), byte_text or integer, TABLE is NAME or SCHEMA.NAME"
)]
pub(crate) struct MappingArgs {
    /// Write the condition for this database as well.
    #[arg(long, value_name = "DIALECT", requires = "table")]
    sql: Option<Database>,
    /// The table of the records, or its alias in the query.
    ///
    /// --table deals, --table crm.deals
    #[arg(long, value_name = "TABLE", requires = "sql", value_parser = |text: &str| of(text, columns::table))]
    table: Vec<Of<Table>>,
    /// The record's own key, which tables of participants and of shares refer to.
    ///
    /// --record id:integer
    #[arg(long, value_name = "COLUMN", requires = "sql", value_parser = |text: &str| of(text, columns::column))]
    record: Vec<Of<Column>>,
    /// The pipeline.
    #[arg(long, value_name = "COLUMN", requires = "sql", value_parser = |text: &str| of(text, columns::column))]
    pipeline: Vec<Of<Column>>,
    /// The pipeline that all records are in.
    #[arg(long, value_name = "PIPELINE", requires = "sql", value_parser = |text: &str| of(text, columns::key))]
    only_pipeline: Vec<Of<String>>,
    /// The stage.
    #[arg(long, value_name = "COLUMN", requires = "sql", value_parser = |text: &str| of(text, columns::column))]
    stage: Vec<Of<Column>>,
    #[command(flatten)]
    parties: Parties,
    /// The column of a flag. Can be repeated.
    ///
    /// A boolean: --flag open=is_open. One in which a value means that the flag is set: --flag open=state=Y.
    #[arg(long = "flag", value_name = columns::FLAG, requires = "sql", value_parser = |text: &str| of(text, columns::flag))]
    flags: Vec<Of<(String, FlagColumn)>>,
    #[command(flatten)]
    seats: Seats,
    #[command(flatten)]
    openings: Openings,
}

/// Who is bound to a record.
#[derive(Args)]
struct Parties {
    /// Where a party stands. Can be repeated.
    ///
    /// In a column: --party responsible=owner_id. In a table, with its column of the record before that of the user: --party
    /// 'observer=bound(deal_id,user_id)'. In the rows of it with one value: --party 'observer=bound(deal_id,user_id,role=observes)'.
    #[arg(long = "party", value_name = columns::PARTY, requires = "sql", value_parser = |text: &str| of(text, columns::party))]
    parties: Vec<Of<(String, PartySource)>>,
    /// A party that no record of this table has. Can be repeated.
    #[arg(long = "without-party", value_name = "PARTY", requires = "sql", value_parser = |text: &str| of(text, columns::key))]
    without: Vec<Of<String>>,
    /// Where user groups stand that are a party, as with --party. Can be repeated.
    ///
    /// --party-group responsible=owning_group
    #[arg(long = "party-group", value_name = columns::PARTY, requires = "sql", value_parser = |text: &str| of(text, columns::party))]
    groups: Vec<Of<(String, PartySource)>>,
    /// Where departments stand that are a party, as with --party. Can be repeated.
    ///
    /// --party-department branch=branch_id
    #[arg(long = "party-department", value_name = columns::PARTY, requires = "sql", value_parser = |text: &str| of(text, columns::party))]
    departments: Vec<Of<(String, PartySource)>>,
    /// The column with the department of a party, in place of a table of members. Can be repeated.
    ///
    /// Right only if nobody sits in several departments, and if it follows who moves: --department-of responsible=owner_department
    #[arg(long = "department-of", value_name = columns::DEPARTMENT_OF, requires = "sql", value_parser = |text: &str| of(text, columns::department_of))]
    department_of: Vec<Of<(String, Column)>>,
}

/// Who sits where. What is said without an entity holds for linked records too, unless they have their own.
#[derive(Args)]
struct Seats {
    /// A table of who is in which department, users first. Can be repeated.
    ///
    /// --members 'members(user_id,department_id)'
    #[arg(long, value_name = columns::MEMBERSHIPS, requires = "sql", value_parser = |text: &str| of(text, columns::memberships))]
    members: Vec<Of<Memberships>>,
    /// A table of who heads which department, users first. Can be repeated.
    ///
    /// --heads 'heads(user_id,department_id)'
    #[arg(long, value_name = columns::MEMBERSHIPS, requires = "sql", value_parser = |text: &str| of(text, columns::memberships))]
    heads: Vec<Of<Memberships>>,
    /// The table with the numbers of departments, so that a subtree is a range and not a list.
    ///
    /// --department-numbers 'departments(id,number)'. The application writes the numbers (Snapshot::department_numbers), and they must be of
    /// the same documents.
    #[arg(long, value_name = columns::NUMBERS, requires = "sql", value_parser = |text: &str| of(text, columns::numbers))]
    department_numbers: Vec<Of<DepartmentNumbers>>,
}

/// What else opens a record.
#[derive(Args)]
struct Openings {
    /// The column with the key of a record of another entity that this one is linked to. Can be repeated.
    ///
    /// --linked deal=deal_id:integer, or only where another column has a value: --linked deal=crm_id,crm_type=deal. Where deals stand is said by the
    /// same arguments with the entity before an @: --table deal@deals --record deal@id:integer --party deal@responsible=owner_id. Tables of
    /// members, heads and numbers hold for them too, unless they have their own.
    #[arg(long = "linked", value_name = columns::LINKED, requires = "sql", value_parser = |text: &str| of(text, columns::linked))]
    links: Vec<Of<Link>>,
    /// The column with the social group that hosts the record.
    ///
    /// --host group_id
    #[arg(long, value_name = "COLUMN", requires = "sql", value_parser = |text: &str| of(text, columns::column))]
    host: Vec<Of<Column>>,
    /// The table of shares: its columns of the record, the kind of subject, the key of that, and the action.
    ///
    /// --shares 'shares(deal_id:integer,kind,subject,action)'; the last three are called so, unless others are named.
    #[arg(long, value_name = columns::SHARES, requires = "sql", value_parser = |text: &str| of(text, columns::shares))]
    shares: Vec<Of<Shares>>,
    /// What stands for a kind of subject in the table of shares. Can be repeated.
    ///
    /// --share-kind user=U --share-kind department_tree=D --share-kind everyone=ALL. A kind that is left out occurs in no row.
    #[arg(long = "share-kind", value_name = columns::KIND, requires = "sql", value_parser = |text: &str| of(text, columns::kind))]
    kinds: Vec<Of<(SubjectKind, String)>>,
    /// No record is shared.
    ///
    /// For linked records, their entity is named: --without-shares deal
    #[arg(long, value_name = "ENTITY", requires = "sql", num_args = 0..=1, default_missing_value = "")]
    without_shares: Vec<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Database {
    Sqlite,
    Postgres,
    Mysql,
}

impl From<Database> for Dialect {
    fn from(database: Database) -> Self {
        match database {
            Database::Sqlite => Self::Sqlite,
            Database::Postgres => Self::Postgres,
            Database::Mysql => Self::Mysql,
        }
    }
}

/// What is said of the records' own table, or of that of linked records of an entity.
fn said<'a, 'e, T>(
    all: &'a [Of<T>],
    entity: Option<&'e str>,
) -> impl Iterator<Item = &'a T> + use<'a, 'e, T> {
    all.iter().filter(move |of| of.entity.as_deref() == entity).map(|of| &of.it)
}

/// The entities before an `@`.
fn named<T>(all: &[Of<T>]) -> impl Iterator<Item = &str> {
    all.iter().filter_map(|of| of.entity.as_deref())
}

impl MappingArgs {
    /// The filters as conditions, if SQL is asked for.
    pub(crate) fn conditions<'f>(
        &self,
        snapshot: &Snapshot,
        entity: &str,
        filters: impl Iterator<Item = &'f Filter>,
    ) -> Result<Option<Vec<Condition>>, Vec<Complaint>> {
        let Some(dialect) = self.sql else { return Ok(None) };
        let of = Asked { arguments: self, snapshot, dialect: dialect.into() };
        let mut problems = self.astray();
        let mapping = of.mapping(entity, &[]).map_err(|more| problems.extend(more)).ok();
        match mapping.filter(|_| problems.is_empty()) {
            Some(mapping) => {
                let conditions = filters.map(|filter| mapping.sql(snapshot, filter, 0).map(Condition::from));
                let conditions: Result<Vec<Condition>, _> = conditions.collect();
                conditions.map(Some).map_err(|it| vec![complaint(None, &it)])
            }
            None => Err(once(problems)),
        }
    }

    /// What is said of entities that nothing is linked to.
    fn astray(&self) -> Vec<Complaint> {
        let links: BTreeSet<&str> = self.openings.links.iter().map(|link| link.it.entity.as_str()).collect();
        let all = named(&self.table).chain(named(&self.record)).chain(named(&self.pipeline));
        let all = all.chain(named(&self.only_pipeline)).chain(named(&self.stage)).chain(named(&self.flags));
        let all = all.chain(self.parties.named()).chain(self.seats.named()).chain(self.openings.named());
        let astray: BTreeSet<&str> = all.filter(|entity| !links.contains(entity)).collect();
        let complaint = |entity| {
            let message = format!("something is said of `{entity}@`, and nothing is linked to a `{entity}`");
            Complaint::whole("--sql", "unknown", message)
        };
        astray.into_iter().map(complaint).collect()
    }

    /// The columns of the record, and of its flags.
    fn columns<'s>(&self, mut builder: MappingBuilder<'s>, of: Option<&str>) -> MappingBuilder<'s> {
        builder = said(&self.record, of).cloned().fold(builder, MappingBuilder::record);
        builder = said(&self.pipeline, of).cloned().fold(builder, MappingBuilder::pipeline);
        let only = said(&self.only_pipeline, of).map(String::as_str);
        builder = only.fold(builder, |builder, key| builder.only_pipeline(key));
        builder = said(&self.stage, of).cloned().fold(builder, MappingBuilder::stage);
        let flags = said(&self.flags, of);
        flags.fold(builder, |builder, (flag, column)| builder.flag(flag.as_str(), column.clone()))
    }
}

impl Parties {
    fn named(&self) -> impl Iterator<Item = &str> {
        let all = named(&self.parties).chain(named(&self.without)).chain(named(&self.groups));
        all.chain(named(&self.departments)).chain(named(&self.department_of))
    }

    fn map<'s>(&self, mut builder: MappingBuilder<'s>, of: Option<&str>) -> MappingBuilder<'s> {
        for (party, source) in said(&self.parties, of) {
            builder = builder.party(party.as_str(), source.clone());
        }
        for party in said(&self.without, of) {
            builder = builder.without_party(party.as_str());
        }
        for (party, source) in said(&self.groups, of) {
            builder = builder.party_group(party.as_str(), source.clone());
        }
        for (party, source) in said(&self.departments, of) {
            builder = builder.party_department(party.as_str(), source.clone());
        }
        for (party, column) in said(&self.department_of, of) {
            builder = builder.department_of(party.as_str(), column.clone());
        }
        builder
    }
}

impl Seats {
    fn named(&self) -> impl Iterator<Item = &str> {
        named(&self.members).chain(named(&self.heads)).chain(named(&self.department_numbers))
    }

    fn map<'s>(&self, mut builder: MappingBuilder<'s>, of: Option<&str>) -> MappingBuilder<'s> {
        builder = seats(&self.members, of).cloned().fold(builder, MappingBuilder::memberships);
        builder = seats(&self.heads, of).cloned().fold(builder, MappingBuilder::heads);
        seats(&self.department_numbers, of).cloned().fold(builder, MappingBuilder::department_numbers)
    }
}

/// The directory is one for all tables, unless something else is said of one.
fn seats<'a, T>(all: &'a [Of<T>], of: Option<&'a str>) -> impl Iterator<Item = &'a T> {
    let own = said(all, of).next().is_some();
    said(all, of.filter(|_| own))
}

impl Openings {
    fn named(&self) -> impl Iterator<Item = &str> {
        let without = self.without_shares.iter().map(String::as_str).filter(|entity| !entity.is_empty());
        let all = named(&self.links).chain(named(&self.host)).chain(named(&self.shares));
        all.chain(named(&self.kinds)).chain(without)
    }

    fn map<'s>(&self, mut builder: MappingBuilder<'s>, of: Option<&str>) -> MappingBuilder<'s> {
        builder = said(&self.host, of).cloned().fold(builder, MappingBuilder::host);
        for shares in said(&self.shares, of) {
            let kinds = said(&self.kinds, of);
            let all = kinds.fold(shares.clone(), |all, (kind, value)| all.kind(*kind, value.as_str()));
            builder = builder.shares(all);
        }
        let without = self.without_shares.iter().filter(|it| it.as_str() == of.unwrap_or_default());
        without.fold(builder, |builder, _| builder.without_shares())
    }
}

/// The arguments, for one vocabulary and database.
struct Asked<'a> {
    arguments: &'a MappingArgs,
    snapshot: &'a Snapshot,
    dialect: Dialect,
}

impl<'a> Asked<'a> {
    /// The mapping of the records' own table, or of the one that `links` lead to; or all that is wrong with it and with those behind it.
    fn mapping(&self, entity: &str, links: &[&str]) -> Result<Mapping, Vec<Complaint>> {
        let (arguments, of) = (self.arguments, links.last().copied());
        let mut problems = Vec::new();
        let behind = self.behind(links, &mut problems);
        let mut tables = said(&arguments.table, of);
        let Some(table) = tables.next() else {
            problems.push(no_table(of));
            return Err(problems);
        };
        let again = || MappingProblem::Twice { what: "table", key: "records".to_owned() };
        problems.extend(tables.map(|_| complaint(of, &again())));
        let kinds = said(&arguments.openings.kinds, of).next();
        if kinds.is_some() && said(&arguments.openings.shares, of).next().is_none() {
            problems.push(complaint(of, &MappingProblem::SharesMissing));
        }
        let mut builder =
            Mapping::of(self.snapshot, self.snapshot.entity(entity), self.dialect, table.clone());
        builder = arguments.columns(builder, of);
        builder = arguments.openings.map(arguments.seats.map(arguments.parties.map(builder, of), of), of);
        for link in said(&arguments.openings.links, of) {
            let mapping = behind.get(link.entity.as_str()).into_iter().flatten();
            builder = mapping.fold(builder, |builder, mapping| builder.linked(link.to(mapping.clone())));
        }
        let told = |problem: &&MappingProblem| {
            let MappingProblem::LinkMissing { entity } = problem else { return true };
            !behind.contains_key(entity.as_str())
        };
        match builder.build() {
            Ok(mapping) if problems.is_empty() => return Ok(mapping),
            Ok(_) => {}
            Err(wrong) => {
                problems.extend(wrong.iter().filter(told).map(|problem| complaint(of, problem)));
            }
        }
        Err(problems)
    }

    /// The mappings of the tables that the one is linked to which `links` lead to; nothing for one with which something is wrong.
    fn behind(&self, links: &[&str], problems: &mut Vec<Complaint>) -> BTreeMap<&'a str, Option<Mapping>> {
        let mut behind = BTreeMap::new();
        for Link { entity, .. } in said(&self.arguments.openings.links, links.last().copied()) {
            if behind.contains_key(entity.as_str()) {
                continue;
            }
            let mapping = if links.contains(&entity.as_str()) {
                let message = format!("`{entity}@` is linked to `{entity}` in a circle");
                Err(vec![Complaint::whole("--linked", "circle", message)])
            } else {
                self.mapping(entity, &[links, &[entity.as_str()]].concat())
            };
            behind.insert(entity.as_str(), mapping.map_err(|more| problems.extend(more)).ok());
        }
        behind
    }
}

impl Link {
    fn to(&self, mapping: Mapping) -> Linked {
        let linked = Linked::new(self.column.clone(), mapping);
        match &self.only {
            Some((column, value)) => linked.only(column.clone(), value.as_str()),
            None => linked,
        }
    }
}

/// Each complaint once: several links can lead to the same table.
fn once(complaints: Vec<Complaint>) -> Vec<Complaint> {
    let mut told = Vec::new();
    for complaint in complaints {
        if !told.contains(&complaint) {
            told.push(complaint);
        }
    }
    told
}

/// What is wrong with a mapping, at the argument that asks for it.
fn complaint(of: Option<&str>, problem: &MappingProblem) -> Complaint {
    Complaint::whole(argument(of), problem.code(), problem.to_string())
}

fn no_table(of: Option<&str>) -> Complaint {
    let prefix = of.map(|entity| format!("{entity}@")).unwrap_or_default();
    Complaint::whole(argument(of), "table-missing", format!("no table is named: --table {prefix}TABLE"))
}

fn argument(of: Option<&str>) -> String {
    of.map_or("--sql".to_owned(), |entity| format!("--linked {entity}"))
}

impl From<Sql> for Condition {
    fn from(sql: Sql) -> Self {
        let value = |value: Value| match value {
            Value::Integer(number) => number.into(),
            Value::Text(text) => text.into(),
        };
        Self { text: sql.text, values: sql.values.into_iter().map(value).collect() }
    }
}
