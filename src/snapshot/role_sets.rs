//! The roles that users hold: four in a user's own row; more, and those with dates, in a side table.
//!
//! Apart from the users because it is a layout of its own: most rows are complete, so the ordinary user costs no second
//! look.

use std::collections::HashMap;
use std::ops::Range;

use crate::moment::{Moment, Window};
use crate::snapshot::rights::Column;

/// The roles of one user, in eight bytes: up to four that he always holds, or the number of an [`Overflow`]. Unused slots hold
/// the column that gives nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RoleSet([Column; 4]);

/// The roles of a user who has more than four, or some for a while.
#[derive(Clone, Debug)]
struct Overflow {
    first: [Column; 4],
    more: Range<u32>,
    dated: Range<u32>,
}

/// A role that a user holds for a while.
#[derive(Clone, Copy, Debug)]
struct Dated {
    role: Column,
    window: Window,
}

/// What does not fit the rows of the users.
#[derive(Debug, Default)]
pub(crate) struct RoleSets {
    overflows: Vec<Overflow>,
    columns: Vec<Column>,
    dated: Vec<Dated>,
}

/// The roles of one user at one moment; all of them only together with the [`RoleSets`] they come from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HeldRoles<'s> {
    /// Four of them: all that most users hold.
    pub(crate) first: [Column; 4],
    rest: Option<&'s Overflow>,
    at: Moment,
}

impl RoleSet {
    fn overflow(number: usize) -> Self {
        let [low_0, low_1, high_0, high_1] = u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes();
        let [low, high] = [[low_0, low_1], [high_0, high_1]].map(u16::from_le_bytes);
        Self([Column::ELSEWHERE, Column(low), Column(high), Column::NONE])
    }
}

impl RoleSets {
    /// The roles of this set that are held at a moment.
    #[inline]
    pub(crate) fn held(&self, RoleSet(first): RoleSet, at: Moment) -> HeldRoles<'_> {
        let [mark, low, high, _] = first;
        if mark != Column::ELSEWHERE {
            return HeldRoles { first, rest: None, at };
        }
        let rest = self.overflows.get(usize::from(low.0) | usize::from(high.0) << 16);
        HeldRoles { first: rest.map_or([Column::NONE; 4], |rest| rest.first), rest, at }
    }

    /// The roles that are not among the first four.
    pub(crate) fn rest<'s>(&'s self, held: HeldRoles<'s>) -> impl Iterator<Item = Column> + use<'s> {
        let more = held.rest.and_then(|rest| self.columns.get(as_usize(&rest.more))).unwrap_or_default();
        let dated = held.rest.and_then(|rest| self.dated.get(as_usize(&rest.dated))).unwrap_or_default();
        let live = dated.iter().filter(move |dated| dated.window.contains(held.at));
        more.iter().copied().chain(live.map(|dated| dated.role))
    }
}

impl HeldRoles<'_> {
    #[inline]
    pub(crate) fn are_all_first(&self) -> bool {
        self.rest.is_none()
    }
}

/// Fills [`RoleSets`]. Users who hold the same roles share what does not fit their rows.
#[derive(Debug, Default)]
pub(crate) struct RoleSetsBuilder {
    sets: RoleSets,
    known: HashMap<Box<[Column]>, RoleSet>,
}

impl RoleSetsBuilder {
    pub(crate) fn add(&mut self, always: &[Column], dated: &[(Column, Window)]) -> RoleSet {
        let mut first = [Column::NONE; 4];
        first.iter_mut().zip(always).for_each(|(slot, role)| *slot = *role);
        let more = always.get(first.len()..).unwrap_or_default();
        if more.is_empty() && dated.is_empty() {
            return RoleSet(first);
        }
        if let Some(known) = self.known.get(always).filter(|_| dated.is_empty()) {
            return *known;
        }
        let dated_here = dated.iter().map(|(role, window)| Dated { role: *role, window: *window });
        let set = RoleSet::overflow(self.sets.overflows.len());
        self.sets.overflows.push(Overflow {
            first,
            more: append(&mut self.sets.columns, more.iter().copied()),
            dated: append(&mut self.sets.dated, dated_here),
        });
        if dated.is_empty() {
            self.known.insert(always.into(), set);
        }
        set
    }

    pub(crate) fn finish(mut self) -> RoleSets {
        self.sets.overflows.shrink_to_fit();
        self.sets.columns.shrink_to_fit();
        self.sets.dated.shrink_to_fit();
        self.sets
    }
}

fn append<T>(pool: &mut Vec<T>, values: impl Iterator<Item = T>) -> Range<u32> {
    let count = |pool: &Vec<T>| u32::try_from(pool.len()).unwrap_or(u32::MAX);
    let start = count(pool);
    pool.extend(values);
    start..count(pool)
}

fn as_usize(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}
