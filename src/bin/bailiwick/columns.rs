//! Tables and columns, as they are put on a command line.

use bailiwick::SubjectKind;
use bailiwick::sql::{
    Column, DepartmentNumbers, FlagColumn, Memberships, Participants, PartySource, Shares, Table,
};

/// Something that is said of one table: of the records' own, or of that of records of an entity that they are linked to.
#[derive(Clone)]
pub(crate) struct Of<T> {
    pub(crate) entity: Option<String>,
    pub(crate) it: T,
}

/// What `parse` makes of a text, which may begin with `ENTITY@`.
pub(crate) fn of<T>(text: &str, parse: impl Fn(&str) -> Result<T, String>) -> Result<Of<T>, String> {
    let prefixed = text.split_once('@').filter(|(entity, _)| !entity.contains([':', '=', '(']));
    let (entity, rest) = prefixed.map_or((None, text), |(entity, rest)| (Some(entity.to_owned()), rest));
    Ok(Of { entity, it: parse(rest)? })
}

/// A key, which needs no parsing.
pub(crate) fn key(text: &str) -> Result<String, String> {
    Ok(text.to_owned())
}

pub(crate) fn table(text: &str) -> Result<Table, String> {
    Ok(match text.split_once('.') {
        Some((schema, name)) => Table::from((schema, name)),
        None => Table::from(text),
    })
}

pub(crate) fn column(text: &str) -> Result<Column, String> {
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

/// A column with the value that counts.
fn value(text: &str) -> Result<(Column, String), String> {
    let (name, value) = text.split_once('=').ok_or("a column with a value is written COLUMN=VALUE")?;
    Ok((column(name)?, value.to_owned()))
}

/// Something that is said of something: `PARTY=COLUMN`.
fn pair<'a>(text: &'a str, shape: &str) -> Result<(&'a str, &'a str), String> {
    text.split_once('=').ok_or_else(|| format!("this is written {shape}"))
}

/// A table with what stands in parentheses behind it.
fn listed<'a>(text: &'a str, shape: &str) -> Result<(Table, Vec<&'a str>), String> {
    let parts = text.strip_suffix(')').and_then(|it| it.split_once('('));
    let (name, columns) = parts.ok_or_else(|| format!("a table with columns is written {shape}"))?;
    Ok((table(name)?, columns.split(',').map(str::trim).collect()))
}

/// A table with two columns.
fn two<'a>(text: &'a str, shape: &str) -> Result<(Table, &'a str, &'a str), String> {
    let (table, columns) = listed(text, shape)?;
    match columns.as_slice() {
        [one, other] => Ok((table, one, other)),
        _ => Err(format!("a table with two columns is written {shape}")),
    }
}

pub(crate) const MEMBERSHIPS: &str = "TABLE(COLUMN,COLUMN)";

pub(crate) fn memberships(text: &str) -> Result<Memberships, String> {
    let (table, user, department) = two(text, MEMBERSHIPS)?;
    Ok(Memberships::new(table, column(user)?, column(department)?))
}

pub(crate) const NUMBERS: &str = "TABLE(COLUMN,NAME)";

pub(crate) fn numbers(text: &str) -> Result<DepartmentNumbers, String> {
    let (table, department, number) = two(text, NUMBERS)?;
    Ok(DepartmentNumbers::new(table, column(department)?, number))
}

pub(crate) const PARTY: &str = "PARTY=COLUMN|TABLE(COLUMN,COLUMN[,COLUMN=VALUE])";

pub(crate) fn party(text: &str) -> Result<(String, PartySource), String> {
    let (party, place) = pair(text, PARTY)?;
    let source = if place.ends_with(')') { participants(place)?.into() } else { column(place)?.into() };
    Ok((party.to_owned(), source))
}

