//! A filter, written for a mapping, arm by arm.

use sea_query::{Expr, ExprTrait, Query, SelectStatement};

use crate::directory::{Department, User};
use crate::filter::sql::arms::{Arm, arms};
use crate::filter::sql::compare::{Finds, Operand, integer};
use crate::filter::sql::mapping::{Mapping, PipelineSource};
use crate::filter::sql::problem::MappingProblem;
use crate::filter::sql::schema::{
    Column, DepartmentNumbers, FlagColumn, KeyType, Memberships, Participants, PartySource, Set, Table,
};
use crate::filter::sql::truth::Truth;
use crate::filter::{AnyOf, Clause, Condition, DepartmentSpan, Filter, Keeps, Keys, Seating, Within};
use crate::index::Ix;
use crate::key::Key;
use crate::snapshot::{Snapshot, Walk};
use crate::vocabulary::{Flag, Party};

/// Numbers of departments from the first to the last, inclusive.
type Range = (u32, u32);

/// The most ranges of numbers that are written out; with more, the departments are listed by key, in one parameter.
const MOST_RANGES: usize = 100;

/// How many departments are few.
const FEW_DEPARTMENTS: u64 = 8;
/// More than one in so many departments are most of the table's rows, as databases read them.
const MOST_OF: u64 = 4;

/// Writes filters of a snapshot for a mapping.
#[derive(Clone, Copy)]
pub(super) struct Renderer<'a> {
    pub(super) mapping: &'a Mapping,
    pub(super) snapshot: &'a Snapshot,
    /// How many keys the sub-selects of the filter at hand find.
    finds: Finds,
}

impl<'a> Renderer<'a> {
    pub(super) fn new(mapping: &'a Mapping, snapshot: &'a Snapshot) -> Self {
        Self { mapping, snapshot, finds: Finds::Some }
    }

    pub(super) fn filter(self, filter: &Filter) -> Result<Truth, MappingProblem> {
        self.keeps(filter.keeps())
    }

    pub(super) fn keeps(self, keeps: &Keeps) -> Result<Truth, MappingProblem> {
        match keeps {
            Keeps::Nothing => Ok(Truth::Never),
            Keeps::Everything => Ok(Truth::Always),
            Keeps::AnyOf(clauses) => Self { finds: self.finds(clauses), ..self }.arms(&arms(clauses)),
        }
    }

    /// How many keys the largest sub-select of the clauses finds, told by the departments whose members it asks for.
    fn finds(self, clauses: &[Clause]) -> Finds {
        let wide = |condition: &Condition| match condition {
            Condition::Flag(_)
            | Condition::PartyIs(..)
            | Condition::PartyAmong(..)
            | Condition::Linked(..)
            | Condition::PartyGroup(..)
            | Condition::HostedBy(_)
            | Condition::Shared(..) => 0,
            Condition::PartySeated(_, Seating::OtherHead | Seating::OtherEmployee, _) => u64::MAX,
            Condition::PartyIn(_, spans)
            | Condition::PartyDepartment(_, spans)
            | Condition::PartySeated(_, Seating::OwnHead | Seating::Peer, spans)
            | Condition::Elsewhere { spans, .. } => {
                spans.iter().map(|span| u64::from(span.last - span.first) + 1).sum()
            }
        };
        let widest = clauses.iter().flat_map(|clause| &clause.all).flatten().map(wide).max().unwrap_or(0);
        if widest.saturating_mul(MOST_OF) > self.snapshot.departments.len() as u64 {
            Finds::Most
        } else if widest <= FEW_DEPARTMENTS {
            Finds::Few
        } else {
            Finds::Some
        }
    }

