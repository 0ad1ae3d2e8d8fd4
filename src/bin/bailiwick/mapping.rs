//! Where records stand in a database, as it is put on a command line.
//!
//! One argument for each thing that the library's mapping can be told, but for other records that these are linked to and
//! tables of shares: whoever has those writes the mapping in the application.

use bailiwick::sql::{
    Column, Dialect, FlagColumn, Mapping, MappingBuilder, Memberships, Participants, PartySource, Sql, Value,
};
use bailiwick::{Filter, Snapshot};
use clap::{Args, ValueEnum};

use crate::complaint::Complaint;
use crate::filter::Condition;

/// Where records stand in a database.
///
/// A COLUMN is written NAME, or NAME:TYPE if its keys are no texts: `id:integer`.
#[derive(Args)]
#[command(
    next_help_heading = "As SQL, where a COLUMN is NAME or NAME:TYPE, and a TYPE is text (the default), byte_text or integer"
)]
pub(crate) struct MappingArgs {
    /// Write the condition for this database as well.
    #[arg(long, value_name = "DIALECT", requires = "table")]
    sql: Option<Database>,
    /// The table of the records, or its alias in the query.
    #[arg(long, value_name = "TABLE", requires = "sql")]
    table: Option<String>,
    /// The record's own key, which tables of participants refer to.
    #[arg(long, value_name = "COLUMN", requires = "sql", value_parser = column)]
    record: Option<Column>,
    /// The pipeline.
    #[arg(long, value_name = "COLUMN", requires = "sql", value_parser = column, conflicts_with = "only_pipeline")]
    pipeline: Option<Column>,
    /// The pipeline that all records are in.
    #[arg(long, value_name = "PIPELINE", requires = "sql")]
    only_pipeline: Option<String>,
    /// The stage.
    #[arg(long, value_name = "COLUMN", requires = "sql", value_parser = column)]
    stage: Option<Column>,
    /// Where a party stands: in a column, or in a table with a column of records and one of users. Can be repeated.
    #[arg(long = "party", value_name = "PARTY=COLUMN|TABLE(COLUMN,COLUMN)", requires = "sql", value_parser = party)]
    parties: Vec<(String, PartySource)>,
    /// A party that no record of this table has. Can be repeated.
    #[arg(long = "without-party", value_name = "PARTY", requires = "sql")]
    without_parties: Vec<String>,
    /// The boolean column of a flag. Can be repeated.
    #[arg(long = "flag", value_name = "FLAG=NAME", requires = "sql", value_parser = flag)]
    flags: Vec<(String, String)>,
    /// A table of who is in which department, users first. Can be repeated.
    #[arg(long, value_name = "TABLE(COLUMN,COLUMN)", requires = "sql", value_parser = table)]
    members: Vec<Columns>,
    /// A table of who heads which department, users first. Can be repeated.
    #[arg(long, value_name = "TABLE(COLUMN,COLUMN)", requires = "sql", value_parser = table)]
    heads: Vec<Columns>,
    /// The social group that hosts the record.
    #[arg(long, value_name = "COLUMN", requires = "sql", value_parser = column)]
    host: Option<Column>,
    /// No record of this table is shared.
    #[arg(long, requires = "sql")]
    without_shares: bool,
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

/// A table with two columns.
#[derive(Clone)]
struct Columns {
    table: String,
    one: Column,
    other: Column,
}

fn column(text: &str) -> Result<Column, String> {
    match text.split_once(':') {
        None => Ok(Column::text(text)),
        Some((name, "text")) => Ok(Column::text(name)),
        Some((name, "byte_text")) => Ok(Column::byte_text(name)),
        Some((name, "integer")) => Ok(Column::integer(name)),
        Some((_, other)) => {
            Err(format!("`{other}` is no type of keys; there are text, byte_text and integer"))
        }
    }
}

fn table(text: &str) -> Result<Columns, String> {
    let shape = "a table with two columns is written TABLE(COLUMN,COLUMN)";
    let (name, columns) = text.strip_suffix(')').and_then(|it| it.split_once('(')).ok_or(shape)?;
    let (one, other) = columns.split_once(',').ok_or(shape)?;
    Ok(Columns { table: name.to_owned(), one: column(one.trim())?, other: column(other.trim())? })
}

fn party(text: &str) -> Result<(String, PartySource), String> {
    let (party, place) =
        text.split_once('=').ok_or("a party is written PARTY=COLUMN or PARTY=TABLE(COLUMN,COLUMN)")?;
    let source = if place.ends_with(')') {
        let Columns { table, one, other } = table(place)?;
        Participants::new(table.as_str(), one, other).into()
    } else {
        column(place)?.into()
    };
    Ok((party.to_owned(), source))
}

fn flag(text: &str) -> Result<(String, String), String> {
    let (flag, name) = text.split_once('=').ok_or("a flag is written FLAG=NAME")?;
    Ok((flag.to_owned(), name.to_owned()))
}

impl MappingArgs {
    /// The filters as conditions, if SQL is asked for.
    pub(crate) fn conditions<'f>(
        &self,
        snapshot: &Snapshot,
        entity: &str,
        filters: impl Iterator<Item = &'f Filter>,
    ) -> Result<Option<Vec<Condition>>, Vec<Complaint>> {
        let (Some(dialect), Some(table)) = (self.sql, &self.table) else { return Ok(None) };
        let builder = Mapping::of(snapshot, snapshot.entity(entity), dialect.into(), table.as_str());
        let complaint = |code, message: String| Complaint::whole("--sql", code, message);
        let mapping = self.columns(builder).build().map_err(|problems| {
            problems.iter().map(|it| complaint(it.code(), it.to_string())).collect::<Vec<_>>()
        })?;
        let conditions = filters.map(|filter| mapping.sql(snapshot, filter, 0).map(Condition::from));
        let conditions: Result<Vec<Condition>, _> = conditions.collect();
        conditions.map(Some).map_err(|it| vec![complaint(it.code(), it.to_string())])
    }

    fn columns<'s>(&self, mut builder: MappingBuilder<'s>) -> MappingBuilder<'s> {
        let whole = |it: &Option<Column>| it.clone().into_iter();
        builder = whole(&self.record).fold(builder, MappingBuilder::record);
        builder = whole(&self.pipeline).fold(builder, MappingBuilder::pipeline);
        builder = self.only_pipeline.iter().fold(builder, |it, key| it.only_pipeline(key.as_str()));
        builder = whole(&self.stage).fold(builder, MappingBuilder::stage);
        for (party, source) in &self.parties {
            builder = builder.party(party.as_str(), source.clone());
        }
        for party in &self.without_parties {
            builder = builder.without_party(party.as_str());
        }
        for (flag, name) in &self.flags {
            builder = builder.flag(flag.as_str(), FlagColumn::boolean(name));
        }
        let pairs = |it: &Columns| Memberships::new(it.table.as_str(), it.one.clone(), it.other.clone());
        builder = self.members.iter().map(pairs).fold(builder, MappingBuilder::memberships);
        builder = self.heads.iter().map(pairs).fold(builder, MappingBuilder::heads);
        builder = whole(&self.host).fold(builder, MappingBuilder::host);
        if self.without_shares { builder.without_shares() } else { builder }
    }
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
