//! What a record must meet: relations turned into facts about its columns.

use crate::directory::{Department, User};
use crate::index::Ix;
use crate::key::Key;
use crate::resolve::Viewer;
use crate::snapshot::Walk;
use crate::vocabulary::{Flag, Party, Relations};

/// Conditions of which one must hold; sorted, never empty.
pub type AnyOf = Vec<Condition>;

/// One fact about a record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Condition {
    /// The record carries this flag.
    Flag(Key<Flag>),
    /// This user is this party of the record.
    PartyIs(Key<Party>, Key<User>),
    /// A user who is this party of the record is a member of one of these departments. Sorted, without overlaps.
    PartyIn(Key<Party>, Vec<DepartmentSpan>),
}

/// A department, or a department with everything below it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct DepartmentSpan {
    /// The department.
    pub root: Key<Department>,
    /// Whether everything below belongs to it. Never said of a department that has nothing below.
    pub with_subdepartments: bool,
    /// The first number, the department's own; see [`Snapshot::department_numbers`](crate::Snapshot::department_numbers).
    pub first: u32,
    /// The last number, inclusive.
    pub last: u32,
}

impl Ord for DepartmentSpan {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.first, self.last, &self.root).cmp(&(other.first, other.last, &other.root))
    }
}

impl PartialOrd for DepartmentSpan {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Numbers from the first up to and without the second.
type Interval = (u32, u32);

/// All demands as conditions: sorted, each once, and none that another one implies. Nothing, if one cannot be met.
pub(super) fn all_of(viewer: &Viewer<'_>, demands: &[Relations]) -> Option<Vec<AnyOf>> {
    let mut all: Vec<AnyOf> = Vec::new();
    for demand in demands.iter().filter(|demand| !demand.contains(Relations::ALWAYS)) {
        all.push(any_of(viewer, *demand).filter(|any| !any.is_empty())?);
    }
    if all.len() < 2 {
        return Some(all);
    }
    all.sort_unstable();
    all.dedup();
    let implied = |any: &AnyOf| all.iter().any(|other| other != any && implies(other, any));
    let keep: Vec<bool> = all.iter().map(|any| !implied(any)).collect();
    let mut keep = keep.into_iter();
    all.retain(|_| keep.next().unwrap_or(true));
    Some(all)
}

/// Whether whatever meets the one also meets the other.
pub(super) fn implies(one: &AnyOf, other: &AnyOf) -> bool {
    one.iter().all(|condition| {
        other.iter().any(|wider| match (condition, wider) {
            (Condition::PartyIn(party, spans), Condition::PartyIn(wider_party, wider)) => {
                party == wider_party && spans.iter().all(|span| covers(wider, span))
            }
            _ => condition == wider,
        })
    })
}

fn covers(spans: &[DepartmentSpan], span: &DepartmentSpan) -> bool {
    spans.iter().any(|wider| wider.first <= span.first && span.last <= wider.last)
}

/// The conditions under which the viewer stands to a record in one of the relations. Relations that he cannot have (nothing is
/// below his departments, he heads nothing) leave no trace.
fn any_of(viewer: &Viewer<'_>, relations: Relations) -> Option<AnyOf> {
    let lexicon = &viewer.snapshot.lexicon;
    let mut any = Vec::new();
    for (ix, key) in lexicon.flags.iter() {
        let flag = Flag::nth(u8::try_from(ix.position()).ok()?);
        if relations.contains(flag.relation()) {
            any.push(Condition::Flag(key.clone()));
        }
    }
    let own_key = viewer.snapshot.people.key(viewer.handle());
    for (ix, key) in lexicon.parties.iter() {
        let through = relations & lexicon.counts_for(Party::nth(u8::try_from(ix.position()).ok()?));
        let personal = !through.difference(Relations::BY_DEPARTMENT).is_empty();
        if let Some(user) = own_key.filter(|_| personal) {
            any.push(Condition::PartyIs(key.clone(), user.clone()));
        }
        let spans = spans(viewer, through & Relations::BY_DEPARTMENT);
        if !spans.is_empty() {
            any.push(Condition::PartyIn(key.clone(), spans));
        }
    }
    any.sort_unstable();
    Some(any)
}

/// The departments that the relations lead to, from this viewer.
fn spans(viewer: &Viewer<'_>, relations: Relations) -> Vec<DepartmentSpan> {
    if relations.is_empty() {
        return Vec::new();
    }
    let departments = &viewer.snapshot.departments;
    let mut intervals: Vec<Interval> = Vec::new();
    for at in viewer.departments() {
        let own = at.position();
        if relations.contains(Relations::DEPARTMENT) {
            intervals.push((own, own + 1));
        }
        if relations.contains(Relations::SUBDEPARTMENTS) {
            intervals.push((own + 1, departments.end(at)));
        }
    }
    if relations.contains(Relations::SUBORDINATES) {
        intervals.extend(viewer.headed().iter().map(|at| (at.position(), departments.end(*at))));
    }
    merged(intervals).into_iter().flat_map(|interval| named(viewer, interval)).collect()
}

fn merged(mut intervals: Vec<Interval>) -> Vec<Interval> {
    intervals.retain(|(first, end)| first < end);
    intervals.sort_unstable();
    let mut merged: Vec<Interval> = Vec::new();
    for (first, end) in intervals {
        match merged.last_mut().filter(|last| first <= last.1) {
            Some(last) => last.1 = last.1.max(end),
            None => merged.push((first, end)),
        }
    }
    merged
}

/// The interval as whole trees, as large as they fit, and single departments.
fn named(viewer: &Viewer<'_>, (first, end): Interval) -> Vec<DepartmentSpan> {
    let departments = &viewer.snapshot.departments;
    let mut spans = Vec::new();
    let mut at = first;
    while at < end {
        let number: Ix<Walk> = Ix::new(at);
        let Some(root) = departments.key(number) else { break };
        let tree_end = departments.end(number);
        let (with_subdepartments, next) =
            if tree_end <= end { (tree_end > at + 1, tree_end) } else { (false, at + 1) };
        spans.push(DepartmentSpan { root: root.clone(), with_subdepartments, first: at, last: next - 1 });
        at = next.max(at + 1);
    }
    spans
}