fn participants(text: &str) -> Result<Participants, String> {
    let (table, columns) = listed(text, PARTY)?;
    match columns.as_slice() {
        [record, user] => Ok(Participants::new(table, column(record)?, column(user)?)),
        [record, user, only] => {
            let (only, value) = value(only)?;
            Ok(Participants::new(table, column(record)?, column(user)?).only(only, value))
        }
        _ => Err(format!("a party is written {PARTY}")),
    }
}

pub(crate) const DEPARTMENT_OF: &str = "PARTY=COLUMN";

pub(crate) fn department_of(text: &str) -> Result<(String, Column), String> {
    let (party, name) = pair(text, DEPARTMENT_OF)?;
    Ok((party.to_owned(), column(name)?))
}

pub(crate) const FLAG: &str = "FLAG=NAME|COLUMN=VALUE";

pub(crate) fn flag(text: &str) -> Result<(String, FlagColumn), String> {
    let (flag, place) = pair(text, FLAG)?;
    let column = match value(place) {
        Ok((column, value)) => FlagColumn::equal(column, value),
        Err(_) if !place.contains('=') => FlagColumn::boolean(place),
        Err(wrong) => return Err(wrong),
    };
    Ok((flag.to_owned(), column))
}

/// A column with the key of a record of another entity, and what must be in another column for that.
#[derive(Clone)]
pub(crate) struct Link {
    pub(crate) entity: String,
    pub(crate) column: Column,
    pub(crate) only: Option<(Column, String)>,
}

pub(crate) const LINKED: &str = "ENTITY=COLUMN[,COLUMN=VALUE]";

pub(crate) fn linked(text: &str) -> Result<Link, String> {
    let (entity, place) = pair(text, LINKED)?;
    let (name, only) = match place.split_once(',') {
        Some((name, only)) => (name, Some(value(only.trim())?)),
        None => (place, None),
    };
    Ok(Link { entity: entity.to_owned(), column: column(name.trim())?, only })
}

pub(crate) const SHARES: &str = "TABLE(RECORD[,KIND,SUBJECT,ACTION])";

pub(crate) fn shares(text: &str) -> Result<Shares, String> {
    let (table, columns) = listed(text, SHARES)?;
    match columns.as_slice() {
        [record] => Ok(Shares::new(table, column(record)?)),
        [record, kind, subject, action] => Ok(Shares::new(table, column(record)?)
            .with(column(kind)?, column(subject)?)
            .action(column(action)?)),
        _ => Err(format!("a table of shares is written {SHARES}")),
    }
}

const KINDS: [(&str, SubjectKind); 18] = [
    ("user", SubjectKind::User),
    ("employee", SubjectKind::Employee),
    ("department", SubjectKind::Department),
    ("department_tree", SubjectKind::DepartmentTree),
    ("user_group", SubjectKind::UserGroup),
    ("social_group", SubjectKind::Members),
    ("social_group_moderators", SubjectKind::Moderators),
    ("social_group_owner", SubjectKind::Owner),
    ("heads", SubjectKind::Heads),
    ("heads_of", SubjectKind::HeadsOf),
    ("deputies", SubjectKind::Deputies),
    ("deputies_of", SubjectKind::DeputiesOf),
    ("employees", SubjectKind::Employees),
    ("employees_of", SubjectKind::EmployeesOf),
    ("administrators", SubjectKind::Administrators),
    ("signed_in", SubjectKind::SignedIn),
    ("everyone", SubjectKind::Everyone),
    ("author", SubjectKind::Author),
];

pub(crate) const KIND: &str = "KIND=VALUE";

pub(crate) fn kind(text: &str) -> Result<(SubjectKind, String), String> {
    let (word, value) = pair(text, KIND)?;
    let kind = KINDS.iter().find(|(name, _)| *name == word);
    let words = || KINDS.map(|(name, _)| name).join(", ");
    let (_, kind) =
        kind.ok_or_else(|| format!("there is no kind of subject `{word}`; there are {}", words()))?;
    Ok((*kind, value.to_owned()))
}