    /// An OR of arms; where all are at the same places under the same further conditions, these are said once.
    fn arms(self, arms: &[Arm<'_>]) -> Result<Truth, MappingProblem> {
        let common = arms
            .first()
            .filter(|first| arms.iter().all(|arm| (&arm.rest, &arm.within) == (&first.rest, &first.within)));
        let mut any = Vec::new();
        for arm in arms {
            let mut all =
                vec![arm.condition.map_or(Ok(Truth::Always), |condition| self.condition(condition))?];
            if common.is_none() {
                all.extend(self.further(arm)?);
            }
            any.push(Truth::all(all));
        }
        let any = Truth::any(any);
        let mut all = common.map_or(Ok(Vec::new()), |arm| self.further(arm))?;
        all.push(any);
        Ok(Truth::all(all))
    }

    /// Where an arm is, and what else it asks.
    fn further(self, arm: &Arm<'_>) -> Result<Vec<Truth>, MappingProblem> {
        let mut all = Vec::new();
        if let Some(within) = &arm.within {
            let within: Result<Vec<_>, _> = within.iter().map(|within| self.within(within)).collect();
            all.push(Truth::any(within?));
        }
        for any in &arm.rest {
            all.push(self.any_of(any)?);
        }
        Ok(all)
    }

    fn within(self, within: &Within) -> Result<Truth, MappingProblem> {
        let pipelines = match &within.pipelines {
            Keys::Any => Truth::Always,
            Keys::In(_) | Keys::NotIn(_) => match &self.mapping.pipeline {
                Some(PipelineSource::Column(column)) => self.keys(column, &within.pipelines),
                Some(PipelineSource::Only(key)) => Truth::constant(within.pipelines.contains(Some(key))),
                None => return Err(MappingProblem::PipelineMissing),
            },
        };
        let stages = match (&within.stages, &self.mapping.stage) {
            (Keys::Any, _) => Truth::Always,
            (Keys::In(_) | Keys::NotIn(_), Some(column)) => self.keys(column, &within.stages),
            (Keys::In(_) | Keys::NotIn(_), None) => return Err(MappingProblem::StageMissing),
        };
        Ok(Truth::all([pipelines, stages]))
    }

    fn keys<T>(self, column: &Column, keys: &Keys<T>) -> Truth {
        let column = self.own(column);
        match keys {
            Keys::Any => Truth::Always,
            Keys::In(keys) => column.among(self.mapping.dialect, keys),
            Keys::NotIn(keys) => column.not_among(self.mapping.dialect, keys),
        }
    }

    fn any_of(self, any: &AnyOf) -> Result<Truth, MappingProblem> {
        let conditions: Result<Vec<_>, _> = any.iter().map(|condition| self.condition(condition)).collect();
        conditions.map(Truth::any)
    }

    fn condition(self, condition: &Condition) -> Result<Truth, MappingProblem> {
        match condition {
            Condition::Flag(key) => self.flag(key),
            Condition::PartyIs(party, user) => self.party_among(party, std::slice::from_ref(user)),
            Condition::PartyAmong(party, users) => self.party_among(party, users),
            Condition::PartyIn(party, spans) => self.party_in(party, spans),
            Condition::PartySeated(party, seating, spans) => self.party_seated(party, *seating, spans),
            Condition::PartyGroup(party, groups) => self.party_group(party, groups),
            Condition::PartyDepartment(party, spans) => self.party_department(party, spans),
            Condition::Elsewhere { users, departments, spans } => {
                let seated = users.iter().map(|party| self.party_in(party, spans));
                let owned = departments.iter().map(|party| self.party_department(party, spans));
                let any: Result<Vec<_>, _> = seated.chain(owned).collect();
                Ok(Truth::any(any?).not())
            }
            Condition::Linked(entity, keeps) => self.linked(entity, keeps),
            Condition::HostedBy(groups) => {
                let host = self.mapping.host.as_ref().ok_or(MappingProblem::HostMissing)?;
                Ok(self.own(host).among(self.mapping.dialect, groups))
            }
            Condition::Shared(action, with) => self.shared(action, with),
        }
    }

    fn flag(self, key: &Key<Flag>) -> Result<Truth, MappingProblem> {
        let missing = || MappingProblem::FlagMissing { flag: key.to_string() };
        let FlagColumn { name, set } = self.mapping.flags.get(key).ok_or_else(missing)?;
        Ok(match set {
            Set::Key(column, value) => self.own(column).among(self.mapping.dialect, [value]),
            Set::True => {
                let column = Column::integer(name.clone());
                Truth::When(self.own(&column).plain().eq(Expr::Constant(true.into())))
            }
        })
    }

    fn party_among(self, party: &Key<Party>, users: &[Key<User>]) -> Result<Truth, MappingProblem> {
        let is = |operand: Operand<'_>| operand.among(self.mapping.dialect, users);
        self.party(party, &|operand| Ok(is(operand)))
    }

    fn party_in(self, party: &Key<Party>, spans: &[DepartmentSpan]) -> Result<Truth, MappingProblem> {
        if let Some(column) = self.mapping.departments_of.get(party) {
            return self.department_in(self.own(column), spans);
        }
        if self.mapping.memberships.is_empty() {
            return Err(MappingProblem::DepartmentsMissing { party: party.to_string() });
        }
        self.party(party, &|operand| self.found_in(&self.mapping.memberships, operand, Some(spans)))
    }

    fn party_seated(
        self,
        party: &Key<Party>,
        seating: Seating,
        spans: &[DepartmentSpan],
    ) -> Result<Truth, MappingProblem> {
        let mapping = self.mapping;
        if mapping.memberships.is_empty() {
            return Err(MappingProblem::DepartmentsMissing { party: party.to_string() });
        }
        if mapping.heads.is_empty() {
            return Err(MappingProblem::HeadsMissing { party: party.to_string() });
        }
        self.party(party, &|operand| {
            let sits = |spans| self.found_in(&mapping.memberships, operand, spans);
            let heads = |spans| self.found_in(&mapping.heads, operand, spans);
            Ok(match seating {
                Seating::OwnHead => heads(Some(spans))?,
                Seating::Peer => Truth::all([sits(Some(spans))?, heads(Some(spans))?.not()]),
                Seating::OtherHead => Truth::all([heads(None)?, sits(Some(spans))?.not()]),
                Seating::OtherEmployee => {
                    Truth::all([sits(None)?, sits(Some(spans))?.not(), heads(None)?.not()])
                }
            })
        })
    }

    /// Whether one of the tables has the user with one of these departments; without them, with any that is switched on.
    fn found_in(
        self,
        tables: &[Memberships],
        operand: Operand<'_>,
        spans: Option<&[DepartmentSpan]>,
    ) -> Result<Truth, MappingProblem> {
        let found = |at: &Memberships| {
            let (user, department) = (at.table.column(&at.user), at.table.column(&at.department));
            let members = match spans {
                Some(spans) => self.department_in(department, spans)?,
                None => self.ranged(department, &self.all_departments(), true),
            };
            if members == Truth::Never {
                return Ok(Truth::Never);
            }
            let query = |column| select(column, &at.table, members.clone());
            Ok(operand.found(self.mapping.dialect, self.finds, user, query))
        };
        let any: Result<Vec<_>, _> = tables.iter().map(found).collect();
        any.map(Truth::any)
    }

    fn all_departments(self) -> Vec<Range> {
        let last = u32::try_from(self.snapshot.departments.len()).unwrap_or(u32::MAX).checked_sub(1);
        last.map(|last| (0, last)).into_iter().collect()
    }

    /// Whether somebody who is the party meets a condition on his key.
    fn party(
        self,
        party: &Key<Party>,
        meets: &dyn Fn(Operand<'_>) -> Result<Truth, MappingProblem>,
    ) -> Result<Truth, MappingProblem> {
        let missing = || MappingProblem::PartyMissing { party: party.to_string() };
        self.at(self.mapping.parties.get(party).ok_or_else(missing)?, meets)
    }

    /// Whether somebody who stands there meets a condition on his key.
    pub(super) fn at(
        self,
        source: &PartySource,
        meets: &dyn Fn(Operand<'_>) -> Result<Truth, MappingProblem>,
    ) -> Result<Truth, MappingProblem> {
        match source {
            PartySource::Column(column) => meets(self.own(column)),
            PartySource::Nowhere => Ok(Truth::Never),
            PartySource::Participants(at) => {
                let record = self.mapping.record.as_ref().ok_or(MappingProblem::RecordMissing)?;
                let such = Truth::all([self.listed_as_party(at), meets(at.table.column(&at.user))?]);
                let query = |column| select(column, &at.table, such.clone());
                let listed = at.table.column(&at.record);
                Ok(self.own(record).found(self.mapping.dialect, self.finds, listed, query))
            }
        }
    }

    fn listed_as_party(self, at: &Participants) -> Truth {
        at.only.as_ref().map_or(Truth::Always, |(column, value)| {
            at.table.column(column).among(self.mapping.dialect, [value])
        })
    }

    /// Whether a column of departments holds one of these. A subtree is a range of numbers, if the database has them.
    pub(super) fn department_in(
        self,
        column: Operand<'_>,
        spans: &[DepartmentSpan],
    ) -> Result<Truth, MappingProblem> {
        for span in spans {
            if self.snapshot.departments.key(Ix::new(span.first)) != Some(&span.root) {
                return Err(MappingProblem::OtherSnapshot { department: span.root.to_string() });
            }
        }
        let trees = spans.iter().any(|span| span.with_subdepartments);
        Ok(self.ranged(column, &ranges(spans), trees))
    }

    fn ranged(self, column: Operand<'_>, ranges: &[Range], trees: bool) -> Truth {
        match &self.mapping.numbers {
            Some(numbers) if trees && ranges.len() <= MOST_RANGES => self.numbered(column, numbers, ranges),
            Some(_) | None => column.among(self.mapping.dialect, self.active(ranges)),
        }
    }

    fn numbered(self, column: Operand<'_>, at: &DepartmentNumbers, ranges: &[Range]) -> Truth {
        let number = Column { name: at.number.clone(), keys: KeyType::Integer };
        let number = at.table.column(&number).plain();
        let limit = |number: u32| integer(self.mapping.dialect, number.into());
        let within = |(first, last): &Range| {
            Truth::When(if first == last {
                number.clone().eq(limit(*first))
            } else {
                number.clone().between(limit(*first), limit(*last))
            })
        };
        let within = Truth::any(ranges.iter().map(within));
        let query = |key| select(key, &at.table, within.clone());
        column.found(self.mapping.dialect, Finds::Some, at.table.column(&at.department), query)
    }

    /// The keys of the departments with these numbers that are switched on: the others have no members.
    fn active(self, ranges: &[Range]) -> impl Iterator<Item = &'a Key<Department>> {
        let departments = &self.snapshot.departments;
        let numbers = ranges.iter().flat_map(|(first, last)| *first..=*last).map(Ix::<Walk>::new);
        let active: Vec<_> = numbers.filter(|number| departments.is_active(*number)).collect();
        active.into_iter().filter_map(|number| departments.key(number))
    }

    /// A column of the mapped table itself.
    fn own<'c>(self, column: &'c Column) -> Operand<'c>
    where
        'a: 'c,
    {
        self.mapping.table.column(column)
    }
}

impl Table {
    pub(super) fn column<'c>(&'c self, column: &'c Column) -> Operand<'c> {
        Operand { table: self, column }
    }
}

pub(super) fn select(column: Expr, from: &Table, such: Truth) -> SelectStatement {
    let mut select = Query::select();
    select.expr(column);
    match &from.schema {
        Some(schema) => select.from((schema.clone(), from.name.clone())),
        None => select.from(from.name.clone()),
    };
    select.and_where(such.into_expr());
    select
}

/// The numbers of the spans, with neighbours joined.
fn ranges(spans: &[DepartmentSpan]) -> Vec<Range> {
    let mut ranges: Vec<Range> = Vec::new();
    for span in spans {
        match ranges.last_mut() {
            Some(last) if last.1.checked_add(1) == Some(span.first) => last.1 = span.last,
            Some(_) | None => ranges.push((span.first, span.last)),
        }
    }
    ranges
}
