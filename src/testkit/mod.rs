//! Holds an application's own schema, mapping and rows against the check. Behind the feature `testkit`.
//!
//! A [`Kit`] makes rows that are meant to hurt (NULLs, keys that differ in case or by a blank, integers at the end of their
//! range), has the application store them, asks every question of every user both of the check and of the
//! application's database, and reports every disagreement. It knows no database: the application brings its own.
//!
//! Its own floor, above check and filter, because it is where the two meet. Deliberately absent: randomness. The same seed makes
//! the same rows.

mod bound;
mod dice;
mod report;
mod rows;
mod shares;

use bound::{Beside, Bound};
pub use report::{Disagreement, KitFailure, Report};
pub use rows::{Row, RowKey};
pub use shares::SharedRow;

use std::collections::BTreeSet;

use crate::access::Access;
use crate::filter::sql::Mapping;
use crate::filter::sql::sea_query::{Condition, Expr};
use crate::key::{Handle, Key};
use crate::moment::Moment;
use crate::resolve::{Opening, Participant, Record};
use crate::snapshot::Snapshot;
use crate::vocabulary::{Action, Place};

/// A schema under test.
///
/// ```
/// use bailiwick::sql::{Column, Dialect, FlagColumn, Mapping, Memberships, Participants};
/// use bailiwick::testkit::Kit;
/// use bailiwick::{crm, Directory, Policy, Snapshot, User};
///
/// let directory = Directory::new().with(User::new(1).administrator()).with(User::new(2));
/// let snapshot = Snapshot::compile(&Policy::new(crm::vocabulary()), &directory)?;
/// let observers = Participants::new("observers", Column::integer("deal_id"), Column::integer("user_id"));
/// let mapping = Mapping::of(&snapshot, crm::DEAL, Dialect::Sqlite, "deals")
///     .record(Column::integer("id"))
///     .pipeline(Column::text("pipeline"))
///     .stage(Column::text("stage"))
///     .party("responsible", Column::integer("responsible_id"))
///     .party("observer", observers)
///     .flag("open", FlagColumn::boolean("opened"))
///     .flag("always_readable", FlagColumn::boolean("public"))
///     .memberships(Memberships::new("members", Column::integer("user_id"), Column::integer("department_id")))
///     .build()?;
///
/// let kit = Kit::new(&snapshot, crm::DEAL, &mapping).hostile_rows(7, 1_000);
/// let report = kit.run(
///     |rows| {
///         // Insert them into your tables.
///         assert_eq!(rows.len(), 1_000);
///         Ok::<(), std::io::Error>(())
///     },
///     |condition| {
///         // SELECT id FROM deals WHERE <condition>, and return the ids. This one only knows all and nothing.
/// #       use bailiwick::sql::sea_query::{Query, SqliteQueryBuilder};
/// #       let text = Query::select().expr(bailiwick::sql::sea_query::Expr::val(1)).cond_where(condition.clone()).to_string(SqliteQueryBuilder);
/// #       let all = text.ends_with("TRUE");
///         Ok(if all { (0..1_000).collect() } else { Vec::new() })
///     },
/// )?;
/// assert!(report.agrees(), "{report}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Kit<'a> {
    snapshot: &'a Snapshot,
    entity: Handle<Place>,
    mapping: &'a Mapping,
    moments: Vec<Moment>,
    linked: Vec<Kit<'a>>,
    rows: Vec<Row>,
}

impl<'a> Kit<'a> {
    /// A schema with no rows yet, asked about at the beginning of 1970.
    pub fn new(snapshot: &'a Snapshot, entity: impl Into<Handle<Place>>, mapping: &'a Mapping) -> Self {
        let moments = vec![Moment::from_unix_seconds(0)];
        let (linked, rows) = (Vec::new(), Vec::new());
        Self { snapshot, entity: entity.into(), mapping, moments, linked, rows }
    }

    /// Asks at these moments instead.
    #[must_use]
    pub fn at(mut self, moments: impl IntoIterator<Item = Moment>) -> Self {
        self.moments = moments.into_iter().collect();
        self
    }

    /// The records of another table that rows can be linked to, of the same snapshot; to be said before rows are generated. Its rows
    /// are the application's to store, from [`rows`](Self::rows). What is bound to them in turn opens nothing and is not asked about.
    #[must_use]
    pub fn linked(mut self, to: Kit<'a>) -> Self {
        self.linked.push(to);
        self
    }

    /// Adds a row, such as one of the application's own.
    #[must_use]
    pub fn row(mut self, row: Row) -> Self {
        self.rows.push(row);
        self
    }

    /// Adds generated rows that the mapped columns can hold, numbered on from those that are there.
    #[must_use]
    pub fn hostile_rows(mut self, seed: u64, count: usize) -> Self {
        let first = self.rows.iter().map(|row| row.id).max().map_or(0, |last| last.saturating_add(1));
        let more = rows::hostile(&self, seed, first, count);
        self.rows.extend(more);
        self
    }

