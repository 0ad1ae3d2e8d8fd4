//! Shares: a table that says with whom a record is shared, and for which action.

use crate::filter::sql::compare::Finds;
use crate::filter::sql::mapping::Mapping;
use crate::filter::sql::needs::Needs;
use crate::filter::sql::problem::MappingProblem;
use crate::filter::sql::render::{Renderer, select};
use crate::filter::sql::schema::{Column, Table};
use crate::filter::sql::truth::Truth;
use crate::key::Key;
use crate::policy::{Subject, SubjectKind, Unit};
use crate::vocabulary::Action;

/// A table of shares, a row for each record, subject and action: what kind of subject, its key, and the key of the action.
///
/// What stands for which kind is the application's to say. A kind that is not named occurs in no row as far as filters are concerned, so
/// the application must not hand such rows to a check either. For kinds that name nobody, such as everyone, the column of the
/// subject is not read. NULL in any column shares nothing.
///
/// ```
/// use bailiwick::SubjectKind;
/// use bailiwick::sql::{Column, Shares};
///
/// let shares = Shares::new("shares", Column::integer("report_id"))
///     .with(Column::byte_text("kind"), Column::byte_text("subject"))
///     .action(Column::byte_text("action"))
///     .kind(SubjectKind::User, "user")
///     .kind(SubjectKind::DepartmentTree, "department")
///     .kind(SubjectKind::SignedIn, "all");
/// # let _ = shares;
/// ```
#[derive(Clone, Debug)]
pub struct Shares {
    pub(super) table: Table,
    pub(super) record: Column,
    pub(super) kind: Column,
    pub(super) subject: Column,
    pub(super) action: Column,
    pub(super) kinds: Vec<(SubjectKind, Key<()>)>,
}

impl Shares {
    /// The table, with its column of the record. The others are `kind`, `subject` and `action`, of text, unless something else is
    /// said.
    pub fn new(table: impl Into<Table>, record: Column) -> Self {
        Self {
            table: table.into(),
            record,
            kind: Column::text("kind"),
            subject: Column::text("subject"),
            action: Column::text("action"),
            kinds: Vec::new(),
        }
    }

    /// The columns of the kind of subject and of its key.
    #[must_use]
    pub fn with(mut self, kind: Column, subject: Column) -> Self {
        (self.kind, self.subject) = (kind, subject);
        self
    }

    /// The column of the action's key.
    #[must_use]
    pub fn action(mut self, action: Column) -> Self {
        self.action = action;
        self
    }

    /// Says which value stands for a kind of subject. Two kinds cannot have the same, and one kind can have several.
    #[must_use]
    pub fn kind(mut self, kind: SubjectKind, value: impl Into<Key<()>>) -> Self {
        self.kinds.push((kind, value.into()));
        self
    }

    pub(super) fn columns(&self) -> [&Column; 4] {
        // As an index serves them: first what is known, last what is looked for.
        [&self.action, &self.kind, &self.subject, &self.record]
    }

    /// The values that stand for a kind.
    fn values(&self, kind: SubjectKind) -> impl Iterator<Item = &Key<()>> {
        self.kinds.iter().filter(move |(of, _)| *of == kind).map(|(_, value)| value)
    }
}

/// Where shares stand.
#[derive(Clone, Debug)]
pub(super) enum SharesSource {
    Table(Shares),
    /// No record of this table is shared.
    Nowhere,
}

impl Mapping {
    /// The table of shares, if there is one.
    pub(super) fn shares(&self) -> Option<&Shares> {
        match self.shares.as_ref()? {
            SharesSource::Table(shares) => Some(shares),
            SharesSource::Nowhere => None,
        }
    }

    /// What is wrong with the shares, for an entity that needs these.
    pub(super) fn problems_of_shares(&self, needs: &Needs) -> Vec<MappingProblem> {
        let mut problems = Vec::new();
        if needs.shares && self.shares.is_none() {
            problems.push(MappingProblem::SharesMissing);
        }
        let Some(shares) = self.shares() else { return problems };
        if shares.kinds.is_empty() {
            problems.push(MappingProblem::SharesMissing);
        }
        if self.record.is_none() {
            problems.push(MappingProblem::RecordMissing);
        }
        for (at, (_, value)) in shares.kinds.iter().enumerate() {
            if shares.kinds.iter().take(at).any(|(_, other)| other == value) {
                let key = value.to_string();
                problems.push(MappingProblem::Twice { what: "kind of subject", key });
            }
        }
        problems
    }
}

impl Renderer<'_> {
    /// Whether the record is shared for the action with one of these subjects.
    pub(super) fn shared(self, action: &Key<Action>, with: &[Subject]) -> Result<Truth, MappingProblem> {
        let (mapping, dialect) = (self.mapping, self.mapping.dialect);
        let shares = match mapping.shares.as_ref().ok_or(MappingProblem::SharesMissing)? {
            SharesSource::Table(shares) => shares,
            SharesSource::Nowhere => return Ok(Truth::Never),
        };
        let record = mapping.record.as_ref().ok_or(MappingProblem::RecordMissing)?;
        let column = |column| shares.table.column(column);
        let any = of_kinds(with).map(|(kind, keys)| {
            let is_kind = column(&shares.kind).among(dialect, shares.values(kind));
            let named = if keys.is_empty() {
                Truth::Always
            } else {
                column(&shares.subject).among(dialect, keys.iter())
            };
            Truth::all([is_kind, named])
        });
        let for_it = column(&shares.action).among(dialect, [action]);
        let such = Truth::all([for_it, Truth::any(any)]);
        if such == Truth::Never {
            return Ok(Truth::Never);
        }
        let query = |key| select(key, &shares.table, such.clone());
        Ok(mapping.table.column(record).found(dialect, Finds::Some, column(&shares.record), query))
    }
}

/// The key that a subject names, if it names one.
pub(crate) fn named(subject: &Subject) -> Option<Key<()>> {
    match subject {
        Subject::User(key) | Subject::Employee(key) => Some(key.cast()),
        Subject::Department(key)
        | Subject::DepartmentTree(key)
        | Subject::Heads(Unit::Of(key))
        | Subject::Deputies(Unit::Of(key))
        | Subject::Employees(Unit::Of(key)) => Some(key.cast()),
        Subject::UserGroup(key) => Some(key.cast()),
        Subject::SocialGroup(key, _) => Some(key.cast()),
        Subject::Heads(Unit::Anywhere)
        | Subject::Deputies(Unit::Anywhere)
        | Subject::Employees(Unit::Anywhere)
        | Subject::Administrators
        | Subject::SignedIn
        | Subject::Everyone
        | Subject::Author => None,
    }
}

/// The subjects by kind, with the keys that they name.
fn of_kinds(with: &[Subject]) -> impl Iterator<Item = (SubjectKind, Vec<Key<()>>)> {
    let mut kinds: Vec<(SubjectKind, Vec<Key<()>>)> = Vec::new();
    for subject in with {
        let kind = subject.kind();
        match kinds.iter_mut().find(|(of, _)| *of == kind) {
            Some((_, keys)) => keys.extend(named(subject)),
            None => kinds.push((kind, named(subject).into_iter().collect())),
        }
    }
    kinds.into_iter()
}
