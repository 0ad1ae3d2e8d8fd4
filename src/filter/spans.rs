//! The departments of a condition: numbered, merged, and named as whole trees where they are.

use crate::directory::Department;
use crate::index::Ix;
use crate::key::Key;
use crate::resolve::Viewer;
use crate::snapshot::Walk;
use crate::vocabulary::Relations;

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

/// Whether all of a span is in one of these.
pub(super) fn covers(spans: &[DepartmentSpan], span: &DepartmentSpan) -> bool {
    spans.iter().any(|wider| wider.first <= span.first && span.last <= wider.last)
}

/// The viewer's own departments.
pub(super) fn own(viewer: &Viewer<'_>) -> Vec<DepartmentSpan> {
    spans(viewer, Relations::DEPARTMENT)
}

/// The departments to whose members the relations lead, from this viewer.
pub(super) fn spans(viewer: &Viewer<'_>, relations: Relations) -> Vec<DepartmentSpan> {
    if relations.is_empty() {
        return Vec::new();
    }
    let departments = &viewer.snapshot.departments;
    let mut intervals: Vec<Interval> = Vec::new();
    for at in viewer.departments() {
        let own = at.position();
        if relations.contains(Relations::DEPARTMENT) || relations.contains(OWN_SEATS) {
            intervals.push((own, own + 1));
        }
        if relations.contains(Relations::SUBDEPARTMENTS) {
            intervals.push((own + 1, departments.end(at)));
        }
    }
    if relations.intersects(Relations::SUBORDINATES | Relations::INVOLVES_SUBORDINATES) {
        intervals.extend(viewer.headed().iter().map(|at| (at.position(), departments.end(*at))));
    }
    if every_seat(viewer, relations) {
        intervals.push((0, u32::try_from(departments.len()).unwrap_or(u32::MAX)));
    }
    merged(intervals).into_iter().flat_map(|interval| named(viewer, interval)).collect()
}

/// Everybody in the viewer's departments.
const OWN_SEATS: Relations = Relations::OWN_HEADS.union(Relations::PEERS);
/// Everybody in departments that are not his.
const OTHER_SEATS: Relations = Relations::OTHER_HEADS.union(Relations::OTHER_EMPLOYEES);

/// Whether the relations hold for everybody who is in any department.
fn every_seat(viewer: &Viewer<'_>, relations: Relations) -> bool {
    let own = || relations.contains(OWN_SEATS) || viewer.departments().is_empty();
    relations.contains(OTHER_SEATS) && own()
}

/// The relations by seat of which [`spans`] does not say everything.
pub(super) fn seats_left(viewer: &Viewer<'_>, relations: Relations) -> Relations {
    let seats = relations & Relations::BY_SEAT;
    if every_seat(viewer, seats) {
        Relations::empty()
    } else if viewer.departments().is_empty() || seats.contains(OWN_SEATS) {
        seats - OWN_SEATS
    } else {
        seats
    }
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