    /// The rows.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Stores the rows through one closure, and runs the condition of every user and action through the other, which returns
    /// the keys of the rows found. The closures' tables must hold no other rows.
    ///
    /// # Errors
    ///
    /// [`KitFailure`], if a closure fails or the mapping cannot answer a filter. Disagreements are no error here: they are in
    /// the report.
    pub fn run<E>(
        &self,
        store: impl FnOnce(&[Row]) -> Result<(), E>,
        mut find: impl FnMut(&Condition) -> Result<Vec<i64>, E>,
    ) -> Result<Report, KitFailure<E>> {
        store(&self.rows).map_err(KitFailure::Store)?;
        self.over_records(|records| {
            let mut report = Report { rows: self.rows.len(), ..Report::default() };
            self.each_access(|access| {
                for (key, action) in self.actions() {
                    let filter = access.filter(action, self.entity);
                    let condition = self.mapping.condition(self.snapshot, &filter)?;
                    let found = find(&condition)
                        .map_err(|error| KitFailure::Find { condition: condition.clone(), error })?;
                    let found: BTreeSet<i64> = found.into_iter().collect();
                    report.questions += 1;
                    self.compare(access, (key, action), records, &found, &mut report);
                }
                Ok(())
            })?;
            Ok(report)
        })
    }

    /// As [`run`](Self::run), for the buttons on every row of a list: selects the integer of permitted actions beside
    /// each row's key, of the rows that meet the condition.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run).
    pub fn run_permitted<E>(
        &self,
        mut find: impl FnMut(&Expr, &Condition) -> Result<Vec<(i64, i64)>, E>,
    ) -> Result<Report, KitFailure<E>> {
        self.over_records(|records| {
            let mut report = Report { rows: self.rows.len(), ..Report::default() };
            self.each_access(|access| {
                let filters = access.filters(self.actions().map(|(_, action)| action), self.entity);
                let permitted = self.mapping.permitted(self.snapshot, &filters)?;
                let any = self.mapping.any_condition(self.snapshot, &filters)?;
                let found = find(&permitted, &any)
                    .map_err(|error| KitFailure::Find { condition: any.clone(), error })?;
                report.questions += 1;
                for (key, action) in self.actions() {
                    let with = |bits| filters.permits(crate::filter::Permitted::from_bits(bits), key);
                    let rows = found.iter().filter(|(_, bits)| with(*bits)).map(|(id, _)| *id).collect();
                    self.compare(access, (key, action), records, &rows, &mut report);
                }
                Ok(())
            })?;
            Ok(report)
        })
    }

    fn each_access<E>(
        &self,
        mut ask: impl FnMut(&Access<'_>) -> Result<(), KitFailure<E>>,
    ) -> Result<(), KitFailure<E>> {
        for moment in &self.moments {
            for user in self.snapshot.users() {
                ask(&self.snapshot.access(user, *moment))?;
            }
            ask(&self.snapshot.anonymous_access(*moment))?;
        }
        Ok(())
    }

    fn actions(&self) -> impl Iterator<Item = (&'a Key<Action>, Handle<Action>)> + use<'a> {
        let actions = &self.snapshot.lexicon.actions;
        actions.iter().filter_map(|(_, key)| Some((key, actions.handle(key.borrow())?)))
    }

    fn people(&self) -> Vec<Vec<Participant>> {
        self.rows.iter().map(|row| row.participants(self.snapshot).collect()).collect()
    }

    /// The rows as the application reads them, with what is bound to them.
    fn over_records<T>(&self, ask: impl FnOnce(&[(&Row, Record<'_>)]) -> T) -> T {
        let linked: Vec<_> = self.linked.iter().map(|kit| (kit, kit.people())).collect();
        let beside = linked.iter().map(|(kit, people)| {
            let alone = kit.rows.iter().zip(people).map(|(row, people)| (row, kit.record(row, people, &[])));
            Beside { mapping: kit.mapping, records: alone.collect() }
        });
        let beside: Vec<Beside<'_>> = beside.collect();
        let bound = self.rows.iter().map(|row| Bound::to(row, self.snapshot, self.mapping, &beside));
        let bound: Vec<Bound<'_>> = bound.collect();
        let openings: Vec<_> = bound.iter().map(Bound::openings).collect();
        let people = self.people();
        let rows = self.rows.iter().zip(&people).zip(&openings);
        let records = rows.map(|((row, people), openings)| (row, self.record(row, people, openings)));
        ask(&records.collect::<Vec<_>>())
    }

    fn record<'p>(&self, row: &Row, people: &'p [Participant], openings: &'p [Opening<'p>]) -> Record<'p> {
        row.record(self.snapshot, self.entity, people, openings)
    }

    /// Holds the check and the filter in memory against what the database found.
    fn compare(
        &self,
        access: &Access<'_>,
        (key, action): (&Key<Action>, Handle<Action>),
        records: &[(&Row, Record<'_>)],
        found: &BTreeSet<i64>,
        report: &mut Report,
    ) {
        let filter = access.filter(action, self.entity);
        let mut expected = 0;
        for (row, record) in records {
            let check = access.check(action, record).is_allowed();
            let memory = filter.matches(self.snapshot, record);
            let database = found.contains(&row.id);
            expected += usize::from(database);
            *(if check { &mut report.allowed } else { &mut report.denied }) += 1;
            if check != memory || check != database {
                let user = access.viewer().ok().and_then(|viewer| self.snapshot.user_key(viewer.handle()));
                let (user, action, filter) = (user.cloned(), key.clone(), filter.clone());
                let row = (*row).clone();
                report.disagreements.push(Disagreement {
                    user,
                    action,
                    row,
                    check,
                    memory,
                    database,
                    filter,
                });
            }
        }
        if found.len() > expected {
            let known: BTreeSet<i64> = self.rows.iter().map(|row| row.id).collect();
            report.strangers.extend(found.difference(&known));
        }
    }
}
